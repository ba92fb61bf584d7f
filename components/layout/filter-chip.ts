/** A filter that is on, in words, and the key that takes it off. */
export type FilterChip<F> = { key: keyof F; words: string };
