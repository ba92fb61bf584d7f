"use client";

import { RelativeTime } from "@/components/layout/relative-time";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import type { IntakeKeyWire } from "@/lib/contracts/intake-key";
import { useNames } from "@/lib/queries/names";

type DisableKeyDialogProps = {
  intakeKey: IntakeKeyWire | null;
  onOpenChange: (open: boolean) => void;
  onDisable: (key: IntakeKeyWire) => void;
};

/** Says what stops before it stops. */
export function DisableKeyDialog({ intakeKey, onOpenChange, onDisable }: DisableKeyDialogProps) {
  const name = useNames();
  return (
    <ConfirmDialog
      open={intakeKey !== null}
      onOpenChange={onOpenChange}
      title={`Disable ${intakeKey?.name ?? "this key"}?`}
      confirm="Disable key"
      onConfirm={() => intakeKey && onDisable(intakeKey)}
    >
      {intakeKey ? (
        <>
          <p>
            Whatever reports with <code>{intakeKey.prefix}…</code> for {name.project(intakeKey.project_id)} is
            refused from now on. It was last used <RelativeTime value={intakeKey.last_used_at_ms} />.
          </p>
          <p>What it reported stays. It cannot be enabled again; make a new key instead.</p>
        </>
      ) : null}
    </ConfirmDialog>
  );
}
