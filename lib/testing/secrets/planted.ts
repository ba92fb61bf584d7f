import { randomBytes } from "node:crypto";

/** A secret that was found: where it had been planted, where it came out, and what stands around it. */
export type Leak = { planted: string; at: string; around: string };

const alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const letters = (count: number) =>
  Array.from(randomBytes(count), (byte) => alphabet[byte % alphabet.length]).join("");
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** A text with one secret in it, by shape. Besides these there are values that only their member's name gives away. */
const shapes = {
  "vendor token": (value: string) => `ghp_${value}`,
  "url password": (value: string) => `postgres://app:${value}@db.example.com/shop`,
  "query token": (value: string) => `https://api.example.com/cb?access_token=${value}&state=1`,
  "bearer header": (value: string) => `Authorization: Bearer ${value}`,
  "basic header": (value: string) => `Authorization: Basic ${base64(`app:${value}`)}`,
  pair: (value: string) => `password=${value}`,
  "json member": (value: string) => JSON.stringify({ client_secret: value }),
  "escaped json": (value: string) => JSON.stringify(JSON.stringify({ api_key: value })),
  "vendor token in base64": (value: string) => base64(`ghp_${value}`),
  "json in base64": (value: string) => base64(JSON.stringify({ password: value })),
  "private key": (value: string) =>
    `-----BEGIN PRIVATE KEY-----\n${value}${"A".repeat(64 - value.length)}\n-----END PRIVATE KEY-----`,
} satisfies Record<string, (value: string) => string>;
export type Shape = keyof typeof shapes;
export const shapeNames = Object.keys(shapes) as Shape[];

/**
 * The secrets of one run, made for it and nowhere in the repository. All bear the run's own mark at both ends, so that one
 * search finds any piece of any of them, and a number that says where each was planted.
 */
export class Planted {
  readonly #mark = `q${letters(8)}`;
  /** No secret: what anybody may see, to tell where the search gets to. */
  readonly plain = `c${letters(10)}`;
  readonly #places: string[] = [];
  readonly #given = new Map<string, string>();
  /** Letters and digits are the same in JSON, in URLs and in HTML; in base64 it depends on what they are the first of. */
  readonly #encoded = [0, 1, 2].map((shift) => {
    const first = Math.ceil((shift * 8) / 6);
    return base64("_".repeat(shift) + this.#mark).slice(
      first,
      Math.floor(((shift + this.#mark.length) * 8) / 6),
    );
  });

  /** Nothing but the value; `place` says where it is put. */
  opaque(place: string): string {
    const number = String(this.#places.push(place) - 1).padStart(5, "0");
    return `${this.#mark}${number}${letters(6)}${this.#mark}${number}`;
  }

  text(place: string, shape: Shape): string {
    return shapes[shape](this.opaque(`${place} (${shape})`));
  }

  /** A text with every shape there is room for, in characters. */
  prose(place: string, lengthMax = 100_000): string {
    let said = "Seen";
    for (const shape of shapeNames) {
      const next = `${said}\n${this.text(place, shape)}`;
      if (next.length <= lengthMax) said = next;
    }
    return said;
  }

  /** A secret that the product made and said once: from here on it may not be said again. */
  given(place: string, value: string): void {
    this.#given.set(value, place);
  }

  /** Every secret in this text, however it is written. */
  leaks(at: string, text: string): Leak[] {
    const found: Leak[] = [];
    const add = (planted: string, from: number) =>
      found.push({ planted, at, around: text.slice(Math.max(0, from - 60), from + 40) });
    const lowered = text.toLowerCase();
    for (const from of placesOf(lowered, this.#mark.toLowerCase()))
      add(this.#placeOf(text.slice(from)), from);
    for (const from of placesOf(lowered, Buffer.from(this.#mark).toString("hex")))
      add("in hexadecimal", from);
    for (const needle of this.#encoded)
      for (const from of placesOf(text, needle)) add(`in base64: ${this.#decoded(text, from)}`, from);
    for (const [value, planted] of this.#given) for (const from of placesOf(text, value)) add(planted, from);
    return found;
  }

  #placeOf(text: string): string {
    const number = /^\d{5}/.exec(text.slice(this.#mark.length))?.[0];
    return this.#places[Number(number)] ?? "part of one";
  }

  #decoded(text: string, from: number): string {
    const start = /[A-Za-z0-9+/_-]*$/.exec(text.slice(Math.max(0, from - 4_000), from))?.[0] ?? "";
    const end = /^[A-Za-z0-9+/_-]*/.exec(text.slice(from))?.[0] ?? "";
    const decoded = Buffer.from(start + end, "base64").toString("latin1");
    const at = decoded.indexOf(this.#mark);
    return at < 0 ? "part of one" : this.#placeOf(decoded.slice(at));
  }
}

function placesOf(text: string, needle: string): number[] {
  const places: number[] = [];
  for (let from = text.indexOf(needle); from >= 0; from = text.indexOf(needle, from + needle.length))
    places.push(from);
  return places;
}
