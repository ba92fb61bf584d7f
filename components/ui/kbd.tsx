import type { ComponentProps } from "react";
import { cn } from "./cn";

/** One key. Inside a button it takes the button's ink. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      data-slot="kbd"
      className={cn(
        "inline-grid h-[18px] min-w-[18px] flex-none place-items-center rounded-sm border border-b-2 border-border-strong bg-card px-1 font-mono text-[10.5px] leading-none text-foreground",
        "in-data-[slot=button]:-mr-1 touch:in-data-[slot=button]:hidden in-data-[slot=button]:border-current/40 in-data-[slot=button]:bg-transparent in-data-[slot=button]:text-current",
        className,
      )}
      {...props}
    />
  );
}
