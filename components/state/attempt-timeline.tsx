import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { type Tone, toneClass } from "@/components/ui/tone";
import { GateGlyph } from "./gate-glyph";
import type { GlyphName } from "./glyphs";

export type AttemptOutcome = "published" | "failed" | "ambiguous" | "retry" | "sending" | "blocked";

export type Attempt = {
  id: string;
  /** Wall time with ms: "02:19:02.004". */
  at: string;
  /** "start", "+3.2 s". */
  offset?: string;
  outcome: AttemptOutcome;
  /** "503 Service Unavailable". */
  title: ReactNode;
  /** "2.1 s". */
  duration?: string;
  /** What follows: "next in 1.1 s, jittered". */
  note?: ReactNode;
  /** What the receiver answered, already redacted. */
  excerpt?: ReactNode;
};

const looks: Record<AttemptOutcome, { tone: Tone; glyph: GlyphName; word: string }> = {
  published: { tone: "passed", glyph: "published", word: "Accepted" },
  failed: { tone: "failed", glyph: "failed", word: "Failed" },
  ambiguous: { tone: "ambiguous", glyph: "ambiguous", word: "Ambiguous" },
  retry: { tone: "waiting", glyph: "again", word: "To be tried again" },
  sending: { tone: "active", glyph: "sending", word: "Under way" },
  blocked: { tone: "failed", glyph: "blocked", word: "Blocked" },
};

/** The attempts of one delivery, oldest first. */
export function AttemptTimeline({
  attempts,
  className,
}: {
  attempts: readonly Attempt[];
  className?: string;
}) {
  return (
    <ol data-slot="attempt-timeline" className={cn("flex flex-col", className)}>
      {attempts.map((attempt) => {
        const look = looks[attempt.outcome];
        return (
          <li
            key={attempt.id}
            className="group/attempt relative grid grid-cols-[20px_minmax(0,1fr)] gap-x-2.5 pb-4 last:pb-0 sm:grid-cols-[92px_20px_minmax(0,1fr)]"
          >
            <span
              aria-hidden
              className="absolute top-[18px] -bottom-0.5 left-[10.25px] w-[1.5px] bg-border-strong group-last/attempt:hidden sm:left-[112.25px]"
            />
            <div className="flex gap-2 leading-4 max-sm:order-3 max-sm:col-start-2 sm:flex-col sm:gap-0 sm:text-right">
              <span className="font-mono text-12">{attempt.at}</span>
              {attempt.offset ? (
                <span className="text-11 text-muted-foreground">{attempt.offset}</span>
              ) : null}
            </div>
            <span className={cn(toneClass(look.tone), "-mt-0.5 grid size-5 place-items-center text-tone")}>
              <GateGlyph name={look.glyph} size={18} />
              <span className="sr-only">{look.word}: </span>
            </span>
            <div className="flex min-w-0 flex-col gap-1">
              <div className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-semibold">{attempt.title}</span>
                {attempt.duration ? <span className="text-muted-foreground">{attempt.duration}</span> : null}
                {attempt.note ? (
                  <span className="text-12 text-muted-foreground sm:ml-auto">{attempt.note}</span>
                ) : null}
              </div>
              {attempt.excerpt ? (
                <code className="text-12 break-words text-muted-foreground">{attempt.excerpt}</code>
              ) : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
