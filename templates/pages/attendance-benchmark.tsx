import type { Benchmark } from '../../src/domain/attendance/benchmark.ts'
import { Table } from '../components/figures.tsx'
import { Button, TextField } from '../components/form.tsx'
import { type Frame, Layout, type ToMend } from '../components/layout.tsx'
import { paths } from '../components/paths.ts'
import { benchmarkWords as words } from '../words/en/attendance.ts'
import { day } from '../words/en/dates.ts'

export type AttendanceBenchmarkProps = {
  readonly frame: Frame
  readonly own: readonly Benchmark[]
  readonly usual: readonly Benchmark[]
  readonly values: { readonly percent: string; readonly validFrom: string; readonly source: string }
  readonly toMend: readonly ToMend[]
}

const Benchmarks = ({ caption, of }: { readonly caption: string; readonly of: readonly Benchmark[] }) => (
  <section class="part" aria-label={caption}>
    <Table
      caption={caption}
      columns={[
        { head: words.columns.from, whole: true },
        { head: words.columns.percent, number: true },
        { head: words.columns.source },
      ]}
      rows={of.map((one) => ({ head: day(one.validFrom), cells: [`${one.percent}%`, one.source] }))}
    />
  </section>
)

/** A virtual school's own benchmark, from a day on. */
export const AttendanceBenchmarkPage = ({ frame, own, usual, values, toMend }: AttendanceBenchmarkProps) => {
  const mend = (id: string) => toMend.find((one) => one.field === id)?.text
  return (
    <Layout
      title={words.title}
      frame={frame}
      here="attendance"
      back={{ href: paths.attendance, text: words.back }}
      toMend={toMend}
    >
      <h1 class="govuk-heading-l">{words.heading}</h1>
      <p class="lead measure">{words.lead}</p>
      <form action={paths.attendanceBenchmark} method="post" novalidate class="measure">
        <TextField
          id="percent"
          label={words.percent}
          value={values.percent}
          toMend={mend('percent')}
          width={4}
          maxlength={3}
          inputmode="numeric"
        />
        <TextField
          id="validFrom"
          label={words.validFrom}
          hint={words.validFromHint}
          value={values.validFrom}
          toMend={mend('validFrom')}
          width={20}
          maxlength={40}
        />
        <TextField
          id="source"
          label={words.source}
          hint={words.sourceHint}
          value={values.source}
          toMend={mend('source')}
          maxlength={200}
        />
        <Button>{words.save}</Button>
      </form>
      {own.length > 0 && <Benchmarks caption={words.own} of={own} />}
      <Benchmarks caption={words.usual} of={usual} />
    </Layout>
  )
}
