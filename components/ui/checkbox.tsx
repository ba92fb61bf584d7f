"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Checkbox({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      data-slot="checkbox"
      className={cn(
        "peer group/check relative inline-grid size-4 flex-none place-items-center rounded-sm border-[1.5px] border-input bg-card text-primary-foreground",
        "after:absolute after:-inset-1 touch:after:-inset-3.5",
        "data-[state=checked]:border-primary data-[state=checked]:bg-primary data-[state=indeterminate]:border-primary data-[state=indeterminate]:bg-primary",
        "aria-invalid:border-destructive disabled:cursor-not-allowed disabled:border-border-strong disabled:bg-muted disabled:text-muted-foreground",
        // Over the blue of what is on: the tick has to be seen where nobody may change it too.
        "disabled:data-[state=checked]:border-border-strong disabled:data-[state=checked]:bg-muted disabled:data-[state=indeterminate]:border-border-strong disabled:data-[state=indeterminate]:bg-muted",
        className,
      )}
      {...props}
    >
      <Primitive.Indicator className="grid place-items-center">
        <Minus aria-hidden className="hidden size-3 stroke-3! group-data-[state=indeterminate]/check:block" />
        <Check aria-hidden className="size-3 stroke-3! group-data-[state=indeterminate]/check:hidden" />
      </Primitive.Indicator>
    </Primitive.Root>
  );
}
