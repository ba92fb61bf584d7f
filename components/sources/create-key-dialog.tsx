"use client";

import { useReturnFocus } from "@/components/settings/use-return-focus";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { MonitoredProjectWire } from "@/lib/contracts/config";
import { useCreateIntakeKey } from "@/lib/queries/intake-keys";
import { CreateKeyForm } from "./create-key-form";
import { KeyReveal } from "./key-reveal";

type CreateKeyDialogProps = { project: MonitoredProjectWire; onClose: () => void };

/** Makes a key, then shows it once. While it is shown nothing but saying "stored" closes the dialog. */
export function CreateKeyDialog({ project, onClose }: CreateKeyDialogProps) {
  const create = useCreateIntakeKey();
  const returnFocus = useReturnFocus();
  const made = create.data;
  return (
    <Dialog open onOpenChange={(open) => !open && !made && onClose()}>
      <DialogContent
        {...returnFocus}
        size={made ? "lg" : "sm"}
        // The corner cross would be a control without effect here.
        className={made ? "[&>button:last-child]:hidden" : undefined}
      >
        {made ? (
          <KeyReveal intakeKey={made.key} rawKey={made.raw_key} onDone={onClose} />
        ) : (
          <CreateKeyForm
            project={project}
            pending={create.isPending}
            error={create.error}
            onCreate={(input) => create.mutate(input)}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
