"use client";

import Link from "next/link";
import { PaneHeader } from "@/components/settings/pane-header";
import { TextField } from "@/components/settings/text-field";
import { groupingPath } from "@/lib/paths";
import type { SourceSection } from "./edit-projects";

type UnassignedPaneProps = {
  section: SourceSection;
  canEdit: boolean;
  onChange: (part: Partial<SourceSection>) => void;
  errorAt: (path: string) => string | undefined;
  warningAt: (path: string) => string | undefined;
  onBack: () => void;
};

/** The local directory and target repository: what holds for reports that name no project. */
export function UnassignedPane({
  section,
  canEdit,
  onChange,
  errorAt,
  warningAt,
  onBack,
}: UnassignedPaneProps) {
  return (
    <div className="flex flex-col gap-4 px-4 py-4 md:px-6">
      <PaneHeader
        title="Reports without a project"
        backLabel="Back to projects"
        onBack={onBack}
        actions={
          <Link href={groupingPath()} className="link text-12">
            Grouping
          </Link>
        }
      />
      <p className="text-muted-foreground">
        Reports made with an API token or in this panel need not name a project. These two are used for them.
      </p>
      <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-4">
        <TextField
          label="Target repository"
          note="(optional)"
          mono
          value={section.repo}
          placeholder="owner/repo"
          help="Without one a report says local/unassigned. Only GitHub destinations need it."
          error={errorAt("repo")}
          onChange={(repo) => onChange({ repo: repo === "" ? undefined : repo })}
        />
        <TextField
          label="Local directory"
          note="(optional)"
          mono
          value={section.workspace_root}
          placeholder="/workspace/repos"
          help={
            warningAt("workspace_root") ??
            "Where this deployment's checkouts lie. New projects start from it; the host says which folders are allowed."
          }
          error={errorAt("workspace_root")}
          onChange={(folder) => onChange({ workspace_root: folder === "" ? undefined : folder })}
        />
      </fieldset>
    </div>
  );
}
