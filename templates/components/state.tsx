const shapes = {
  none: 'M8 .5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15Zm0 2a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z',
  part: 'M8 15.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15Zm0-2v-11a5.5 5.5 0 0 1 0 11Z',
  done: 'M8 .5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM7 11.9 3.6 8.5 5 7.1l2 2 4.2-4.3 1.4 1.4Z',
  late: 'M8 .6 15.8 15H.2ZM7.1 5.6v4.9h1.8V5.6Zm0 6.2v1.8h1.8v-1.8Z',
  check: 'M8 .6 15.8 15H.2Zm0 4.2L3.5 13h9ZM7.3 7.6v2.6h1.4V7.6Zm0 3.3v1.3h1.4v-1.3Z',
  no: 'M1 1h14v14H1Zm3.9 2.7L3.7 4.9 6.8 8l-3.1 3.1 1.2 1.2L8 9.2l3.1 3.1 1.2-1.2L9.2 8l3.1-3.1-1.2-1.2L8 6.8Z',
  held: 'M1 1h14v14H1Zm3 5.9v2.2h8V6.9Z',
  wait: 'M8 .5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15Zm0 2a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM7.1 4v4.6l3.2 2.2 1-1.5-2.4-1.6V4Z',
  ask: 'M3 .5h1.8V2H14l-2.5 3.6L14 9.2H4.8v6.3H3Z',
} as const

/** A state's shape; its colour follows from it, and neither is ever shown without the word. */
export type Shape = keyof typeof shapes

/** The shapes of every state, once a page, hidden until a state uses one. */
export const Sprite = () => (
  <svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false">
    {Object.entries(shapes).map(([name, path]) => (
      <symbol id={`i-${name}`} viewBox="0 0 16 16">
        <path fill-rule="evenodd" d={path} />
      </symbol>
    ))}
  </svg>
)

/** A state as a word, a shape and a colour, in that order of weight. */
export const State = ({ shape, word }: { readonly shape: Shape; readonly word: string }) => (
  <span class={`state state--${shape}`}>
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <use href={`#i-${shape}`} />
    </svg>
    {word}
  </span>
)
