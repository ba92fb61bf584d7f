"use client";

import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { SwitchRow } from "@/components/settings/switch-row";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DraftFilters } from "@/lib/queries/drafts";
import { useNames } from "@/lib/queries/names";
import { useCreateView } from "@/lib/queries/saved-views";
import { listInWords } from "./list-words";
import { submitWith } from "./submit-keys";

type SaveViewDialogProps = { filters: DraftFilters; onClose: () => void };

/** Gives the list as it is narrowed and ordered now a name. */
export default function SaveViewDialog({ filters, onClose }: SaveViewDialogProps) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [first, setFirst] = useState(false);
  const [missing, setMissing] = useState(false);
  const names = useNames();
  const create = useCreateView();
  const announce = useAnnounce();
  function submit() {
    setMissing(name.trim() === "");
    if (name.trim() === "" || create.isPending) return;
    create.mutate(
      { name, query: filters, shared, default: first },
      {
        onSuccess: (view) => {
          announce(`Saved as ${view.name}.`);
          onClose();
        },
      },
    );
  }
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent size="sm">
        <DialogHeader>
          <DialogTitle>Save this list</DialogTitle>
          <DialogDescription>{listInWords(filters, names)}</DialogDescription>
        </DialogHeader>
        <form className="flex min-h-0 flex-1 flex-col" onSubmit={submitWith(submit)} noValidate>
          <DialogBody className="flex flex-col gap-3">
            {create.isError ? <ActionFailure what="Not saved." error={create.error} /> : null}
            <Field
              label="Name"
              required
              error={missing && name.trim() === "" ? "Give it a name." : undefined}
            >
              <Input
                autoFocus
                maxLength={60}
                value={name}
                placeholder="Shop, worst first"
                onChange={(event) => setName(event.target.value)}
              />
            </Field>
            <SwitchRow
              label="Share it"
              help="Everybody who may read finds it among their views. They see the drafts they may see anyway."
              checked={shared}
              onChange={setShared}
            />
            <SwitchRow
              label="Open my queue with it"
              help="Only yours; others choose for themselves."
              checked={first}
              onChange={setFirst}
            />
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose} kbd="esc">
              Cancel
            </Button>
            <Button type="submit" variant="default" pending={create.isPending}>
              Save
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
