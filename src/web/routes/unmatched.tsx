import { Hono } from 'hono'
import type { Web } from '../context.ts'

export const unmatchedRoutes = new Hono<Web>()
