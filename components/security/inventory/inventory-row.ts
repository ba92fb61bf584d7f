/** One thing that may act, decide or be acted on. `marks`: what is there without being shown, or is missing. */
export type InventoryRow = {
  id: string;
  name: string;
  facts: string[];
  marks: Mark[];
  /** Switched off, ended or registered long ago: it is listed and does nothing now. */
  off?: string;
};
export type Mark = { word: string; tone: "there" | "missing" };

export type InventorySection = {
  id: string;
  title: string;
  /** Why there is nothing here. */
  empty: string;
  rows: InventoryRow[];
};

export const there = (word: string): Mark => ({ word, tone: "there" });
export const marks = (...given: (Mark | false | null | undefined)[]): Mark[] =>
  given.filter((each) => !!each);
export const facts = (...given: (string | false | null | undefined)[]): string[] =>
  given.filter((each): each is string => !!each);
export const list = (words: readonly string[], none: string): string =>
  words.length ? words.join(", ") : none;
export const people = (count: number | null): string | null =>
  count && count > 1 ? `${count} people` : null;
export const spaced = (word: string): string => word.replaceAll("_", " ");
