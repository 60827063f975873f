/** How a bundle for Node is made; a source, or esbuild's own options instead. */
export const bundle: (source: string | undefined, more?: object) => Promise<Uint8Array>
