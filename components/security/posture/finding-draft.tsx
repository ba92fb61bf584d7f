"use client";

import Link from "next/link";
import { ActionFailure } from "@/components/layout/action-failure";
import { LockedAction } from "@/components/layout/locked-action";
import { Button } from "@/components/ui/button";
import { draftPath, incidentPath } from "@/lib/paths";
import { useDraftFinding } from "@/lib/queries/posture";
import { usePermission } from "@/lib/queries/session";

/** Makes a draft of the finding; then says which one, and whether it is new or was counted again. */
export function FindingDraft({ fingerprint, title }: { fingerprint: string; title: string }) {
  const permission = usePermission("report");
  const draft = useDraftFinding();
  const made = draft.data;
  if (!permission.allowed) {
    return permission.known ? (
      <LockedAction size="sm" className="touch:h-11" unlocks="Reporting needs the triager role.">
        Make a draft
      </LockedAction>
    ) : null;
  }
  return (
    <>
      <Button
        size="sm"
        className="touch:h-11"
        pending={draft.isPending}
        onClick={() => draft.mutate(fingerprint)}
      >
        Make a draft
        <span className="sr-only"> of: {title}</span>
      </Button>
      <span role="status" className="text-12 text-muted-foreground">
        {made ? (
          <>
            {made.outcome === "new" ? "Drafted: " : "Counted again: "}
            <Link
              href={made.draft_id ? draftPath(made.draft_id) : incidentPath(made.incident_id)}
              className="link"
            >
              open the {made.draft_id ? "draft" : "incident"}
            </Link>
          </>
        ) : null}
      </span>
      {draft.isError ? <ActionFailure what="No draft was made." error={draft.error} /> : null}
    </>
  );
}
