import { env } from 'cloudflare:test'
import { bucketFiles } from '../../src/runtime/worker/bucket.ts'
import { describeFiles } from '../runtime/describe-files.ts'

describeFiles('an R2 bucket', async () => bucketFiles(env.FILES))
