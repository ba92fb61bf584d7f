import { cn } from "@/components/ui/cn";
import type { BacktestRowWire } from "@/lib/contracts/backtest";
import type { RouteWire } from "@/lib/contracts/config";
import { routeWords } from "./backtest-words";

type BacktestCellsProps = { rows: readonly BacktestRowWire[]; ordered: readonly RouteWire[] };

/** The newest incidents as cells, each numbered by the route that would decide it; those that would differ are filled. */
export function BacktestCells({ rows, ordered }: BacktestCellsProps) {
  if (rows.length === 0) return null;
  const changed = rows.filter((row) => row.changes.length > 0).length;
  const placeOf = (id: string | undefined) => {
    const place = ordered.findIndex((route) => route.route_id === id);
    return place === -1 ? "–" : String(place + 1);
  };
  return (
    <figure className="flex flex-col gap-1.5">
      <div
        role="img"
        aria-label={`The newest ${rows.length} incidents; ${changed} of them would differ`}
        className="grid grid-cols-[repeat(auto-fill,minmax(20px,1fr))] gap-[3px]"
      >
        {rows.map((row) => (
          <span
            key={row.draft_id}
            title={`${row.title}: ${routeWords(row.after)}`}
            className={cn(
              "grid h-4 place-items-center rounded-sm border border-border-strong text-11 leading-none",
              row.changes.length > 0 && "border-primary bg-primary font-semibold text-primary-foreground",
            )}
          >
            {placeOf(row.after.route_id)}
          </span>
        ))}
      </div>
      <figcaption className="text-12 text-muted-foreground">
        Newest first. Number: the route that would decide. Filled: would differ.
      </figcaption>
    </figure>
  );
}
