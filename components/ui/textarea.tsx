import type { ComponentProps } from "react";
import { cn } from "./cn";

export type TextareaProps = ComponentProps<"textarea"> & { mono?: boolean };

/** Grows with its text where the browser can. */
export function Textarea({ className, mono, ...props }: TextareaProps) {
  return (
    <textarea
      data-slot="textarea"
      className={cn(
        "field-sizing-content block min-h-14 w-full min-w-0 resize-y rounded-md border border-input bg-card px-2.5 py-1.5 text-13 touch:text-16",
        "focus-visible:outline-offset-1 aria-invalid:border-destructive",
        "read-only:border-border read-only:bg-muted disabled:cursor-not-allowed disabled:border-border disabled:bg-muted disabled:text-muted-foreground",
        mono && "font-mono text-[12.5px]",
        className,
      )}
      {...props}
    />
  );
}
