"use client";

import { RelativeTime } from "@/components/layout/relative-time";
import { useNow } from "@/components/layout/use-now";
import { RedactedText } from "@/components/state/redacted-text";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import { spanWords } from "./triage-words";

/** Where the run stands, in a sentence or two. */
export function TriageStanding({ triage }: { triage: TriageReviewWire }) {
  const now = useNow();
  const { run, reason, cancelled_by: by, claim, next_attempt_at_ms: next } = triage;
  if (!run) {
    return (
      <p>
        Nobody has looked into this yet. Triage reads the project's code and history, looks for similar
        failures and proposes an issue; it changes nothing and sends nothing.
      </p>
    );
  }
  const ended = run.ended_at_ms;
  const took =
    ended !== undefined && run.started_at_ms !== undefined ? spanWords(ended - run.started_at_ms) : null;
  switch (run.state) {
    case "queued":
      return next !== null && now !== null && next > now ? (
        <p>
          Waits in the queue until <RelativeTime value={next} format="clock" />.
          {reason ? <> Last time: {clauseOf(reason.message)}.</> : null}
        </p>
      ) : (
        <p>Waits in the queue for a worker.</p>
      );
    case "running":
      return claim?.kind === "agent" ? null : (
        <p>
          A worker is at it
          {run.started_at_ms === undefined ? null : (
            <>
              , since <RelativeTime value={run.started_at_ms} format="clock" />
            </>
          )}
          .
        </p>
      );
    case "ready":
      return (
        <p>
          Looked into <RelativeTime value={ended} />
          {took ? `, in ${took}` : null}. An issue can be proposed.
        </p>
      );
    case "blocked":
      return (
        <p>
          Looked into <RelativeTime value={ended} />
          {took ? `, in ${took}` : null}. Not enough was found to propose an issue.
        </p>
      );
    case "timed_out":
      return (
        <p>
          Ran out of time <RelativeTime value={ended} />
          {took ? `, after ${took}` : null}. What was found until then is kept; nothing was sent.
        </p>
      );
    case "failed":
      return (
        <p>
          Gave up <RelativeTime value={ended} />: {clauseOf(reason?.message ?? "the server's log says why")}.
          What was found until then is kept; nothing was sent.
        </p>
      );
    case "cancelled":
      return (
        <p>
          Cancelled {by ? <>by {by.name} </> : null}
          <RelativeTime value={ended} />
          {reason && reason.message !== "Cancelled" ? (
            <>
              : <RedactedText text={reason.message} />
            </>
          ) : null}
          . What was found until then is kept.
        </p>
      );
  }
}

const clauseOf = (message: string) => {
  const text = message.replace(/[.]$/, "");
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
};
