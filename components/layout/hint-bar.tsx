"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { useTimeZone } from "./time-zone";

export type Hint = { keys: readonly string[]; label: string };

type HintBarProps = {
  hints: readonly Hint[];
  /** At the right end: "Copy as API call". */
  children?: ReactNode;
  className?: string;
};

/** The 32 px line of keys at the foot of a screen; it also states the time zone. Not on phones, which have no keys. */
export function HintBar({ hints, children, className }: HintBarProps) {
  const timeZone = useTimeZone();
  return (
    <footer
      data-slot="hint-bar"
      className={cn(
        "hidden h-8 flex-none items-center gap-4 overflow-hidden border-t border-border bg-background px-6 text-12 whitespace-nowrap text-muted-foreground md:flex",
        className,
      )}
    >
      {hints.map((hint) => (
        <span key={hint.label} className="inline-flex flex-none items-center gap-1.5">
          {hint.keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
          {hint.label}
        </span>
      ))}
      <span className="ml-auto flex-none">Times in {timeZone}</span>
      {children}
    </footer>
  );
}
