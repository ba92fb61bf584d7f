"use client";

import { OnceShownDialog } from "@/components/settings/once-shown-dialog";
import type { MonitoredProjectWire } from "@/lib/contracts/config";
import { useCreateIntakeKey } from "@/lib/queries/intake-keys";
import { CreateKeyForm } from "./create-key-form";
import { KeyReveal } from "./key-reveal";

type CreateKeyDialogProps = { project: MonitoredProjectWire; onClose: () => void };

/** Makes a key, then shows it once. */
export function CreateKeyDialog({ project, onClose }: CreateKeyDialogProps) {
  const create = useCreateIntakeKey();
  const made = create.data;
  return (
    <OnceShownDialog shown={made !== undefined} onClose={onClose}>
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
    </OnceShownDialog>
  );
}
