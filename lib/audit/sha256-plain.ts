import { utf8 } from "./bytes";
import type { Sha256 } from "./hash";

// FIPS 180-4: the fractional parts of the square and cube roots of the first primes.
const { start, round } = constants();

/** SHA-256 without Node and without waiting, for where the browser's own answers with a promise alone. A few files' worth of speed. */
export const sha256Plain: Sha256 = (input) => {
  const content = typeof input === "string" ? utf8(input) : input;
  const length = Math.ceil((content.length + 9) / 64) * 64;
  const padded = new Uint8Array(length);
  padded.set(content);
  padded[content.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor(content.length / 0x20000000));
  view.setUint32(length - 4, (content.length << 3) >>> 0);

  const state = Uint32Array.from(start);
  const words = new Uint32Array(64);
  for (let at = 0; at < length; at += 64) {
    for (let each = 0; each < 16; each++) words[each] = view.getUint32(at + each * 4);
    takeBlock(state, words);
  }
  const hash = new DataView(new ArrayBuffer(32));
  for (const [each, word] of state.entries()) hash.setUint32(each * 4, word);
  return new Uint8Array(hash.buffer);
};

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));

function takeBlock(state: Uint32Array, words: Uint32Array): void {
  const word = (at: number) => words[at] as number;
  for (let each = 16; each < 64; each++) {
    const [early, late] = [word(each - 15), word(each - 2)];
    const small = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const large = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words[each] = word(each - 16) + small + word(each - 7) + large;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let each = 0; each < 64; each++) {
    const chosen = (e & f) ^ (~e & g);
    const first =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + chosen + (round[each] ?? 0) + word(each)) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [each, value] of [a, b, c, d, e, f, g, h].entries())
    state[each] = (state[each] as number) + value;
}

function constants(): { start: number[]; round: number[] } {
  const primes: number[] = [];
  for (let number = 2; primes.length < 64; number++)
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  const fraction = (value: number) => ((value % 1) * 0x100000000) >>> 0;
  return {
    start: primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))),
    round: primes.map((prime) => fraction(Math.cbrt(prime))),
  };
}
