import type { ReactNode } from "react";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";

export type ReportTableProps = {
  /** What the table is, for a reader who cannot see where it stands. */
  caption: string;
  heads: readonly string[];
  rows: ReadonlyArray<{ key: string; cells: readonly ReactNode[] }>;
  /** How many there are of all, where not every one is listed. */
  total?: number;
};

/** A table of a document: all its rows, and plainly none where there are none. */
export function ReportTable({ caption, heads, rows, total = rows.length }: ReportTableProps) {
  if (rows.length === 0) return <p className="text-muted-foreground">None.</p>;
  return (
    <>
      <Table scrollLabel={`${caption}, as a table`}>
        <caption className="sr-only">{caption}</caption>
        <TableHeader>
          <TableRow>
            {heads.map((head) => (
              <TableHead key={head}>{head}</TableHead>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map(({ key, cells }) => (
            <TableRow key={key}>
              {cells.map((cell, place) => (
                <TableCell key={heads[place]} className="min-w-24 py-1.5 align-top break-words">
                  {cell}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {total > rows.length ? (
        <p className="text-12 text-muted-foreground">
          {total - rows.length} more are counted and not listed: the newest {rows.length} are.
        </p>
      ) : null}
    </>
  );
}
