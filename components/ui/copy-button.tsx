"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button, type ButtonProps } from "./button";
import { cn } from "./cn";

export type CopyButtonProps = Omit<ButtonProps, "value" | "onClick"> & {
  value: string;
  /** What is copied: "Copy draft id". */
  label: string;
  /** `inline` sits in a line of text, `button` has a word. */
  look?: "inline" | "button";
};

/** Copies and says so for two seconds. Where the clipboard is closed it says that instead. */
export function CopyButton({
  value,
  label,
  look = "inline",
  className,
  children,
  ...props
}: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "done" | "refused">("idle");
  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setState("done");
    } catch {
      setState("refused");
    }
    setTimeout(() => setState("idle"), 2000);
  }
  const word = { idle: label, done: "Copied", refused: "The browser refused; select and copy by hand" }[
    state
  ];
  const Icon = state === "done" ? Check : Copy;
  return (
    <Button
      variant={look === "inline" ? "ghost" : "outline"}
      size={look === "inline" ? "icon-xs" : "sm"}
      aria-label={look === "inline" ? word : undefined}
      title={word}
      onClick={copy}
      className={cn(
        look === "inline" && "-my-1 size-5 text-muted-foreground after:absolute after:-inset-1 relative",
        className,
      )}
      {...props}
    >
      <Icon aria-hidden className={look === "inline" ? "size-3" : undefined} />
      {look === "button" ? <span>{state === "idle" ? (children ?? label) : word}</span> : null}
      <span role="status" className="sr-only">
        {state === "idle" ? "" : word}
      </span>
    </Button>
  );
}
