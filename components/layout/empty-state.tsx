import type { ReactNode } from "react";
import { GateGlyph } from "@/components/state/gate-glyph";
import type { GlyphName } from "@/components/state/glyphs";
import { cn } from "@/components/ui/cn";
import { type Tone, toneClass } from "@/components/ui/tone";

export type EmptyStateProps = {
  /** "No drafts yet", "Nothing waits for you", "No draft matches 2 filters". */
  title: string;
  /** Why it is empty and what comes next. An error is never an empty state. */
  children?: ReactNode;
  glyph?: GlyphName;
  tone?: Tone;
  /** The next step; small buttons. */
  actions?: ReactNode;
  /** `h1` where it is all there is of the page. */
  heading?: "h1" | "h2";
  className?: string;
};

/** Names its cause and the next step. */
export function EmptyState({
  title,
  children,
  glyph = "ready",
  tone = "idle",
  actions,
  heading: Heading = "h2",
  className,
}: EmptyStateProps) {
  return (
    <div
      data-slot="empty-state"
      className={cn("m-auto flex w-80 max-w-full flex-col gap-2 px-4 py-12", className)}
    >
      <span className={cn(toneClass(tone), "text-tone")}>
        <GateGlyph name={glyph} size={32} />
      </span>
      <Heading className="text-14 font-semibold">{title}</Heading>
      {children ? <div className="text-muted-foreground">{children}</div> : null}
      {actions ? <div className="mt-1 flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}
