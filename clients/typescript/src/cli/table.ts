import { cut, plain, widthOf } from "./text.js";

export type Column<Row> = {
  title: string;
  of: (row: Row) => string;
  align?: "right";
  /** May be cut when the terminal is too narrow, down to this many columns. */
  cutTo?: number;
};

const gap = 2;

/**
 * Aligned columns. `columns` is the terminal's width, null when there is none: nothing is cut then. `paint` colours a whole
 * cell after it was padded, so that colours never move a column.
 */
export function table<Row>(
  rows: readonly Row[],
  shape: readonly Column<Row>[],
  columns: number | null,
  paint: (text: string, row: Row | null, title: string) => string = (text) => text,
): string {
  const cells = rows.map((row) => shape.map(({ of }) => plain(of(row))));
  const widths = shape.map(({ title }, at) =>
    Math.max(widthOf(title), ...cells.map((line) => widthOf(line[at] ?? ""))),
  );
  if (columns !== null) narrow(widths, shape, columns);
  const line = (texts: readonly string[], row: Row | null) =>
    shape
      .map(({ title, align }, at) => {
        const width = widths[at] ?? 0;
        const text = cut(texts[at] ?? "", width);
        const space = " ".repeat(width - widthOf(text));
        return paint(align === "right" ? space + text : text + space, row, title);
      })
      .join(" ".repeat(gap))
      .trimEnd();
  const head = shape.map(({ title }) => title);
  return [line(head, null), ...cells.map((texts, at) => line(texts, rows[at] ?? null))].join("\n");
}

/** Takes from the widest of the columns that may be cut until it fits, or none can give more. */
function narrow(widths: number[], shape: readonly Column<never>[], columns: number): void {
  const total = () => widths.reduce((sum, width) => sum + width, gap * (widths.length - 1));
  while (total() > columns) {
    let widest = -1;
    shape.forEach(({ cutTo }, at) => {
      const width = widths[at] ?? 0;
      if (cutTo !== undefined && width > cutTo && (widest < 0 || width > (widths[widest] ?? 0))) widest = at;
    });
    if (widest < 0) return;
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
}

/** `name   value` lines; those without a value are left out. */
export function pairs(rows: ReadonlyArray<readonly [string, string | undefined | false]>): string {
  const shown = rows.filter((row): row is readonly [string, string] => Boolean(row[1]));
  const width = Math.max(...shown.map(([name]) => widthOf(name)));
  return shown
    .map(([name, value]) => {
      const indent = " ".repeat(width + gap);
      const text = plain(value, { lines: true }).split("\n").join(`\n${indent}`);
      return `${name}${" ".repeat(width - widthOf(name) + gap)}${text}`;
    })
    .join("\n");
}
