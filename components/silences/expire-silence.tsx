"use client";

import { notify } from "@/components/layout/notify";
import { notifyFailure } from "@/components/layout/notify-failure";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { plural } from "@/components/settings/words";
import type { SilenceWire } from "@/lib/contracts/silence";
import { useExpireSilence } from "@/lib/queries/silences";

/** Asks before what is held flows again. */
export function ExpireSilence({ silence, onClose }: { silence: SilenceWire; onClose: () => void }) {
  const expire = useExpireSilence();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => open || onClose()}
      title="End this silence now?"
      confirm="End it"
      onConfirm={() =>
        expire.mutate(silence.silence_id, {
          onSuccess: () => notify("cancelled", "The silence ended", { description: silence.reason }),
          onError: (error) => notifyFailure("The silence was not ended", error),
        })
      }
    >
      <p>
        “{silence.reason}”. It holds {plural(silence.held_now, "draft")} now.{" "}
        {silence.held_now > 0 ? "They flow on: what is approved may be sent at once." : ""} This cannot be
        taken back; a new silence can be made.
      </p>
    </ConfirmDialog>
  );
}
