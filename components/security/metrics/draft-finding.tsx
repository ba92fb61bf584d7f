"use client";

import Link from "next/link";
import { LockedAction } from "@/components/layout/locked-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { GovernanceFindingWire } from "@/lib/contracts/governance";
import { draftPath } from "@/lib/paths";
import { useSubmitReport } from "@/lib/queries/reports";
import { usePermission } from "@/lib/queries/session";

/** Reports the finding as an operator would, by the same intake; its fingerprint makes a second time a repeat. */
export function DraftFinding({ finding }: { finding: GovernanceFindingWire }) {
  const permission = usePermission("report");
  const submit = useSubmitReport();
  const suggestion = finding.incident_draft_suggestion;
  if (!suggestion) return null;
  if (!permission.allowed && permission.known) {
    return (
      <LockedAction quiet size="sm" unlocks="Making a draft of it needs the triager, approver or admin role.">
        Make a draft of this
      </LockedAction>
    );
  }
  const { event_type, source, title, fingerprint, detail, risk_level, risk_category, confidence, excerpt } =
    suggestion;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        size="sm"
        pending={submit.isPending}
        disabled={!permission.allowed}
        onClick={() =>
          submit.mutate({
            ...{ source, title, fingerprint, detail, risk_level, risk_category, confidence, excerpt },
            event: event_type,
            component: finding.metric_id ?? undefined,
            evidence_refs: finding.evidence_refs.map((ref) => `${ref.kind}:${ref.id}`),
          })
        }
      >
        Make a draft of this
      </Button>
      {submit.data ? (
        <span role="status" className="text-12">
          <Link className="underline underline-offset-2" href={draftPath(submit.data.draft.draft_id)}>
            Open the draft
          </Link>
        </span>
      ) : null}
      {submit.isError ? (
        <Alert tone="failed" title="No draft was made.">
          {submit.error.message}
        </Alert>
      ) : null}
    </div>
  );
}
