"use client";

import type { ReactNode } from "react";
import { toast } from "sonner";
import { GateGlyph } from "@/components/state/gate-glyph";
import { lookOf, type StateName } from "@/components/state/state-map";
import { cn } from "@/components/ui/cn";
import { toneClass } from "@/components/ui/tone";

type Notice = {
  description?: ReactNode;
  action?: { label: string; onClick: () => void };
  /** Errors stay until dismissed. */
  sticky?: boolean;
  /** How long it stays, where its message has an end of its own. */
  forMs?: number;
};

/** A toast with a state's glyph: `notify("approved", "Approved, good for 72 h", { description: "Nothing sent yet." })`. */
export function notify(
  state: StateName,
  title: string,
  { description, action, sticky, forMs = 6000 }: Notice = {},
) {
  const look = lookOf(state);
  return toast(title, {
    description,
    icon: (
      <span className={cn(toneClass(look.tone), "text-tone")}>
        <GateGlyph name={look.glyph} size={18} />
      </span>
    ),
    action,
    closeButton: sticky,
    duration: sticky ? Number.POSITIVE_INFINITY : forMs,
  });
}
