import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";

type LoadingRowsProps = {
  /** What is awaited: "drafts". */
  what: string;
  count?: number;
  /** `two-line`: draft and queue rows. `table`: one line at the row height of the density. `form`: label over field. */
  shape?: "two-line" | "table" | "form";
  className?: string;
};

const widths = ["w-3/4", "w-3/5", "w-4/5", "w-1/2", "w-2/3"];
const shortWidths = ["w-1/2", "w-2/5", "w-3/5", "w-1/3", "w-1/2"];

/** Keeps the shape of the rows to come; shows itself only after 200 ms. */
export function LoadingRows({ what, count = 5, shape = "two-line", className }: LoadingRowsProps) {
  const rows = Array.from({ length: count }, (_, index) => index);
  return (
    <div data-slot="loading-rows" role="status" className={cn("appear-late", className)}>
      <span className="sr-only">Loading {what}</span>
      {rows.map((row) => {
        const wide = widths[row % widths.length];
        const narrow = shortWidths[row % shortWidths.length];
        if (shape === "table") {
          return (
            <div key={row} className="flex h-row items-center gap-3 border-b border-border">
              <Skeleton className="size-3.5 rounded-full" />
              <Skeleton className={narrow} />
              <Skeleton className="ml-auto w-16" />
            </div>
          );
        }
        if (shape === "form") {
          return (
            <div key={row} className="mb-5 flex flex-col gap-2">
              <Skeleton className="w-24" />
              <Skeleton className="h-8 w-full rounded-md" />
            </div>
          );
        }
        return (
          <div
            key={row}
            className="grid min-h-14 grid-cols-[14px_minmax(0,1fr)_24px] gap-x-2 gap-y-2.5 border-b border-border px-4 py-3"
          >
            <Skeleton className="size-3.5 rounded-full" />
            <Skeleton className={wide} />
            <Skeleton className="w-5" />
            <Skeleton className={cn("col-start-2 h-2", narrow)} />
          </div>
        );
      })}
    </div>
  );
}
