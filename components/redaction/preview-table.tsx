import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { RereadingPreviewWire } from "@/lib/contracts/redaction";
import { placeWord } from "./redaction-words";

/** What a walk would change, by a sample of each place. */
export function PreviewTable({ preview }: { preview: RereadingPreviewWire }) {
  const rows = preview.places.filter(({ would_change }) => would_change > 0);
  const read = preview.places.reduce((sum, { examined }) => sum + examined, 0);
  if (rows.length === 0) {
    return (
      <p>
        <b className="font-semibold">Nothing would change.</b> {read.toLocaleString("en-GB")} rows were looked
        at.
      </p>
    );
  }
  return (
    <Table aria-label="What would change">
      <TableHeader>
        <TableRow>
          <TableHead>What</TableHead>
          <TableHead align="right">Looked at</TableHead>
          <TableHead align="right">Of about</TableHead>
          <TableHead align="right">Would change</TableHead>
          <TableHead align="right">Of them stay</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.place}>
            <TableHead scope="row" className="font-medium text-foreground first-letter:uppercase">
              {placeWord(row.place)}
            </TableHead>
            {[row.examined, row.rows, row.would_change, row.frozen + row.held_back].map((value, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells of one row, in their order
              <TableCell key={index} align="right" className="tabular-nums">
                {value.toLocaleString("en-GB")}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
