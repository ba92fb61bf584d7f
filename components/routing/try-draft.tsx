"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Field } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { draftPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { previewDraftsQuery } from "@/lib/queries/preview";

type TryDraftProps = { value: string | null; onChange: (draftId: string) => void };

/** One of the newest drafts, as it is stored. */
export function TryDraft({ value, onChange }: TryDraftProps) {
  const name = useNames();
  const drafts = useQuery(previewDraftsQuery());
  const rows = drafts.data ?? [];
  return (
    <Field
      label="Draft"
      aside={
        value ? (
          <Link href={draftPath(value)} className="link">
            Open it
          </Link>
        ) : undefined
      }
      help={rows.length === 0 ? emptyWords(drafts.isPending, drafts.isError) : "The 30 newest."}
    >
      {(control) => (
        <Select value={value ?? ""} onValueChange={onChange} disabled={rows.length === 0}>
          <SelectTrigger {...control}>
            <SelectValue placeholder="Choose a draft" />
          </SelectTrigger>
          <SelectContent className="max-w-(--radix-select-trigger-width)">
            {rows.map((draft) => (
              <SelectItem
                key={draft.draft_id}
                value={draft.draft_id}
                hint={[draft.risk_level, draft.project_id ? name.project(draft.project_id) : draft.source]
                  .filter(Boolean)
                  .join(", ")}
              >
                {draft.title ?? draft.draft_id}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}

function emptyWords(loading: boolean, failed: boolean): string {
  if (loading) return "Looking for drafts.";
  return failed ? "The drafts could not be loaded; try the form." : "There is no draft yet; try the form.";
}
