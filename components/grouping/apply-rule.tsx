"use client";

import { useState } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { LockedAction } from "@/components/layout/locked-action";
import { notify } from "@/components/layout/notify";
import { plural } from "@/components/settings/words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { GroupingRequestWire } from "@/lib/contracts/grouping";
import { ApiError } from "@/lib/queries/api-error";
import { useApplyGrouping, useUndoGrouping } from "@/lib/queries/incident-actions";
import { usePermission } from "@/lib/queries/session";

/** Puts the rule in force that was just previewed; the toast takes it back. */
export function ApplyRule({ request }: { request: GroupingRequestWire | null }) {
  const permission = usePermission("configure");
  const apply = useApplyGrouping();
  const undo = useUndoGrouping();
  const [reason, setReason] = useState("");
  if (!permission.allowed && permission.known)
    return (
      <div className="mt-5">
        <LockedAction unlocks="Applying a rule needs the admin role.">Apply the rule</LockedAction>
      </div>
    );
  function submit() {
    if (!request) return;
    apply.mutate(
      { ...request, reason: reason.trim() || null },
      {
        onSuccess: ({ rule }) =>
          notify("approved", "The rule is in force", {
            description: `${plural(rule.merged.length, "incident")} merged, ${rule.continued.length} went on.`,
            action: { label: "Undo", onClick: () => undo.mutate(rule.rule_id) },
          }),
      },
    );
  }
  const problem = apply.error instanceof ApiError ? apply.error.problem : null;
  return (
    <div className="mt-5 flex flex-col gap-3">
      {apply.isError ? (
        <ErrorState
          what="The rule was not applied."
          why={problem?.error ?? "Something went wrong in this page."}
          requestId={problem?.request_id}
        />
      ) : null}
      <Field label="Reason" note="(on the record)">
        <Input value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <Button
        variant="default"
        className="self-start touch:h-11"
        disabled={!request || !permission.allowed}
        pending={apply.isPending}
        onClick={submit}
      >
        Apply the rule
      </Button>
    </div>
  );
}
