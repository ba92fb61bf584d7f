"use client";

import { useState } from "react";
import { notify } from "@/components/layout/notify";
import { ChoiceSelect } from "@/components/settings/choice-select";
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
import type { PlaceHoldWire } from "@/lib/contracts/retention";
import { usePlaceHold } from "@/lib/queries/retention";
import { fieldError, Refusal } from "./refusal";
import { type Subject, SubjectFields } from "./subject-fields";

type Scope = PlaceHoldWire["scope"];

const scopes: readonly { value: Scope; label: string; help: string }[] = [
  { value: "project", label: "A project", help: "All that was reported for it." },
  { value: "source", label: "A log source", help: "All that came from it." },
  { value: "incident", label: "An incident", help: "With what is merged with it." },
  { value: "all", label: "Everything", help: "Nothing at all is removed." },
];
const needs = {
  all: [],
  project: ["project"],
  source: ["project", "source"],
  incident: ["incident"],
} as const;

export function PlaceHoldDialog({ config, onClose }: { config: ConfigWire; onClose: () => void }) {
  const place = usePlaceHold();
  const [scope, setScope] = useState<Scope>("project");
  const [subject, setSubject] = useState<Subject>({});
  const [reason, setReason] = useState("");
  const errorAt = (field: string) => fieldError(place.error, field);
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent size="sm">
        <form
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            place.mutate(
              { scope, ...subject, reason },
              {
                onSuccess: () => {
                  notify("held", "The hold stands", { description: "What it covers is removed by nobody." });
                  onClose();
                },
              },
            );
          }}
        >
          <DialogHeader>
            <DialogTitle>Place a legal hold</DialogTitle>
            <DialogDescription>It stands from now until somebody releases it.</DialogDescription>
          </DialogHeader>
          <DialogBody className="flex flex-col gap-4">
            <Refusal error={place.error} what="The hold was not placed." />
            <ChoiceSelect
              label="It covers"
              value={scope}
              options={scopes}
              onChange={(next) => {
                setScope(next);
                setSubject({});
              }}
            />
            <SubjectFields
              config={config}
              needs={needs[scope]}
              value={subject}
              onChange={setSubject}
              errorAt={errorAt}
            />
            <Field
              label="Why"
              required
              help="On the record, for whoever is to release it."
              error={errorAt("reason")}
            >
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
              <Button variant="outline">Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="default" pending={place.isPending}>
              Place the hold
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
