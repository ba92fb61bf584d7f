"use client";

import { useReturnFocus } from "@/components/settings/use-return-focus";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { IntakeKeyWire } from "@/lib/contracts/intake-key";
import { useRotateIntakeKey } from "@/lib/queries/intake-keys";
import { KeyReveal } from "./key-reveal";
import { RotateKeyForm } from "./rotate-key-form";

type RotateKeyDialogProps = { intakeKey: IntakeKeyWire; onClose: () => void };

/** Makes a key's successor, then shows it once. While it is shown nothing but saying "stored" closes the dialog. */
export function RotateKeyDialog({ intakeKey, onClose }: RotateKeyDialogProps) {
  const rotate = useRotateIntakeKey();
  const returnFocus = useReturnFocus();
  const made = rotate.data;
  return (
    <Dialog open onOpenChange={(open) => !open && !made && onClose()}>
      <DialogContent
        {...returnFocus}
        size={made ? "lg" : "sm"}
        // The corner cross would be a control without effect here.
        className={made ? "[&>button:last-child]:hidden" : undefined}
      >
        {made ? (
          <KeyReveal intakeKey={made.key} rawKey={made.raw_key} previous={made.previous} onDone={onClose} />
        ) : (
          <RotateKeyForm
            intakeKey={intakeKey}
            pending={rotate.isPending}
            error={rotate.error}
            onRotate={(input) => rotate.mutate({ key_id: intakeKey.key_id, ...input })}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
