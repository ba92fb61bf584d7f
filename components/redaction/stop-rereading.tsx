"use client";

import { useState } from "react";
import { notify } from "@/components/layout/notify";
import { notifyFailure } from "@/components/layout/notify-failure";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { Button } from "@/components/ui/button";
import type { RedactionRunWire } from "@/lib/contracts/redaction";
import { useStopRereading } from "@/lib/queries/redaction";

/** Asks before a walk ends early: what it has not come to stays as the rules of before left it. */
export function StopRereading({ run }: { run: RedactionRunWire }) {
  const stop = useStopRereading();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="outline"
        className="touch:h-11"
        pending={stop.isPending}
        onClick={() => setAsking(true)}
        aria-label="Stop reading again"
      >
        Stop
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Stop reading again?"
        confirm="Stop it"
        cancel="Let it go on"
        onConfirm={() =>
          stop.mutate(run.run_id, {
            onSuccess: () => notify("cancelled", "Stored texts are read no further"),
            onError: (error) => notifyFailure("It goes on", error),
          })
        }
      >
        <p>
          It ends with the page it is on. What was read by then stays as it is now; the rest stays as it was
          stored, until somebody has everything read again. It begins from the start then.
        </p>
      </ConfirmDialog>
    </>
  );
}
