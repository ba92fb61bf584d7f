"use client";

import { clockTime } from "@/components/layout/format-time";
import { Section } from "@/components/layout/section";
import { useTimeZone } from "@/components/layout/time-zone";
import { useNow } from "@/components/layout/use-now";
import { AttemptAxis } from "@/components/state/attempt-axis";
import { AttemptTimeline } from "@/components/state/attempt-timeline";
import { RedactedText } from "@/components/state/redacted-text";
import type { AttemptWire, PostDetailWire } from "@/lib/contracts/post";
import { attemptOutcome, attemptTitle, axisLabel, axisOf, spanWords, waitAfter } from "./attempt-view";

/** The attempts on a true time axis, then one by one in words. */
export function AttemptsSection({ detail }: { detail: PostDetailWire }) {
  const { post, attempts } = detail;
  const timeZone = useTimeZone();
  const now = useNow(post.state === "retrying" || post.state === "ambiguous" ? "second" : "halfMinute");
  const start = attempts[0]?.started_at_ms ?? 0;
  return (
    <Section title="Attempts" count={`${attempts.length} of ${post.attempt_count_max} allowed`}>
      {attempts.length === 0 ? (
        <p className="text-muted-foreground">{noAttempt[post.state] ?? "None was made."}</p>
      ) : (
        <>
          {attempts.length > 1 ? (
            <div className="mt-0.5 mb-2">
              <AttemptAxis attempts={axisOf(attempts, post.state)} label={axisLabel(attempts, timeZone)} />
            </div>
          ) : null}
          <AttemptTimeline
            attempts={attempts.map((attempt, index) => ({
              id: String(attempt.attempt),
              at: clockTime(attempt.started_at_ms, timeZone, "ms"),
              offset: index === 0 ? "start" : `+${spanWords(attempt.started_at_ms - start)}`,
              outcome: attemptOutcome(attempt, index === attempts.length - 1, post.state),
              title: attemptTitle(attempt),
              duration: spanWords(attempt.duration_ms),
              note: waitAfter(attempt, attempts[index + 1], post, now),
              excerpt: excerptOf(attempt),
            }))}
          />
        </>
      )}
    </Section>
  );
}

const noAttempt: Partial<Record<PostDetailWire["post"]["state"], string>> = {
  due: "None yet: the delivery is due.",
  sending: "The first one is under way.",
  blocked: "None was made: the destination was not ready, so nothing left.",
  cancelled: "None was made: it was cancelled before it left.",
};

function excerptOf(attempt: AttemptWire) {
  const answer = attempt.response_excerpt?.trim();
  // The status line in the title says as much already.
  const told = attempt.outcome === "published" || attempt.reason?.code === "http_status";
  const reason = told ? undefined : attempt.reason?.message;
  if (!answer && !reason) return undefined;
  return (
    <>
      {reason ? (
        <span className="block font-sans">
          <RedactedText text={reason} />
        </span>
      ) : null}
      {answer ? (
        <span className="line-clamp-4">
          <RedactedText text={answer} />
          {attempt.response_truncated ? " … (cut here)" : null}
        </span>
      ) : null}
    </>
  );
}
