import { Hono } from 'hono'
import type { Web } from '../context.ts'

export const importRoutes = new Hono<Web>()
