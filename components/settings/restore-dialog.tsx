"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { LoadingRows } from "@/components/layout/loading-rows";
import { notify } from "@/components/layout/notify";
import { RelativeTime } from "@/components/layout/relative-time";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/ui/choice";
import { CopyButton } from "@/components/ui/copy-button";
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
import { FieldSet } from "@/components/ui/field-set";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { ConfigWire } from "@/lib/contracts/config";
import type { ConfigRevisionWire } from "@/lib/contracts/config-history";
import { api } from "@/lib/paths";
import { restorePreviewQuery, useRestoreConfig } from "@/lib/queries/config-history";
import { apiCall } from "./api-call";
import { ChangeList } from "./change-list";
import { describeConfig } from "./describe-config";
import { countChanges, describeChanges } from "./described";
import { IssueNotes } from "./issue-notes";
import { SaveError } from "./save-error";
import type { SettingsSection } from "./sections";
import { useReturnFocus } from "./use-return-focus";
import { plural } from "./words";

type RestoreDialogProps = {
  revision: ConfigRevisionWire;
  section: SettingsSection;
  wholeAtFirst: boolean;
  /** What is saved now; the restore is refused over anything newer. */
  config: ConfigWire;
  onClose: () => void;
};

/** What restoring changes, against what is saved now, before it does. */
export function RestoreDialog({ revision, section, wholeAtFirst, config, onClose }: RestoreDialogProps) {
  const [scope, setScope] = useState<"section" | "all">(wholeAtFirst ? "all" : "section");
  const { version } = revision;
  const keys = scope === "section" ? [...section.keys] : undefined;
  const input = { version, keys, expectedUpdatedAtMs: config.updated_at_ms };
  const preview = useQuery(restorePreviewQuery(input));
  const restore = useRestoreConfig();
  const returnFocus = useReturnFocus();
  const announce = useAnnounce();
  const changes = preview.data
    ? describeChanges(describeConfig(config), describeConfig(preview.data.config))
    : [];
  const words = plural(countChanges(changes), "change");
  const body = { updated_at_ms: config.updated_at_ms, ...(keys && { keys }) };

  function restoreNow() {
    restore.mutate(input, {
      onSuccess: () => {
        announce(`Version ${version} is restored.`);
        notify("approved", `Restored version ${version}`, { description: `${words}, as a new version.` });
        onClose();
      },
    });
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent size="lg" {...returnFocus}>
        <DialogHeader>
          <DialogTitle>Restore version {version}?</DialogTitle>
          <DialogDescription>
            Saved by {revision.actor.name} <RelativeTime value={revision.at_ms} />. Nothing is changed yet.
          </DialogDescription>
        </DialogHeader>
        <DialogBody className="flex flex-col gap-5" tabIndex={0} aria-label="What restoring changes">
          <FieldSet legend="What to restore">
            <RadioGroup
              aria-label="What to restore"
              value={scope}
              onValueChange={(next) => setScope(next === "all" ? "all" : "section")}
            >
              <Choice label={`Only ${section.title}`} help="Everything else stays as it is now.">
                <RadioGroupItem value="section" />
              </Choice>
              <Choice label="All settings" help="The whole configuration as it was then, pausing included.">
                <RadioGroupItem value="all" />
              </Choice>
            </RadioGroup>
          </FieldSet>
          {restore.error ? <SaveError error={restore.error} /> : null}
          {preview.error ? <SaveError error={preview.error} /> : null}
          {preview.isPending ? <LoadingRows what="changes" count={3} /> : null}
          {preview.data ? (
            changes.length === 0 ? (
              <p role="status">This is what is saved now: restoring it would change nothing.</p>
            ) : (
              <>
                <p role="status" className="text-muted-foreground">
                  {words} against what is saved now:
                </p>
                <ChangeList changes={changes} />
                <IssueNotes
                  tone="waiting"
                  title="It restores, and this does not work as it stands:"
                  issues={preview.data.warnings}
                  section={preview.data.config}
                />
              </>
            )
          ) : null}
        </DialogBody>
        <DialogFooter>
          <DialogFootnote className="flex-wrap">
            Recorded with your name.
            <CopyButton
              look="button"
              variant="ghost"
              size="xs"
              value={apiCall({
                baseUrl: location.origin,
                method: "POST",
                path: api.restoreConfig(version),
                body,
              })}
              label="Copy as API call"
            />
          </DialogFootnote>
          <DialogClose asChild>
            <Button>Back</Button>
          </DialogClose>
          <Button
            variant="default"
            disabled={changes.length === 0}
            pending={restore.isPending}
            onClick={restoreNow}
          >
            {changes.length === 0 ? "Restore" : `Restore ${words}`}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
