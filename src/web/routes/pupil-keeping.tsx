import { Hono } from 'hono'
import type { Web } from '../context.ts'

export const pupilKeepingRoutes = new Hono<Web>()
