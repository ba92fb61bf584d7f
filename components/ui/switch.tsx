"use client";

import { Switch as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Switch({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      data-slot="switch"
      className={cn(
        "peer relative h-4 w-7 flex-none rounded-full bg-input transition-colors duration-(--dur-2)",
        "after:absolute after:-inset-1 touch:after:-inset-3.5",
        "data-[state=checked]:bg-primary disabled:cursor-not-allowed disabled:bg-border-strong",
        className,
      )}
      {...props}
    >
      <Primitive.Thumb className="block size-3 translate-x-0.5 rounded-full bg-card transition-transform duration-(--dur-2) ease-gate data-[state=checked]:translate-x-[14px] data-[state=checked]:bg-primary-foreground" />
    </Primitive.Root>
  );
}
