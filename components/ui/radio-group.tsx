"use client";

import { RadioGroup as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function RadioGroup({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root data-slot="radio-group" className={cn("grid gap-2", className)} {...props} />;
}

export function RadioGroupItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      data-slot="radio-group-item"
      className={cn(
        "peer relative size-4 flex-none rounded-full border-[1.5px] border-input bg-card",
        "after:absolute after:-inset-1 touch:after:-inset-3.5",
        "data-[state=checked]:border-5 data-[state=checked]:border-primary disabled:cursor-not-allowed disabled:border-border-strong disabled:bg-muted",
        className,
      )}
      {...props}
    />
  );
}
