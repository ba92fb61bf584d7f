"use client";

import { useQuery } from "@tanstack/react-query";
import { notify } from "@/components/layout/notify";
import { plural } from "@/components/settings/words";
import type { ReplayedQuarantineWire, ReplayQuarantineWire } from "@/lib/contracts/log-source";
import { quarantinePlanQuery, type SourceId, useReplayQuarantine } from "@/lib/queries/log-sources";
import { PlanDialog } from "./plan-dialog";
import { PlanLines } from "./plan-lines";
import { quarantineLines } from "./plan-words";

type ReplayQuarantineDialogProps = { id: SourceId; which: ReplayQuarantineWire; onClose: () => void };

/** Judges what was set aside by the rules as they are saved now, after saying what comes of it. */
export function ReplayQuarantineDialog({ id, which, onClose }: ReplayQuarantineDialogProps) {
  const plan = useQuery(quarantinePlanQuery(id, which));
  const replay = useReplayQuarantine();
  const settles = plan.data ? settledOf(plan.data) : 0;
  return (
    <PlanDialog
      title={which.all ? "Replay all that was set aside?" : "Replay this record?"}
      description="It is judged again by the rules that are saved now."
      loading={plan.isPending}
      error={replay.error ?? plan.error}
      ready={settles > 0}
      pending={replay.isPending}
      confirm="Replay"
      onConfirm={() =>
        replay.mutate(
          { ...id, ...which },
          {
            onSuccess: (done) => {
              notify("reading", `Replayed ${plural(settledOf(done), "record")}`, {
                description:
                  done.still_quarantined > 0 ? `${done.still_quarantined} stay set aside.` : undefined,
              });
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      {plan.data ? <PlanLines lines={quarantineLines(plan.data)} /> : null}
      {plan.data && settles === 0 ? (
        <p>By today's rules nothing would change. Put the source's format or fields right and save first.</p>
      ) : null}
      {plan.data?.more ? (
        <p className="text-12 text-muted-foreground">
          More wait than one replay takes; replay again for the rest.
        </p>
      ) : null}
    </PlanDialog>
  );
}

const settledOf = (answer: ReplayedQuarantineWire) =>
  answer.submitted + answer.already_counted + answer.dropped;
