"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { CodeBlock } from "@/components/layout/code-block";
import { notify } from "@/components/layout/notify";
import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { incidentPath } from "@/lib/paths";
import { ApiError } from "@/lib/queries/api-error";
import { replayPlanQuery, type SourceId, useReplayLatest } from "@/lib/queries/log-sources";
import { offsetWords } from "./byte-words";
import { MonoLines } from "./mono-lines";
import { PlanDialog } from "./plan-dialog";

type ReplayLatestDialogProps = { id: SourceId; onClose: () => void };

/** Submits the newest failure of a log once more, after showing the lines it is made of. */
export function ReplayLatestDialog({ id, onClose }: ReplayLatestDialogProps) {
  const answer = useQuery(replayPlanQuery(id));
  const replay = useReplayLatest();
  const plan = answer.data?.plan;
  const none = answer.error instanceof ApiError && answer.error.status === 404;
  return (
    <PlanDialog
      title={`Replay the latest of ${id.source_id}?`}
      description="Its newest failure is read from the file again and submitted once more."
      loading={answer.isPending}
      error={replay.error ?? (none ? null : answer.error)}
      ready={plan !== undefined}
      pending={replay.isPending}
      confirm="Submit it again"
      onConfirm={() =>
        replay.mutate(id, {
          onSuccess: ({ incident }) => {
            notify("reading", "Submitted again", {
              description: `Counted once more: ${incident.title}`,
            });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      {none ? (
        <p className="text-muted-foreground">
          No failure of this log was counted yet, so there is none to replay.
        </p>
      ) : plan ? (
        <>
          <p>
            <b className="font-semibold break-words">
              <RedactedText text={plan.title} />
            </b>
            , read <RelativeTime value={plan.received_at_ms} />. It is counted once more on{" "}
            <Link href={incidentPath(plan.incident_id)} className="link">
              its incident
            </Link>
            ; no new draft is made.
          </p>
          <CodeBlock
            label="Lines to submit"
            title={`Bytes ${offsetWords(plan.offset_start)} to ${offsetWords(plan.offset_end)}`}
            meta={plan.excerpt.length === 1 ? "1 line" : `${plan.excerpt.length} lines`}
          >
            <MonoLines lines={plan.excerpt} />
          </CodeBlock>
        </>
      ) : null}
    </PlanDialog>
  );
}
