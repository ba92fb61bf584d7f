import { RelativeTime } from "@/components/layout/relative-time";
import { Alert } from "@/components/ui/alert";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import { TriageButton } from "./triage-button";
import { holderName } from "./triage-words";

/** Whose hands the run is in when they are not ours: who, since when, until when, and how to have it back. */
export function AgentNote({ triage, nowMs }: { triage: TriageReviewWire; nowMs: number | null }) {
  const { claim, next_attempt_at_ms: next, run } = triage;
  const takeBack = (
    <span className="mt-2 block">
      <TriageButton act="takeBack" action={triage.actions.take_back} />
    </span>
  );
  if (run?.state === "running" && claim?.kind === "agent") {
    return (
      <Alert tone="active" title={<span title={claim.by}>{holderName(claim.by)} has this run.</span>}>
        An external agent took it <RelativeTime value={claim.claimed_at_ms} />; it has it until{" "}
        <RelativeTime value={claim.lease_until_ms} format="clock" /> unless it reports again. What it hands in
        is kept as model text.
        {takeBack}
      </Alert>
    );
  }
  if (run?.state === "queued" && next !== null && nowMs !== null && next > nowMs + 30_000) {
    return (
      <Alert tone="idle" title="Kept for an external agent.">
        A worker takes it at <RelativeTime value={next} format="minute" /> if none comes.
        {takeBack}
      </Alert>
    );
  }
  return null;
}
