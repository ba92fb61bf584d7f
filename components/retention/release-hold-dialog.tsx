"use client";

import { useState } from "react";
import { notify } from "@/components/layout/notify";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { RetentionHoldWire } from "@/lib/contracts/retention";
import { useReleaseHold } from "@/lib/queries/retention";
import { Covered } from "./holds-panel";
import { fieldError, Refusal } from "./refusal";

/** Asks why, and then for a fresh proof of who it is. */
export function ReleaseHoldDialog({ hold, onClose }: { hold: RetentionHoldWire; onClose: () => void }) {
  const release = useReleaseHold();
  const [reason, setReason] = useState("");
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent size="sm">
        <form
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            release.mutate(
              { hold_id: hold.hold_id, reason },
              {
                onSuccess: () => {
                  notify("cancelled", "The hold is released", { description: hold.reason });
                  onClose();
                },
              },
            );
          }}
        >
          <DialogHeader>
            <DialogTitle>Release this hold?</DialogTitle>
            <DialogDescription>
              What it covers and is over its span goes with the next run. You are asked to prove who you are.
            </DialogDescription>
          </DialogHeader>
          <DialogBody className="flex flex-col gap-4">
            <Refusal error={release.error} what="The hold still stands." />
            <p>
              <b className="font-semibold">
                <Covered hold={hold} />
              </b>
              <br />
              {hold.reason}
            </p>
            <Field label="Why it may go" required error={fieldError(release.error, "reason")}>
              <Textarea
                rows={3}
                maxLength={1_000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="outline">Keep it</Button>
            </DialogClose>
            <Button type="submit" variant="destructive-fill" pending={release.isPending}>
              Release
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
