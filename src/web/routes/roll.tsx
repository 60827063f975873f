import { Hono } from 'hono'
import type { Web } from '../context.ts'

export const rollRoutes = new Hono<Web>()
