import { Siren } from "lucide-react";
import Link from "next/link";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { breakGlassPath } from "@/lib/paths";
import type { DecisionKind } from "./decisions";

type GateMoreProps = { review: DraftReviewWire; onDecide: (kind: DecisionKind) => void };

/** What is rarely done at a gate: taking one's approval back, and going around the rules. */
export function GateMore({ review, onDecide }: GateMoreProps) {
  const { withdraw, break_glass: glass } = review.actions;
  if (!withdraw.allowed && !glass.allowed) return null;
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {withdraw.allowed ? (
        <Button size="sm" className="touch:h-11" onClick={() => onDecide("withdraw")}>
          Withdraw my approval…
        </Button>
      ) : null}
      {glass.allowed ? (
        <Button
          size="sm"
          variant="destructive"
          className="touch:h-11"
          onClick={() => onDecide("break_glass")}
        >
          <Siren aria-hidden />
          Break the glass…
        </Button>
      ) : null}
    </div>
  );
}

/** The gate of this draft was opened around the rules, and what somebody else made of it. */
export function BrokenGlassNote({ review }: { review: DraftReviewWire }) {
  const use = review.approval.break_glass;
  if (!use) return null;
  const words = use.verdict
    ? `${use.reviewed_by?.name ?? "Somebody"} found it ${use.verdict === "justified" ? "justified" : "not justified"}.`
    : use.overdue
      ? "Nobody has reviewed it in time."
      : "Somebody else must review it.";
  return (
    <Alert
      className="mt-2"
      tone={use.verdict === "justified" ? "idle" : "waiting"}
      icon={<Siren aria-hidden className="size-4" />}
      title={`${use.actor.name} broke the glass.`}
    >
      {words}{" "}
      <Link href={breakGlassPath()} className="underline underline-offset-2">
        Break-glass reviews
      </Link>
    </Alert>
  );
}
