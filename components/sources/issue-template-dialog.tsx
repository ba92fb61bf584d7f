"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useReturnFocus } from "@/components/settings/use-return-focus";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogFootnote,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { MonitoredProjectWire } from "@/lib/contracts/config";
import { issueTemplatePreviewQuery, projectDraftsQuery } from "@/lib/queries/issue-template";
import { IssueTemplateEditor } from "./issue-template-editor";
import { IssueTemplatePreview } from "./issue-template-preview";

type IssueTemplateDialogProps = {
  project: MonitoredProjectWire;
  isSaved: boolean;
  canEdit: boolean;
  /** What the check of the whole page says of the template. */
  error: string | undefined;
  onChange: (text: string) => void;
  onClose: () => void;
};

const pauseMs = 350;
const sample = "sample";

/** A project's issue template beside what it makes of a draft. What is written here waits for the page's save. */
export default function IssueTemplateDialog(props: IssueTemplateDialogProps) {
  const { project, isSaved, canEdit, error, onChange, onClose } = props;
  const text = project.issue_template ?? "";
  const projectId = isSaved ? project.project_id : null;
  const [settled, setSettled] = useState(text);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const drafts = useQuery(projectDraftsQuery(projectId));
  // A draft that triage looked at shows the most; then any, then the sample.
  const best = drafts.data?.find((each) => each.triage_run_id) ?? drafts.data?.[0];
  const basis = chosen ?? best?.draft_id ?? sample;
  const preview = useQuery({
    ...issueTemplatePreviewQuery({
      project_id: projectId,
      template: settled,
      draft_id: basis === sample ? null : basis,
    }),
    enabled: projectId === null || !drafts.isPending,
  });
  const returnFocus = useReturnFocus();
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent size="xl" className="lg:w-280" {...returnFocus}>
        <DialogHeader>
          <DialogTitle>Issue template of {project.name || project.project_id}</DialogTitle>
          <DialogDescription>
            It goes before the repository's own form, and that before the built-in one. A saved template
            counts from the next time an issue draft is written.
          </DialogDescription>
        </DialogHeader>
        <DialogBody className="grid content-start gap-6 lg:grid-cols-2">
          <IssueTemplateEditor
            text={text}
            canEdit={canEdit}
            answer={preview.data}
            error={settled === text ? (preview.data?.problems[0]?.message ?? error) : error}
            onChange={onChange}
          />
          <IssueTemplatePreview
            basis={basis}
            sample={sample}
            drafts={drafts.data ?? []}
            answer={preview.data}
            failure={preview.error ?? drafts.error}
            stale={settled !== text || preview.isFetching}
            onBasis={setChosen}
            onRetry={() => void preview.refetch()}
          />
        </DialogBody>
        <DialogFooter>
          <DialogFootnote>
            {canEdit ? "The template is saved with the page" : "Changing it needs the admin role"}
          </DialogFootnote>
          <DialogClose asChild>
            <Button>Done</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
