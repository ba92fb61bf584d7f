/** A small seeded source of randomness: the same corpus every run, and no token ever written in a source file. */
export type Generator = {
  below(limit: number): number;
  pick<T>(choices: readonly T[]): T;
  chars(alphabet: string, length: number): string;
};

export const digits = "0123456789";
export const lowerHex = "0123456789abcdef";
export const upperAlnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
export const alnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
export const base64url = `${alnum}-_`;
export const base64 = `${alnum}+/`;

export function createGenerator(seed: number): Generator {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  const below = (limit: number): number => next() % limit;
  return {
    below,
    pick: (choices) => choices[below(choices.length)] as (typeof choices)[number],
    chars: (alphabet, length) =>
      Array.from({ length }, () => alphabet[below(alphabet.length)] as string).join(""),
  };
}
