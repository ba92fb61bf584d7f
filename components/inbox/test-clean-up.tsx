"use client";

import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { notifyFailure } from "@/components/layout/notify-failure";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { Button } from "@/components/ui/button";
import type { TestReceiverWire } from "@/lib/contracts/first-run";
import { useDeleteTestReports, useRemoveTestReceiver } from "@/lib/queries/first-run";
import { usePermission } from "@/lib/queries/session";

/** Leaves nothing of the test behind but its receipts in the trail. */
export function TestCleanUp({ receiver }: { receiver: TestReceiverWire }) {
  const mayDelete = usePermission("delete").allowed;
  const mayConfigure = usePermission("configure").allowed;
  const [asking, setAsking] = useState(false);
  const remove = useDeleteTestReports();
  const takeAway = useRemoveTestReceiver();
  const announce = useAnnounce();
  const count = receiver.test_reports.length;
  const words = count === 1 ? "1 test report" : `${count} test reports`;
  const failed = (what: string) => (error: Error) => notifyFailure(what, error);
  return (
    <div className="flex flex-wrap gap-2">
      {mayDelete && count > 0 ? (
        <Button size="xs" className="touch:h-11" onClick={() => setAsking(true)}>
          Delete the test records…
        </Button>
      ) : null}
      {mayConfigure && receiver.destination_id && count === 0 ? (
        <Button
          size="xs"
          className="touch:h-11"
          pending={takeAway.isPending}
          onClick={() =>
            takeAway.mutate(undefined, {
              onSuccess: () => announce("The test receiver was removed."),
              onError: failed("Not removed"),
            })
          }
        >
          Remove the test receiver
        </Button>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${words}?`}
        confirm="Delete"
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => announce("The test records were deleted."),
            onError: failed("Not deleted"),
          })
        }
      >
        <p>Their incidents, drafts and receipts are hidden. The audit trail keeps who did what.</p>
      </ConfirmDialog>
    </div>
  );
}
