import type { ComponentProps } from "react";
import { cn } from "./cn";

function initials(name: string): string {
  const words = name.split(/[\s.@_-]+/).filter(Boolean);
  const first = words[0]?.[0] ?? "?";
  const last = words.length > 1 ? (words[1]?.[0] ?? "") : (words[0]?.[1] ?? "");
  return (first + last).toUpperCase();
}

export type AvatarProps = ComponentProps<"span"> & {
  name: string;
  size?: "sm" | "default";
  /** Ghost: somebody else. Solid: the reader. */
  variant?: "solid" | "ghost";
};

/** Initials; decorative, since the name is always written beside it or given as a label. */
export function Avatar({ name, size = "default", variant = "solid", className, ...props }: AvatarProps) {
  return (
    <span
      data-slot="avatar"
      aria-hidden
      className={cn(
        "inline-grid flex-none place-items-center rounded-full font-semibold",
        size === "sm" ? "size-[18px] text-[8.5px]" : "size-6 text-[10.5px]",
        variant === "solid"
          ? "bg-foreground text-background"
          : "bg-accent text-foreground inset-ring inset-ring-border-strong",
        className,
      )}
      {...props}
    >
      {initials(name)}
    </span>
  );
}
