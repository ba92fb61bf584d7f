"use client";

import { ToggleGroup as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Few, exclusive views of one thing: Rendered, Raw, Diff. */
export function ToggleGroup({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      data-slot="toggle-group"
      className={cn("inline-flex flex-none rounded-md border border-border-strong bg-card", className)}
      {...props}
    />
  );
}

export function ToggleGroupItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      data-slot="toggle-group-item"
      className={cn(
        "flex h-[26px] items-center justify-center gap-1.5 border-l border-border px-2.5 text-[12.5px] font-medium whitespace-nowrap text-muted-foreground touch:h-11 touch:flex-1",
        "transition-colors duration-(--dur-1) first:rounded-l-[5px] first:border-l-0 last:rounded-r-[5px] hover:text-foreground",
        "data-[state=on]:bg-accent data-[state=on]:text-foreground disabled:cursor-not-allowed focus-visible:z-10 [&_svg:not([class*=size-])]:size-4",
        className,
      )}
      {...props}
    />
  );
}
