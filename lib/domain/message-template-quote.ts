import { isWordCharacter } from "./message-template-characters";

/** A quotation further apart than this is read as two marks. */
const quotationLength = 400;

// A kind that was put in stands for a word.
const isWordEnd = (code: number) => code === 0x3e || isWordCharacter(code);
const isWordStart = (code: number) => code === 0x3c || isWordCharacter(code);

/** Finds where quotations end, and looks at no character twice for the same mark. */
export class Quotations {
  readonly #text: string;
  /** Up to where each mark was looked for in vain. */
  readonly #noneClosesBefore: Record<string, number> = {};

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the quotation ends that the mark at `start` begins; -1 for an apostrophe, or when it does not end. */
  endOf(start: number): number {
    const text = this.#text;
    const mark = text.charAt(start);
    if (mark !== '"' && isWordEnd(text.charCodeAt(start - 1))) return -1;
    const limit = Math.min(text.length, start + quotationLength);
    for (let at = Math.max(start + 1, this.#noneClosesBefore[mark] ?? 0); at < limit; at += 1) {
      const char = text.charAt(at);
      if (char !== mark && !(mark === "`" && char === "'")) continue;
      if (mark === '"' || !isWordStart(text.charCodeAt(at + 1))) return at;
    }
    this.#noneClosesBefore[mark] = limit;
    return -1;
  }

  /** Does a colon stand before the mark at `start`, so that what is quoted says what failed? Not the colon of JSON's keys. */
  isAnnounced(start: number): boolean {
    let before = start - 1;
    while (before >= 0 && before > start - 8 && this.#text.charCodeAt(before) === 0x20) before -= 1;
    return this.#text.charAt(before) === ":" && this.#text.charAt(before - 1) !== '"';
  }
}
