"use client";

import { ConflictNotice } from "@/components/layout/conflict-notice";
import { clockTime } from "@/components/layout/format-time";
import { useTimeZone } from "@/components/layout/time-zone";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { ConfigKey } from "./config-section";
import { describeConfig } from "./describe-config";
import { describedDiff } from "./described";
import type { ConfigDraft } from "./use-config-draft";
import type { LastSaver } from "./use-last-saver";
import { useReturnFocus } from "./use-return-focus";

type SaveConflictProps<K extends ConfigKey> = {
  draft: ConfigDraft<K>;
  saver: LastSaver;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Both versions of what two people changed at once. Mine is kept here until I choose. */
export function SaveConflict<K extends ConfigKey>({
  draft,
  saver,
  open,
  onOpenChange,
}: SaveConflictProps<K>) {
  const timeZone = useTimeZone();
  const returnFocus = useReturnFocus();
  const { theirs } = draft;
  if (!theirs) return null;
  const keys = Object.keys(draft.patch) as K[];
  const pick = (from: object) =>
    Object.fromEntries(Object.entries(from).filter(([key]) => (keys as string[]).includes(key)));
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="lg" {...returnFocus}>
        <DialogHeader>
          <DialogTitle>{saver.name} saved the same settings</DialogTitle>
          <DialogDescription>
            Red is what is saved now, green is what you have here. Versions are named by their time.
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          <ConflictNotice
            by={saver.name}
            theirVersion={clockTime(theirs.updated_at_ms, timeZone)}
            yourVersion={clockTime(draft.base.updated_at_ms, timeZone)}
            lines={describedDiff(describeConfig(pick(theirs)), describeConfig(pick(draft.value)))}
            onKeepMine={() => {
              draft.keepMine();
              onOpenChange(false);
            }}
            onTakeTheirs={() => {
              draft.discard();
              onOpenChange(false);
            }}
          />
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
