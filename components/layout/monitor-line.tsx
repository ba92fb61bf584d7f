import { GateGlyph } from "@/components/state/gate-glyph";
import type { GlyphName } from "@/components/state/glyphs";
import { cn } from "@/components/ui/cn";
import { type Tone, toneClass } from "@/components/ui/tone";
import type { MonitorState } from "./shell-context";

const looks: Record<MonitorState["status"], { word: string; glyph: GlyphName; tone: Tone }> = {
  running: { word: "Monitor running", glyph: "open", tone: "passed" },
  paused: { word: "Monitor paused", glyph: "ready", tone: "waiting" },
  disabled: { word: "Monitor off", glyph: "cancelled", tone: "void" },
  unknown: { word: "State not known", glyph: "queued", tone: "void" },
};

/** The monitor itself, at the foot of the navigation. */
export function MonitorLine({ monitor, rail }: { monitor: MonitorState; rail: boolean }) {
  const look = looks[monitor.status];
  return (
    <p
      title={rail ? look.word : undefined}
      className={cn("flex h-7 items-center gap-2", rail ? "justify-center" : "px-2")}
    >
      <span className={cn(toneClass(look.tone), "text-tone")}>
        <GateGlyph name={look.glyph} />
      </span>
      <span className={rail ? "sr-only" : "truncate font-book"}>{look.word}</span>
      {monitor.version && !rail ? (
        <span className="ml-auto text-12 text-muted-foreground">{monitor.version}</span>
      ) : null}
    </p>
  );
}
