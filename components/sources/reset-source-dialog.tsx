"use client";

import { useQuery } from "@tanstack/react-query";
import { notify } from "@/components/layout/notify";
import { Alert } from "@/components/ui/alert";
import { resetPlanQuery, type SourceId, useResetLogSource } from "@/lib/queries/log-sources";
import { PlanDialog } from "./plan-dialog";
import { PlanLines } from "./plan-lines";
import { rereadLines, rereadSentence } from "./plan-words";

type ResetSourceDialogProps = { id: SourceId; path: string; onClose: () => void };

/** Reads a log from its beginning again, after saying what that comes to. */
export function ResetSourceDialog({ id, path, onClose }: ResetSourceDialogProps) {
  const answer = useQuery(resetPlanQuery(id));
  const reset = useResetLogSource();
  const plan = answer.data?.plan ?? null;
  return (
    <PlanDialog
      title={`Reset ${id.source_id}?`}
      description={
        <>
          Reading <code>{path}</code> begins at its first byte again. Nothing is deleted.
        </>
      }
      loading={answer.isPending}
      error={reset.error ?? answer.error}
      ready={answer.isSuccess}
      pending={reset.isPending}
      confirm="Reset and read again"
      onConfirm={() =>
        reset.mutate(id, {
          onSuccess: () => {
            notify("reading", `${id.source_id} reads from its beginning`, {
              description: plan ? rereadSentence(plan, plan.partial) : undefined,
            });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      {plan ? (
        <>
          <p className="font-medium">{rereadSentence(plan, plan.partial)}</p>
          <PlanLines lines={rereadLines(plan)} />
          {plan.partial ? (
            <Alert tone="waiting" title="Only the beginning was looked at.">
              The log is larger than what a plan reads; the counts are of that part.
            </Alert>
          ) : null}
        </>
      ) : answer.isSuccess ? (
        <Alert tone="waiting" title="The file cannot be read now.">
          Reading begins at its first byte as soon as it can be.
        </Alert>
      ) : null}
    </PlanDialog>
  );
}
