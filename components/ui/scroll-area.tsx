"use client";

import { ScrollArea as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { useStyleNonce } from "./style-nonce";

type ScrollAreaProps = ComponentProps<typeof Primitive.Root> & {
  orientation?: "vertical" | "horizontal" | "both";
  /** Names the region for keyboard scrolling. */
  label?: string;
};

/** A pane that scrolls while the page does not. Focusable, so that keys can scroll it. */
export function ScrollArea({
  className,
  children,
  orientation = "vertical",
  label,
  ...props
}: ScrollAreaProps) {
  const nonce = useStyleNonce();
  return (
    <Primitive.Root data-slot="scroll-area" className={cn("relative overflow-hidden", className)} {...props}>
      <Primitive.Viewport
        nonce={nonce}
        tabIndex={label ? 0 : undefined}
        role={label ? "region" : undefined}
        aria-label={label}
        className="size-full focus-visible:-outline-offset-2 [&>div]:block!"
      >
        {children}
      </Primitive.Viewport>
      {orientation === "horizontal" ? null : <ScrollBar orientation="vertical" />}
      {orientation === "vertical" ? null : <ScrollBar orientation="horizontal" />}
      <Primitive.Corner />
    </Primitive.Root>
  );
}

function ScrollBar({ className, ...props }: ComponentProps<typeof Primitive.Scrollbar>) {
  return (
    <Primitive.Scrollbar
      data-slot="scroll-bar"
      className={cn(
        "flex touch-none p-0.5 select-none data-[orientation=horizontal]:h-2.5 data-[orientation=horizontal]:flex-col data-[orientation=vertical]:w-2.5",
        className,
      )}
      {...props}
    >
      <Primitive.Thumb className="relative flex-1 rounded-full bg-border-strong" />
    </Primitive.Scrollbar>
  );
}
