import { ChevronDown, X } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export type FilterButtonProps = ComponentProps<"button"> & {
  /** Set: the filter narrows the list now. */
  active?: boolean;
  /** What the button does: opens a choice, takes the filter off, or just toggles. */
  affords?: "choose" | "remove" | "toggle";
};

/** A filter over a list, 24 px. `remove` must say so in its label: aria-label="Remove filter: last 24 h". */
export function FilterButton({
  active = false,
  affords = "choose",
  className,
  children,
  type = "button",
  ...props
}: FilterButtonProps) {
  return (
    <button
      data-slot="filter-button"
      type={type}
      aria-pressed={affords === "toggle" ? active : undefined}
      className={cn(
        "inline-flex h-6 flex-none items-center gap-1 rounded-[5px] border border-border-strong bg-card pr-1.5 pl-2 text-12 whitespace-nowrap hover:bg-accent touch:h-9",
        active && "bg-accent font-medium",
        className,
      )}
      {...props}
    >
      {children}
      {affords === "choose" ? <ChevronDown aria-hidden className="size-3" /> : null}
      {affords === "remove" ? <X aria-hidden className="size-3" /> : null}
    </button>
  );
}
