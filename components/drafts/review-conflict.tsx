import { Diff } from "@/components/layout/diff";
import { lineDiff } from "@/components/layout/line-diff";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { conflictParts } from "./conflict-parts";
import { standingOf } from "./draft-standing";

type ReviewConflictProps = {
  /** What was shown when the dialog opened. */
  shown: DraftReviewWire;
  current: DraftReviewWire;
  myId: string | undefined;
  onReload: () => void;
  onClose: () => void;
};

/** The draft moved on while it was being decided: nothing was done, and here is what changed. */
export function ReviewConflict({ shown, current, myId, onReload, onClose }: ReviewConflictProps) {
  const decided = standingOf(current) !== "waiting";
  const last = current.approval.active ?? current.approval.history[0];
  const by = last ? (last.actor.id === myId ? "You" : last.actor.name) : "Somebody";
  if (decided) {
    return (
      <Alert
        tone="waiting"
        title={`${by} decided this draft meanwhile.`}
        action={
          <Button size="sm" onClick={onClose}>
            See the decision
          </Button>
        }
      >
        Nothing of yours was recorded.
      </Alert>
    );
  }
  const parts = conflictParts(shown, current);
  return (
    <section role="alert" aria-label="The draft changed" className="flex flex-col gap-2">
      <p>
        <b className="font-semibold">What would leave has changed since you opened this.</b> Nothing was
        approved. Your reason is kept.
      </p>
      {parts.remarks.length > 0 ? (
        <ul className="list-disc pl-4">
          {parts.remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      ) : null}
      {parts.payloads.map((part) => (
        <div key={part.name} className="flex flex-col gap-1">
          <h3 className="section-head">{part.name}</h3>
          <Diff
            label={`What changed for ${part.name}`}
            lines={lineDiff(part.before, part.after).filter((line) => line.kind !== "same")}
            className="relative max-h-60 overflow-y-auto [&>ol]:min-w-0 [&_li]:grid-cols-[36px_14px_minmax(0,1fr)]! [&_li]:break-all [&_li]:whitespace-pre-wrap"
          />
        </div>
      ))}
      <div>
        <Button variant="default" onClick={onReload}>
          Review the new version
        </Button>
      </div>
    </section>
  );
}
