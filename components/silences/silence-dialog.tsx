"use client";

import { type FormEvent, useState } from "react";
import { notify } from "@/components/layout/notify";
import { useTimeZone } from "@/components/layout/time-zone";
import { messageAt } from "@/components/settings/issue-paths";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogFootnote,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { SilenceWire } from "@/lib/contracts/silence";
import { ApiError } from "@/lib/queries/api-error";
import { issuesOf } from "@/lib/queries/config";
import { useCreateSilence, useUpdateSilence } from "@/lib/queries/silences";
import { SilenceError } from "./silence-error";
import { SilenceFields } from "./silence-fields";
import { emptyForm, type FormFaults, faultsOf, formOf, requestOf } from "./silence-form";

type SilenceDialogProps = { silence: SilenceWire | null; onClose: () => void };

/** Makes a silence, or changes one over the version that was read. Refusals land on their fields. */
export function SilenceDialog({ silence, onClose }: SilenceDialogProps) {
  const timeZone = useTimeZone();
  const [form, setForm] = useState(() => (silence ? formOf(silence, timeZone) : emptyForm()));
  const [tried, setTried] = useState(false);
  const create = useCreateSilence();
  const update = useUpdateSilence();
  const save = silence ? update : create;
  const faults = tried ? faultsOf(form, timeZone) : {};
  const refusal = save.error instanceof ApiError ? issuesOf(save.error) : null;
  const errorAt = (path: string) =>
    faults[path as keyof FormFaults] ?? messageAt(refusal?.errors ?? [], path);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOf(form, timeZone)).length > 0 || save.isPending) return;
    const request = requestOf(form, timeZone);
    const onSuccess = () => {
      notify("approved", silence ? "The silence was changed" : "Silenced", { description: request.reason });
      onClose();
    };
    if (silence) {
      const { silence_id, version } = silence;
      update.mutate({ ...request, silence_id, version }, { onSuccess });
    } else create.mutate(request, { onSuccess });
  }

  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent size="md">
        <DialogHeader>
          <DialogTitle>{silence ? "Change this silence" : "New silence"}</DialogTitle>
          <DialogDescription>
            What matches is held, not lost: reports are taken and counted, and nothing of them is sent.
          </DialogDescription>
        </DialogHeader>
        <form className="flex min-h-0 flex-1 flex-col" noValidate onSubmit={submit}>
          <DialogBody className="flex flex-col gap-5">
            {save.error && !refusal ? <SilenceError error={save.error} /> : null}
            <SilenceFields form={form} timeZone={timeZone} errorAt={errorAt} onChange={setForm} />
          </DialogBody>
          <DialogFooter>
            <DialogFootnote>Recorded with your name.</DialogFootnote>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="default" pending={save.isPending}>
              {silence ? "Save" : "Silence"}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
