import { cn } from "@/components/ui/cn";
import { GateGlyph } from "./gate-glyph";
import type { GateState } from "./gate-line";
import type { GlyphName } from "./glyphs";

const looks: Record<GateState, { word: string; glyph: GlyphName; className: string }> = {
  closed: { word: "Closed", glyph: "required", className: "bg-gate text-background" },
  blocked: { word: "Blocked", glyph: "blocked", className: "bg-gate text-background" },
  open: {
    word: "Open",
    glyph: "granted",
    className: "bg-background text-state-passed inset-ring-[1.5px] inset-ring-state-passed",
  },
  passed: {
    word: "Passed",
    glyph: "published",
    className: "bg-background text-state-passed inset-ring-[1.5px] inset-ring-state-passed",
  },
};

type GateCapProps = { gate: GateState; label?: string; className?: string };

/** The gate's word on top of its line: "Closed" or "Open, 72 h". */
export function GateCap({ gate, label, className }: GateCapProps) {
  const look = looks[gate];
  return (
    <span
      data-slot="gate-cap"
      className={cn(
        "absolute z-10 inline-flex h-5 -translate-x-1/2 -translate-y-1/2 items-center gap-[5px] rounded-[3px] px-[7px] text-11 font-semibold whitespace-nowrap",
        look.className,
        className,
      )}
    >
      <GateGlyph name={look.glyph} size={14} />
      <span className="sr-only">The gate is </span>
      {label ?? look.word}
    </span>
  );
}
