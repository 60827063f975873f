import { Hono } from 'hono'
import type { Web } from '../context.ts'

export const placeRoutes = new Hono<Web>()
