import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../runtime/temporary.ts'

const dataDir = temporaryFolder()
const vsx = (...call: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join('scripts', 'vsx.mjs'), ...call, '--data', dataDir],
    {
      encoding: 'utf8',
    },
  )
  return { code: status, out: `${stdout}${stderr}` }
}

const helen = 'h.marsh@wendlemoor.example'
const nobodyElse = 'p.lowry@hollin-bank.example'

beforeAll(() => {
  expect(vsx('seed', 'demo').code).toBe(0)
}, 120_000)

describe('who may do what on the command line', () => {
  test.each([
    ['a designated teacher', 'd.okoro@ellerwick.example'],
    ['a social worker', 't.hale@wendlemoor.example'],
    ['another council’s data officer', 'y.brandt@kestrelham.example'],
    ['somebody unknown', 'nobody@example.example'],
  ])('%s ends nobody’s sign-in', (_, by) => {
    expect(vsx('user', 'disable', nobodyElse, '--by', by).code).toBe(2)
  })

  test('a council does not end the sign-in of somebody for whom another council vouches too', () => {
    expect(vsx('user', 'disable', 'd.okoro@ellerwick.example', '--by', helen).code).toBe(2)
  })

  test('a council ends the sign-in of who is nobody else’s', () => {
    expect(vsx('user', 'disable', nobodyElse, '--by', helen)).toMatchObject({ code: 0 })
    expect(vsx('user', 'disable', nobodyElse, '--by', helen).code).toBe(2)
  })

  test('only who runs the rounds of a council takes its imports back', () => {
    const imports = JSON.parse(vsx('imports', '--json').out) as {
      id: string
      council: string
      state: string
      connector: string
    }[]
    const own = imports.find(
      ({ council, state, connector }) => council === '991' && state === 'published' && connector === 'termly-return',
    )
    const id = own?.id ?? ''
    for (const by of [
      't.hale@wendlemoor.example',
      'r.song@wendlemoor.example',
      'd.okoro@ellerwick.example',
      'y.brandt@kestrelham.example',
    ])
      expect(vsx('withdraw', id, '--by', by).code, by).toBe(2)
    expect(vsx('withdraw', id, '--by', helen).code).toBe(0)
    expect(vsx('verify').code).toBe(0)
  })

  test('a workbook is made for who works with the returns of a council', () => {
    const out = join(dataDir, 'out.xlsx')
    for (const by of ['r.song@wendlemoor.example', 't.hale@wendlemoor.example'])
      expect(vsx('workbook', '--school', '900001', '--out', out, '--by', by).code, by).toBe(2)
    expect(vsx('workbook', '--school', '900001', '--out', out, '--by', helen).code).toBe(0)
  })
})
