import { describe, expect, test } from 'vitest'
import { readSettings } from '../../src/runtime/node/settings.ts'

describe('the settings of a server', () => {
  test('with nothing set it listens on this machine only', () => {
    expect(readSettings({ PORT: '', VSX_ORIGIN: '' })).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: './data',
      origin: undefined,
      local: true,
    })
  })

  test.each([
    [{ PORT: '8080', HOST: '::1' }, true],
    [{ HOST: 'localhost', VSX_ORIGIN: 'http://localhost:3000' }, true],
    [{ HOST: '0.0.0.0', VSX_ORIGIN: 'https://vsx.council.example' }, false],
    [{ VSX_ORIGIN: 'https://vsx.council.example' }, false],
  ])('%o is taken; only on this machine: %s', (environment, local) => {
    expect(readSettings(environment).local).toBe(local)
  })

  test.each([
    [{ HOST: '0.0.0.0' }],
    [{ HOST: '192.168.1.4', VSX_ORIGIN: 'http://192.168.1.4:3000' }],
    [{ VSX_ORIGIN: 'http://vsx.council.example' }],
    [{ HOST: '127.0.0.1.council.example' }],
  ])('%o needs an address that begins with https://', (environment) => {
    expect(() => readSettings(environment)).toThrow('VSX_ORIGIN')
  })

  test.each([
    [{ PORT: 'three' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ VSX_ORIGIN: 'vsx' }, 'VSX_ORIGIN'],
    [{ VSX_ORIGIN: 'ftp://vsx.example' }, 'VSX_ORIGIN'],
  ])('%o is named', (environment, name) => {
    expect(() => readSettings(environment)).toThrow(name)
  })
})
