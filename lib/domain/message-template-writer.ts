import { units } from "./message-template-terms";

const templateLength = 300;

/** What may stand between two of a kind that are then one: a list of numbers is a number. */
const listGaps: ReadonlySet<string> = new Set(["", " ", ",", ", ", ";", "; ", "/", "|", " | "]);

/** Puts a template together, piece by piece, and stops before the first piece that would make it longer than 300 characters. */
export class TemplateWriter {
  isFull = false;
  #text = "";
  /** Space and punctuation since the last piece: written with the next one, dropped at the end. */
  #gap = "";
  /** The last piece if something in it was replaced, and the kind at its end. */
  #piece = "";
  #kind = "";

  space(): void {
    if (this.#gap !== "" ? !this.#gap.endsWith(" ") : this.#text !== "") this.#gap += " ";
  }

  punctuation(text: string): void {
    this.#gap += text;
  }

  /** A word, or whatever else stays as it is. */
  keep(text: string): void {
    this.#write(text);
    this.#piece = "";
    this.#kind = "";
  }

  /** A kind, or a word with kinds in it; the same again in a list is left out. */
  replace(piece: string): void {
    if (piece === this.#piece && listGaps.has(this.#gap)) {
      this.#gap = "";
      return;
    }
    if (piece.indexOf(">") === piece.length - 1 && piece.startsWith("<")) return this.#replaceWhole(piece);
    for (const [part] of piece.matchAll(/<[a-z]+>|[^<]+/g)) {
      if (part.startsWith("<")) this.#replaceWhole(part);
      else this.keep(part);
    }
    this.#piece = piece;
  }

  #replaceWhole(kind: string): void {
    if (kind === this.#kind && listGaps.has(this.#gap)) {
      this.#gap = "";
      return;
    }
    this.#write(kind);
    this.#piece = kind;
    this.#kind = kind;
  }

  /** Drops `word` where it only says what a number counts in; true if it did. */
  takesUnit(word: string): boolean {
    if (!this.isRightAfter("<n>")) return false;
    if (!units.has(word.toLowerCase()) && !/^[A-Za-z]{1,6}\/s(?:ec)?$/.test(word)) return false;
    this.#gap = "";
    return true;
  }

  isRightAfter(kind: string): boolean {
    return this.#kind === kind && this.#gap === " ";
  }

  /** Where a quotation begins. */
  mark(): number {
    this.#write("");
    this.#piece = "";
    this.#kind = "";
    return this.#text.length;
  }

  since(mark: number): string {
    return this.#text.slice(mark) + this.#gap;
  }

  /** Puts `kind` in the place of everything since `mark`. */
  replaceSince(mark: number, kind: string): void {
    this.#text = this.#text.slice(0, mark);
    this.#gap = "";
    this.replace(kind);
  }

  dropGap(): void {
    this.#gap = "";
  }

  toString(): string {
    const text = this.isFull ? this.#text : this.#text + this.#gap;
    return text.trim().slice(0, templateLength).toWellFormed();
  }

  #write(piece: string): void {
    if (this.isFull) return;
    if (this.#text.length + this.#gap.length + piece.length > templateLength) {
      this.isFull = true;
      if (this.#text === "") this.#text = (this.#gap + piece).slice(0, templateLength);
      return;
    }
    this.#text += this.#gap + piece;
    this.#gap = "";
  }
}
