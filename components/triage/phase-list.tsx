"use client";

import { ChevronRight } from "lucide-react";
import { counted } from "@/components/drafts/draft-words";
import { useNow } from "@/components/layout/use-now";
import { StepMark, type StepStatus } from "@/components/state/step-mark";
import { cn } from "@/components/ui/cn";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import type { TriageRunWire } from "@/lib/contracts/triage-run";
import { FindingList } from "./finding-list";
import { InspectFindings } from "./inspect-findings";
import { LookedAt } from "./looked-at";
import { isLive, phaseWords, spanWords } from "./triage-words";
import { ValidateFindings } from "./validate-findings";

type PhaseProgress = TriageRunWire["phases"][number];

const marks: Record<PhaseProgress["state"], StepStatus> = {
  pending: "later",
  running: "active",
  done: "done",
  blocked: "failed",
  failed: "failed",
  skipped: "skipped",
};

/** The four phases in their order: how far each is, how long it took, and everything it found behind it. */
export function PhaseList({ triage, scope }: { triage: TriageReviewWire; scope: string }) {
  const { run } = triage;
  if (!run) return null;
  return (
    <ol aria-label="Phases">
      {run.phases.map((progress) => {
        const head = (
          <PhaseHead
            progress={progress}
            live={isLive(run.state)}
            found={foundWords(progress.phase, triage)}
          />
        );
        return (
          <li key={progress.phase} className="border-b border-border last:border-b-0">
            {triage.phases[progress.phase] ? (
              <details className="group/fold">
                <summary className="flex min-h-8 cursor-pointer list-none items-center hover:bg-muted touch:min-h-11 [&::-webkit-details-marker]:hidden">
                  {head}
                  <ChevronRight
                    aria-hidden
                    className="ml-1 size-3.5 flex-none text-muted-foreground transition-transform group-open/fold:rotate-90"
                  />
                </summary>
                <div className="flex flex-col gap-2 pt-1 pb-2 pl-6">
                  <Findings phase={progress.phase} triage={triage} scope={scope} />
                </div>
              </details>
            ) : (
              <div className="flex min-h-8 items-center touch:min-h-11">{head}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

type PhaseHeadProps = { progress: PhaseProgress; live: boolean; found: string | null };

function PhaseHead({ progress, live, found }: PhaseHeadProps) {
  const { phase, state } = progress;
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      <StepMark status={marks[state]} />
      <span className={cn("font-medium", state === "pending" && "font-normal text-muted-foreground")}>
        {phaseWords[phase].name}
      </span>
      <span className="min-w-0 text-12 text-muted-foreground">
        {remark(progress, live)}
        {found ? `, ${found}` : null}
      </span>
      <span className="ml-auto flex-none text-12 text-muted-foreground">
        <PhaseTime progress={progress} />
      </span>
    </span>
  );
}

function foundWords(phase: PhaseProgress["phase"], triage: TriageReviewWire): string | null {
  const result = triage.phases[phase];
  if (!result) return null;
  const claims = phase === "validate" ? (triage.phases.validate?.content.claims.length ?? 0) : 0;
  const by = result.made_by === "agent" ? ", by an external agent" : "";
  return `${counted(result.content.findings.length + claims, "finding")}${by}`;
}

function remark({ phase, state, note, attempts }: PhaseProgress, live: boolean): string {
  const again = attempts > 1 ? `, attempt ${attempts}` : "";
  switch (state) {
    case "running":
      return `${phaseWords[phase].does}${again}`;
    case "pending":
      return live ? "to come" : "not done";
    case "done":
      return attempts > 1 ? `done at attempt ${attempts}` : "done";
    case "failed":
      return `${note ?? "failed"}${again}`;
    default:
      return note ?? state;
  }
}

function PhaseTime({ progress }: { progress: PhaseProgress }) {
  const now = useNow("second");
  const { started_at_ms: from, ended_at_ms: to, state } = progress;
  if (from === undefined) return null;
  if (to !== undefined) return <>{spanWords(to - from)}</>;
  if (state !== "running" || now === null) return null;
  return <>{spanWords(Math.max(0, Math.floor((now - from) / 1_000) * 1_000))}</>;
}

type FindingsProps = { phase: PhaseProgress["phase"]; triage: TriageReviewWire; scope: string };

function Findings({ phase, triage, scope }: FindingsProps) {
  const { inspect, validate } = triage.phases;
  if (phase === "inspect" && inspect) return <InspectFindings content={inspect.content} scope={scope} />;
  if (phase === "validate" && validate) return <ValidateFindings content={validate.content} scope={scope} />;
  const content = triage.phases[phase]?.content;
  if (!content) return null;
  return (
    <>
      <FindingList findings={content.findings} scope={scope} />
      <LookedAt lookedAt={content.looked_at} />
    </>
  );
}
