import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** Terms and their values, 104 px for the terms. */
export function Facts({ className, ...props }: ComponentProps<"dl">) {
  return (
    <dl
      data-slot="facts"
      className={cn(
        "grid grid-cols-[var(--term,104px)_minmax(0,1fr)] gap-x-3 gap-y-1 text-[12.5px] leading-5",
        className,
      )}
      {...props}
    />
  );
}

export function Fact({ term, children, mono }: { term: ReactNode; children: ReactNode; mono?: boolean }) {
  return (
    <>
      <dt className="text-muted-foreground">{term}</dt>
      <dd className={cn("min-w-0 break-words", mono && "font-mono text-12 leading-5")}>{children}</dd>
    </>
  );
}
