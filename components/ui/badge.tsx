import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const badgeVariants = cva("inline-flex flex-none items-center gap-1 whitespace-nowrap", {
  variants: {
    variant: {
      outline:
        "h-[18px] rounded-[3px] border border-border-strong bg-card px-1.5 text-11 leading-none text-muted-foreground",
      edited:
        "h-[18px] rounded-[3px] border border-primary-line bg-card px-1.5 text-11 leading-none text-primary",
      tone: "h-5 rounded-sm bg-tone-soft px-1.5 text-12 font-medium text-tone",
      count:
        "h-4 min-w-4 justify-center rounded-full bg-primary px-1 text-11 leading-none font-semibold text-primary-foreground",
    },
  },
  defaultVariants: { variant: "outline" },
});

export function Badge({
  className,
  variant,
  ...props
}: ComponentProps<"span"> & VariantProps<typeof badgeVariants>) {
  return <span data-slot="badge" className={cn(badgeVariants({ variant }), className)} {...props} />;
}
