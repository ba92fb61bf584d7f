"use client";

import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import type { MonitoredProjectWire } from "@/lib/contracts/config";

const IssueTemplateDialog = lazy(() => import("./issue-template-dialog"));

type IssueTemplateRowProps = {
  project: MonitoredProjectWire;
  /** Only a saved project has drafts to try it on. */
  isSaved: boolean;
  canEdit: boolean;
  onChange: (project: MonitoredProjectWire) => void;
  errorAt: (field: string) => string | undefined;
};

/** Which form the issues of a project follow, and the way to its editor. It opens for those who only look, too. */
export function IssueTemplateRow(props: IssueTemplateRowProps) {
  const { project, isSaved, canEdit, onChange, errorAt } = props;
  const [open, setOpen] = useState(false);
  const error = errorAt("issue_template");
  return (
    <section
      aria-labelledby="issue-template"
      className="flex flex-col gap-1.5 border-t border-border pt-3 pb-4"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h3 id="issue-template" className="section-head">
          Issue template
        </h3>
        <span className="text-12 text-muted-foreground">
          {project.issue_template
            ? "the project's own"
            : "none of its own: the repository's form, else the built-in one"}
        </span>
        <Button size="sm" className="ml-auto touch:h-11" onClick={() => setOpen(true)}>
          {canEdit ? "Edit template…" : "See template…"}
        </Button>
      </div>
      {error ? (
        <p role="alert" className="text-12 font-medium text-destructive">
          {error}
        </p>
      ) : null}
      {open ? (
        <Suspense fallback={null}>
          <IssueTemplateDialog
            project={project}
            isSaved={isSaved}
            canEdit={canEdit}
            error={error}
            onChange={(text) => onChange({ ...project, issue_template: text || undefined })}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </section>
  );
}
