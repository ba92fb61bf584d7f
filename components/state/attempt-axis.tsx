import { cn } from "@/components/ui/cn";
import type { AttemptOutcome } from "./attempt-timeline";

export type AxisAttempt = {
  id: string;
  /** From the first attempt's start. */
  startMs: number;
  durationMs: number;
  outcome: AttemptOutcome;
  /** Over the wait that follows: "waits 30 s, as asked". */
  waitNote?: string;
};

const grounds: Record<AttemptOutcome, string> = {
  published: "bg-state-passed",
  failed: "bg-state-failed",
  ambiguous: "bg-state-ambiguous",
  retry: "bg-state-waiting",
  sending: "bg-state-active",
  blocked: "bg-state-failed",
};

const second = 1000;
const steps = [1, 2, 5, 10, 30, 60, 300, 600, 3600, 7200, 21600, 43200, 86400, 259200].map((s) => s * second);

function tickWords(ms: number): string {
  if (ms >= 86400 * second) return `+${ms / (86400 * second)} d`;
  if (ms >= 3600 * second) return `+${ms / (3600 * second)} h`;
  if (ms >= 60 * second) return `+${ms / (60 * second)} min`;
  return `+${ms / second} s`;
}

/** The attempts on a true time axis: length is duration, distance is waiting. The list under it says the same in words. */
export function AttemptAxis({ attempts, label }: { attempts: readonly AxisAttempt[]; label: string }) {
  const end = Math.max(second, ...attempts.map((attempt) => attempt.startMs + attempt.durationMs));
  const total = end * 1.03;
  const step = steps.find((size) => total / size <= 6) ?? total;
  const ticks = Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step);
  const at = (ms: number) => `${(ms / total) * 100}%`;
  // Above the first row: the words over its wait.
  const head = 14;
  const height = head + attempts.length * 9 + 4;
  return (
    <div data-slot="attempt-axis" role="img" aria-label={label}>
      <div className="relative overflow-hidden border-b border-border-strong" style={{ height }}>
        {ticks.map((ms) => (
          <span key={ms} className="absolute inset-y-0 border-l border-border" style={{ left: at(ms) }} />
        ))}
        {attempts.map((attempt, index) => {
          const next = attempts[index + 1];
          const stop = attempt.startMs + attempt.durationMs;
          const waitMs = next ? next.startMs - stop : 0;
          return (
            <span key={attempt.id}>
              <span
                className={cn("absolute h-2 min-w-1.5 rounded-[1.5px]", grounds[attempt.outcome])}
                style={{ left: at(attempt.startMs), width: at(attempt.durationMs), top: head + index * 9 }}
              />
              {next && waitMs / total > 0.04 ? (
                <span
                  className="absolute border-t border-dashed border-state-waiting"
                  style={{ left: at(stop), width: at(waitMs), top: head + 4 + index * 9 }}
                />
              ) : null}
              {attempt.waitNote && waitMs / total > 0.25 ? (
                <span
                  className="absolute -translate-y-full text-center text-11 leading-4 text-muted-foreground"
                  style={{ left: at(stop), width: at(waitMs), top: head + 4 + index * 9 }}
                >
                  {attempt.waitNote}
                </span>
              ) : null}
            </span>
          );
        })}
      </div>
      <div className="relative h-5 overflow-hidden text-11 text-muted-foreground">
        {ticks.map((ms) => (
          <span
            key={ms}
            // Near the end there is room before the mark only.
            className={cn(
              "absolute top-0.5 whitespace-nowrap",
              ms / total > 0.85 ? "-translate-x-full pr-1" : "pl-1",
            )}
            style={{ left: at(ms) }}
          >
            {tickWords(ms)}
          </span>
        ))}
      </div>
    </div>
  );
}
