import { Hono } from 'hono'
import type { Web } from '../context.ts'

export const peopleRoutes = new Hono<Web>()
