"use client";

import { useState } from "react";
import { notify } from "@/components/layout/notify";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { TextField } from "@/components/settings/text-field";
import { Alert } from "@/components/ui/alert";
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
import type { ConfigWire } from "@/lib/contracts/config";
import type { ErasurePreviewRequestWire, ErasurePreviewWire } from "@/lib/contracts/retention";
import { useEraseText, usePreviewErasure } from "@/lib/queries/retention";
import { fieldError, Refusal } from "./refusal";
import { countsWords } from "./retention-words";
import { type Subject, SubjectFields } from "./subject-fields";

type Kind = ErasurePreviewRequestWire["kind"];

const kinds: readonly { value: Kind; label: string; help: string }[] = [
  { value: "incident", label: "One incident", help: "With what is merged with it." },
  {
    value: "person",
    label: "What names a person",
    help: "Every incident that says these words anywhere, whole.",
  },
  { value: "source", label: "A log source", help: "All that came from it." },
  { value: "project", label: "A project", help: "All that was reported for it." },
];
const needs = {
  incident: ["incident"],
  person: [],
  source: ["project", "source"],
  project: ["project"],
} as const;

/** First what would go, then why, then a fresh proof of who it is. */
export function EraseDialog({ config, onClose }: { config: ConfigWire; onClose: () => void }) {
  const preview = usePreviewErasure();
  const erase = useEraseText();
  const [kind, setKind] = useState<Kind>("incident");
  const [subject, setSubject] = useState<Subject & { person?: string }>({});
  const [reason, setReason] = useState("");
  const errorAt = (field: string) => fieldError(erase.error ?? preview.error, field);
  function change(next: Subject & { person?: string }) {
    setSubject(next);
    preview.reset();
    erase.reset();
  }
  const shown = preview.data;
  const isFree = shown !== undefined && shown.held_by.length === 0 && shown.under_way.length === 0;
  function submit() {
    if (!isFree) {
      preview.mutate({ kind, ...subject });
      return;
    }
    erase.mutate(
      { kind, ...subject, reason },
      {
        onSuccess: ({ run }) => {
          notify("cancelled", "Forgotten", {
            description: `Removed: ${countsWords(run.removed)}.`,
            sticky: true,
          });
          onClose();
        },
      },
    );
  }
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent size="md">
        <form
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <DialogHeader>
            <DialogTitle>Forget on request</DialogTitle>
            <DialogDescription>
              Texts go for good; digests, keys and audit entries stay. You are asked to prove who you are.
            </DialogDescription>
          </DialogHeader>
          <DialogBody className="flex flex-col gap-4">
            <Refusal error={erase.error ?? preview.error} what="Nothing was erased." />
            <ChoiceSelect
              label="What"
              value={kind}
              options={kinds}
              onChange={(next) => {
                setKind(next);
                change({});
              }}
            />
            <SubjectFields
              config={config}
              needs={needs[kind]}
              value={subject}
              onChange={change}
              errorAt={errorAt}
            />
            {kind === "person" ? (
              <TextField
                label="Address, name or id"
                value={subject.person}
                placeholder="jane@example.com"
                maxLength={200}
                help="At least four characters, in any case. It is kept nowhere."
                error={errorAt("person")}
                onChange={(person) => change({ person: person || undefined })}
              />
            ) : null}
            <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
              {shown ? <WouldGo preview={shown} /> : null}
            </div>
            {isFree ? (
              <Field
                label="Why"
                required
                error={errorAt("reason")}
                help="On the record. Do not name the person."
              >
                <Textarea
                  rows={2}
                  maxLength={1_000}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              </Field>
            ) : null}
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="outline">Cancel</Button>
            </DialogClose>
            {isFree ? (
              <Button type="submit" variant="destructive-fill" pending={erase.isPending}>
                Erase for good
              </Button>
            ) : (
              <Button type="submit" variant="default" pending={preview.isPending}>
                Show what would go
              </Button>
            )}
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function WouldGo({ preview }: { preview: ErasurePreviewWire }) {
  if (preview.held_by.length > 0) {
    return (
      <Alert tone="waiting" title="A legal hold covers it.">
        It must be released first: {preview.held_by.join(", ")}.
      </Alert>
    );
  }
  if (preview.under_way.length > 0) {
    return (
      <Alert tone="waiting" title="Something of it is under way.">
        Let it end, or cancel it, first: {preview.under_way.join(", ")}.
      </Alert>
    );
  }
  return (
    <Alert tone="needs" title={`${preview.capped ? "At least " : ""}${countsWords(preview.counts)}`}>
      would go for good.
    </Alert>
  );
}
