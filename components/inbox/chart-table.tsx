import { ChevronRight } from "lucide-react";
import { cn } from "@/components/ui/cn";

type ChartTableProps = {
  /** What the table is of; its caption. */
  caption: string;
  columns: readonly string[];
  rows: ReadonlyArray<{ key: string; cells: readonly string[] }>;
};

/** A chart's figures in words and numbers, closed until somebody wants them; for screen readers as for everybody. */
export function ChartTable({ caption, columns, rows }: ChartTableProps) {
  return (
    <details className="group min-w-0">
      <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-12 text-muted-foreground hover:text-foreground touch:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3 transition-transform group-open:rotate-90" />
        As a table<span className="sr-only">: {caption}</span>
      </summary>
      <div tabIndex={0} role="region" aria-label={caption} className="relative mt-1 max-h-64 overflow-auto">
        <table className="w-full text-12">
          <thead>
            <tr className="border-b border-border text-left text-muted-foreground">
              {columns.map((column, index) => (
                <th
                  key={column}
                  scope="col"
                  className={cn("py-1 font-medium whitespace-nowrap", index > 0 && "pl-4 text-right")}
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} className="border-b border-border last:border-b-0">
                {row.cells.map((cell, index) =>
                  index === 0 ? (
                    <th
                      key={columns[index]}
                      scope="row"
                      className="py-1 text-left font-normal whitespace-nowrap"
                    >
                      {cell}
                    </th>
                  ) : (
                    <td key={columns[index]} className="py-1 pl-4 text-right whitespace-nowrap">
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
