import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export const fieldBox = [
  "flex w-full min-w-0 items-center gap-2 rounded-md border border-input bg-card px-2.5 text-foreground",
  "has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-1 has-[input:focus-visible]:outline-ring",
  "has-[input[aria-invalid=true]]:border-destructive",
  "has-[input:disabled]:border-border has-[input:disabled]:bg-muted has-[input:disabled]:text-muted-foreground",
  "has-[input:read-only]:border-border has-[input:read-only]:bg-muted",
].join(" ");

const heights = { sm: "h-7 px-2 touch:h-11", default: "h-8 touch:h-11", field: "h-9 touch:h-11", lg: "h-11" };

export type InputProps = Omit<ComponentProps<"input">, "size"> & {
  size?: keyof typeof heights;
  /** Ids, urls, secrets' names. */
  mono?: boolean;
  /** Softer line, for search and filters, where the edge is no information. */
  quiet?: boolean;
  leading?: ReactNode;
  trailing?: ReactNode;
  boxClassName?: string;
};

/** A one-line field. 16 px type on touch, so that the page does not zoom in. */
export function Input({
  className,
  boxClassName,
  size = "default",
  mono,
  quiet,
  leading,
  trailing,
  ...props
}: InputProps) {
  return (
    <div
      data-slot="input-box"
      className={cn(fieldBox, heights[size], quiet && "border-border-strong", boxClassName)}
    >
      {leading}
      <input
        data-slot="input"
        className={cn(
          "w-full min-w-0 border-0 bg-transparent p-0 text-13 outline-none disabled:cursor-not-allowed touch:text-16",
          mono && "font-mono text-[12.5px]",
          className,
        )}
        {...props}
      />
      {trailing}
    </div>
  );
}
