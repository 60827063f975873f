import { layoutWords as words } from '../words/en/layout.ts'

/** How far the saying of a layout has come. */
export const LayoutSteps = ({ now }: { readonly now: 0 | 1 | 2 }) => (
  <ol class="steps flat" aria-label={words.progress}>
    {words.steps.map((step, index) => (
      <li
        class={index < now ? 'is-done' : index === now ? 'is-now' : undefined}
        aria-current={index === now ? 'step' : undefined}
      >
        {step}
      </li>
    ))}
  </ol>
)
