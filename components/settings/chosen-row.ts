export type ChosenRow<Row> = {
  row: Row | undefined;
  index: number /** Somebody chose it; otherwise it is the first. */;
  chosen: boolean;
};

/**
 * The row a pane shows. On a wide screen the pane is never blank while there is a row to show. The newest of two rows
 * that share an id meanwhile: it is the one being typed.
 */
export function chosenRow<Row>(
  rows: readonly Row[],
  selected: string | null,
  idOf: (row: Row) => string,
): ChosenRow<Row> {
  const found = rows.findLastIndex((row) => idOf(row) === selected);
  const index = found === -1 && rows.length > 0 ? 0 : found;
  return { row: rows[index], index, chosen: found !== -1 };
}
