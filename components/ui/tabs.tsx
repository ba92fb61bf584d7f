"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Tabs({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root data-slot="tabs" className={cn("flex min-w-0 flex-col", className)} {...props} />;
}

/** A tab is as wide as its words: a ring on its own edge would lie over them. */
export const focusBeside =
  "relative focus-visible:outline-none focus-visible:after:absolute focus-visible:after:-inset-x-1 focus-visible:after:inset-y-1 focus-visible:after:rounded-sm focus-visible:after:outline-2 focus-visible:after:outline-ring";

export function TabsList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return (
    <Primitive.List
      data-slot="tabs-list"
      className={cn(
        // Room at both ends for the ring of the first and the last, which would be clipped.
        "-mx-1 flex min-w-0 flex-none gap-4 overflow-x-auto overflow-y-hidden border-b border-border px-1",
        className,
      )}
      {...props}
    />
  );
}

export function TabsTrigger({ className, ...props }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      data-slot="tabs-trigger"
      className={cn(
        "-mb-px flex h-8 flex-none items-center gap-1.5 border-b-2 border-transparent text-[12.5px] font-medium whitespace-nowrap text-muted-foreground touch:h-11 touch:text-14",
        "transition-colors duration-(--dur-2) hover:text-foreground data-[state=active]:border-foreground data-[state=active]:text-foreground",
        focusBeside,
        "disabled:cursor-not-allowed [&_svg:not([class*=size-])]:size-4",
        className,
      )}
      {...props}
    />
  );
}

export function TabsContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Content data-slot="tabs-content" className={cn("min-w-0 flex-1", className)} {...props} />
  );
}
