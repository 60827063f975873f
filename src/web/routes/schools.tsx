import { Hono } from 'hono'
import type { Web } from '../context.ts'

export const schoolRoutes = new Hono<Web>()
