"use client";

import { type ReactNode, useState } from "react";
import { LockedAction } from "@/components/layout/locked-action";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "./confirm-dialog";

type RemoveRowProps = {
  /** "project", "destination". */
  what: string;
  name: string;
  /** Not saved yet: discarded without asking. */
  isNew: boolean;
  canEdit: boolean;
  /** It cannot be removed now; the children say why. */
  blocked?: boolean;
  onRemove: () => void;
  /** What goes with it and what stays. */
  children: ReactNode;
};

/** The foot of a form of settings: takes the whole thing away, after saying what that means. */
export function RemoveRow({ what, name, isNew, canEdit, blocked, onRemove, children }: RemoveRowProps) {
  const [asking, setAsking] = useState(false);
  if (!canEdit) {
    return (
      <div className="border-t border-border pt-4">
        <LockedAction size="sm" className="touch:h-11" unlocks="Removing needs the admin role.">
          Remove {what}…
        </LockedAction>
      </div>
    );
  }
  return (
    <div className="border-t border-border pt-4">
      <Button
        size="sm"
        variant="destructive"
        className="touch:h-11"
        onClick={() => (isNew ? onRemove() : setAsking(true))}
      >
        {isNew ? `Discard this ${what}` : `Remove ${what}…`}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove ${name}?`}
        confirm="Remove"
        blocked={blocked}
        onConfirm={onRemove}
      >
        {children}
      </ConfirmDialog>
    </div>
  );
}
