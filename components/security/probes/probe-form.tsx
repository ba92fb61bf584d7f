"use client";

import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { LockedAction } from "@/components/layout/locked-action";
import { plural } from "@/components/settings/words";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { FieldSet } from "@/components/ui/field-set";
import { useRunProbes } from "@/lib/queries/posture";
import { usePermission } from "@/lib/queries/session";
import { probeIds, probeName, probeWords } from "./probe-words";

/** Which probes to run, and the button that does. Leaving meanwhile stops nothing: a run ends whole or leaves nothing. */
export function ProbeForm({ onRun }: { onRun: (probeRunId: string) => void }) {
  const permission = usePermission("configure");
  const [chosen, setChosen] = useState<readonly string[]>(probeIds);
  const run = useRunProbes();
  const announce = useAnnounce();
  function start() {
    run.mutate(
      { probes: [...chosen] },
      {
        onSuccess: ({ evidence_pack, counts }) => {
          announce(
            `The probes have run: ${plural(counts.pass, "result")} passed, ${counts.fail} failed, ${counts.blocked} had nothing to try.`,
          );
          if (evidence_pack.persisted) onRun(evidence_pack.context_run_id);
        },
      },
    );
  }
  return (
    <div className="flex max-w-180 flex-col gap-3">
      <FieldSet legend="Probes to run">
        <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {probeIds.map((id) => (
            <Choice key={id} label={probeName(id)} help={probeWords[id]?.does}>
              <Checkbox
                checked={chosen.includes(id)}
                disabled={run.isPending || !permission.allowed}
                onCheckedChange={(on) =>
                  setChosen(on === true ? [...chosen, id] : chosen.filter((each) => each !== id))
                }
              />
            </Choice>
          ))}
        </div>
      </FieldSet>
      {run.isError ? <ActionFailure what="The probes did not run." error={run.error} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        {!permission.allowed && permission.known ? (
          <LockedAction unlocks="Running probes needs the admin role.">Run probes</LockedAction>
        ) : (
          <Button
            variant="default"
            pending={run.isPending}
            disabled={chosen.length === 0 || !permission.allowed}
            onClick={start}
          >
            {run.isPending ? "Trying the controls…" : `Run ${plural(chosen.length, "probe")}`}
          </Button>
        )}
        {chosen.length === 0 ? (
          <p className="text-12 text-muted-foreground">Choose at least one probe.</p>
        ) : null}
      </div>
    </div>
  );
}
