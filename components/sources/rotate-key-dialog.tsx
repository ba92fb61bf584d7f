"use client";

import { OnceShownDialog } from "@/components/settings/once-shown-dialog";
import { RotateSecretForm } from "@/components/settings/rotate-secret-form";
import type { IntakeKeyWire } from "@/lib/contracts/intake-key";
import { useRotateIntakeKey } from "@/lib/queries/intake-keys";
import { KeyReveal } from "./key-reveal";

type RotateKeyDialogProps = { intakeKey: IntakeKeyWire; onClose: () => void };

/** Makes a key's successor, then shows it once. */
export function RotateKeyDialog({ intakeKey, onClose }: RotateKeyDialogProps) {
  const rotate = useRotateIntakeKey();
  const made = rotate.data;
  return (
    <OnceShownDialog shown={made !== undefined} onClose={onClose}>
      {made ? (
        <KeyReveal intakeKey={made.key} rawKey={made.raw_key} previous={made.previous} onDone={onClose} />
      ) : (
        <RotateSecretForm
          noun="key"
          name={intakeKey.name}
          description="A new key with the same project, sources and limits. Both report until the old one ends."
          dayHelp="Enough for a pipeline that runs daily"
          neverExpires={intakeKey.expires_at_ms === undefined}
          pending={rotate.isPending}
          error={rotate.error}
          onRotate={(input) => rotate.mutate({ key_id: intakeKey.key_id, ...input })}
        />
      )}
    </OnceShownDialog>
  );
}
