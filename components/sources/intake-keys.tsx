"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { ErrorState } from "@/components/layout/error-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { LockedAction } from "@/components/layout/locked-action";
import { notify } from "@/components/layout/notify";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import type { MonitoredProjectWire } from "@/lib/contracts/config";
import type { IntakeKeyWire } from "@/lib/contracts/intake-key";
import { ApiError } from "@/lib/queries/api-error";
import { intakeKeysQuery, useDisableIntakeKey } from "@/lib/queries/intake-keys";
import { usePermission } from "@/lib/queries/session";
import { CreateKeyDialog } from "./create-key-dialog";
import { DisableKeyDialog } from "./disable-key-dialog";
import { KeyRow } from "./key-row";
import { RotateKeyDialog } from "./rotate-key-dialog";

type IntakeKeysProps = { project: MonitoredProjectWire; isSaved: boolean };

/** The keys that report for a project. Making and disabling take effect at once, not with the page's save. */
export function IntakeKeys({ project, isSaved }: IntakeKeysProps) {
  const keys = useQuery(intakeKeysQuery());
  const disable = useDisableIntakeKey();
  const announce = useAnnounce();
  const canManage = usePermission("manageKeys").allowed;
  const [creating, setCreating] = useState(false);
  const [ending, setEnding] = useState<IntakeKeyWire | null>(null);
  const [rotating, setRotating] = useState<IntakeKeyWire | null>(null);
  const rows = keys.data?.filter((key) => key.project_id === project.project_id) ?? [];

  function end(key: IntakeKeyWire) {
    disable.mutate(key.key_id, {
      onSuccess: () => announce(`Key ${key.name} is disabled.`),
      onError: (error) => {
        const description = error instanceof ApiError ? error.problem.error : undefined;
        notify("deliveryFailed", `${key.name} still works`, { description, sticky: true });
      },
    });
  }

  return (
    <Section
      title="Intake keys"
      count={rows.length}
      aside={
        canManage && isSaved ? (
          <Button size="xs" className="touch:h-11" onClick={() => setCreating(true)}>
            <Plus aria-hidden />
            New key
          </Button>
        ) : isSaved ? (
          <LockedAction size="xs" className="touch:h-11" unlocks="New keys need the admin role." quiet>
            New key
          </LockedAction>
        ) : null
      }
    >
      <p className="text-12 text-muted-foreground">
        {isSaved
          ? "Let CI and services report for this project and nothing else. Making, rotating and disabling take effect at once."
          : "Save the project first; then it can have keys."}
      </p>
      {keys.isError && !keys.data ? (
        <ErrorState
          what="The keys could not be loaded."
          why={keys.error instanceof ApiError ? `${keys.error.problem.error}.` : undefined}
          requestId={keys.error instanceof ApiError ? keys.error.problem.request_id : undefined}
          onRetry={() => keys.refetch()}
          retrying={keys.isFetching}
        />
      ) : keys.isPending ? (
        <LoadingRows what="keys" count={2} />
      ) : rows.length > 0 ? (
        <ul className="flex flex-col border-t border-border">
          {rows.map((key) => (
            <KeyRow
              key={key.key_id}
              intakeKey={key}
              all={rows}
              canManage={canManage}
              onRotate={() => setRotating(key)}
              onDisable={() => setEnding(key)}
            />
          ))}
        </ul>
      ) : null}
      {creating ? <CreateKeyDialog project={project} onClose={() => setCreating(false)} /> : null}
      {rotating ? <RotateKeyDialog intakeKey={rotating} onClose={() => setRotating(null)} /> : null}
      <DisableKeyDialog
        intakeKey={ending}
        onOpenChange={(open) => !open && setEnding(null)}
        onDisable={end}
      />
    </Section>
  );
}
