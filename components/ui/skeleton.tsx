import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Skeleton({ className, ...props }: ComponentProps<"span">) {
  return (
    <span
      data-slot="skeleton"
      aria-hidden
      className={cn("block h-2.5 rounded-[3px] bg-accent motion-safe:animate-pulse", className)}
      {...props}
    />
  );
}
