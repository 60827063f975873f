import { type Frame, Layout } from '../components/layout.tsx'
import { type PlainPage, plainPages } from '../words/en/help.ts'

export type PlainPageProps = { readonly frame: Frame; readonly page: keyof typeof plainPages }

/** A short page of plain text: help, what we never ask, privacy, accessibility. */
export const PlainTextPage = ({ frame, page }: PlainPageProps) => {
  const { title, lead, sections }: PlainPage = plainPages[page]
  return (
    <Layout title={title} frame={frame}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="lead measure">{lead}</p>
      {sections.map(({ heading, says, list }) => (
        <section class="measure">
          <h2 class="govuk-heading-m">{heading}</h2>
          {says.map((text) => (
            <p class="govuk-body">{text}</p>
          ))}
          {list && (
            <ul class="govuk-list govuk-list--bullet">
              {list.map((text) => (
                <li>{text}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </Layout>
  )
}
