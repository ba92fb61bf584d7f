import type { ComponentProps } from "react";
import { cn } from "./cn";

type TableProps = ComponentProps<"table"> & {
  /** What scrolls sideways where nothing in the table takes the focus: the keyboard has to reach it. */
  scrollLabel?: string;
};

/** Rows follow the density switch: 28, 36 or 44. A wide table scrolls by itself, the page does not. */
export function Table({ className, scrollLabel, ...props }: TableProps) {
  const table = (
    <table data-slot="table" className={cn("w-full border-collapse text-13", className)} {...props} />
  );
  const scrolls = { "data-slot": "table-scroll", className: "w-full min-w-0 overflow-x-auto" };
  if (scrollLabel === undefined) return <div {...scrolls}>{table}</div>;
  return (
    <section aria-label={scrollLabel} tabIndex={0} {...scrolls}>
      {table}
    </section>
  );
}

export function TableHeader(props: ComponentProps<"thead">) {
  return <thead data-slot="table-header" {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<"tbody">) {
  return (
    <tbody data-slot="table-body" className={cn("[&>tr:last-child>*]:border-b-0", className)} {...props} />
  );
}

type RowProps = ComponentProps<"tr"> & { selected?: boolean };

export function TableRow({ className, selected, ...props }: RowProps) {
  return (
    <tr
      data-slot="table-row"
      data-selected={selected || undefined}
      className={cn("data-selected:bg-accent", className)}
      {...props}
    />
  );
}

type CellAlign = { align?: "left" | "right" };

export function TableHead({
  className,
  align,
  scope = "col",
  ...props
}: Omit<ComponentProps<"th">, "align"> & CellAlign) {
  return (
    <th
      data-slot="table-head"
      scope={scope}
      className={cn(
        "border-b border-border pr-3 pb-1.5 text-left text-12 font-book whitespace-nowrap text-muted-foreground last:pr-0",
        align === "right" && "text-right",
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({ className, align, ...props }: Omit<ComponentProps<"td">, "align"> & CellAlign) {
  return (
    <td
      data-slot="table-cell"
      className={cn(
        "h-row border-b border-border pr-3 align-middle last:pr-0",
        align === "right" && "text-right",
        className,
      )}
      {...props}
    />
  );
}
