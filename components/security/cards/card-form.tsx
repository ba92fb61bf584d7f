"use client";

import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { Section } from "@/components/layout/section";
import { NumberField } from "@/components/settings/number-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { CardFieldWire, CardMetadataResponseWire } from "@/lib/contracts/deployment-card";
import { useSaveCard } from "@/lib/queries/cards";
import { usePermission } from "@/lib/queries/session";
import { type CardEntries, cardForms, entriesOf, metadataOf } from "./card-words";

const required: ReadonlySet<CardFieldWire> = new Set<CardFieldWire>([
  ...(["intended_purpose", "business_owner", "accountable_team", "autonomy_level"] as const),
  ...(["data_classification", "approval_protocol", "escalation_protocol", "review_cadence_days"] as const),
]);

type CardFormProps = { stored: CardMetadataResponseWire; missing: readonly CardFieldWire[] };

/** What people say of the card. Required fields say so, and say it again while they are missing. */
export function CardForm({ stored, missing }: CardFormProps) {
  const [base, setBase] = useState(stored);
  const before = entriesOf(base.metadata);
  const [entries, setEntries] = useState<CardEntries>(before);
  const save = useSaveCard();
  const announce = useAnnounce();
  const may = usePermission("configure");
  const isLocked = may.known && !may.allowed;
  const isChanged = !isSame(entries, before);
  const theirs = entriesOf(stored.metadata);
  const take = (answer: CardMetadataResponseWire) => {
    setBase(answer);
    setEntries(entriesOf(answer.metadata));
  };
  // Whatever others save while nothing is typed here is simply shown; a review changes no field.
  if (stored.version > base.version && !isChanged) take(stored);
  else if (stored.version > base.version && isSame(theirs, before)) setBase(stored);
  const lacks = (field: CardFieldWire) => missing.includes(field);
  const set = (fields: Partial<CardEntries>) => setEntries({ ...entries, ...fields });
  return (
    <Section title="What people say of it" aside={isLocked ? "Admins change it" : undefined}>
      <form
        className="flex max-w-160 flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const input = { card_id: base.card_id, version: base.metadata ? base.version : 0 };
          save.mutate(
            { ...input, metadata: metadataOf(entries) },
            {
              onSuccess: (answer) => {
                take(answer);
                announce("The card was saved.");
              },
            },
          );
        }}
      >
        {stored.version > base.version && !save.isPending ? (
          <Alert
            tone="waiting"
            title={`Version ${stored.version} was saved while you edited ${base.version}.`}
          >
            <span className="flex flex-wrap items-center gap-2">
              Yours is kept here; the history shows theirs.
              <Button type="button" size="xs" onClick={() => setBase(stored)}>
                Put mine on top
              </Button>
              <Button type="button" size="xs" onClick={() => take(stored)}>
                Take theirs
              </Button>
            </span>
          </Alert>
        ) : null}
        {cardForms.map(({ field, label, help, lines }) => (
          <Field
            key={field}
            label={label}
            note={noteOf(required.has(field), lacks(field))}
            required={required.has(field)}
            help={[help, lines ? "One a line." : null].filter(Boolean).join(" ") || undefined}
          >
            <Textarea
              rows={1}
              readOnly={isLocked}
              className="min-h-9"
              value={entries[field]}
              onChange={(event) => set({ [field]: event.target.value })}
            />
          </Field>
        ))}
        <NumberField
          label={`Review every ${noteOf(true, lacks("review_cadence_days"))}`}
          unit="days"
          min={1}
          max={3_660}
          value={entries.cadence}
          onChange={(cadence) => set({ cadence })}
        />
        <Field label="Next review by" help="Only where a day was agreed; the cadence counts otherwise.">
          <Input
            type="date"
            className="w-44"
            readOnly={isLocked}
            value={entries.next}
            onChange={(event) => set({ next: event.target.value })}
          />
        </Field>
        {save.isError ? (
          <Alert tone="failed" title="Not saved.">
            {save.error.message}
          </Alert>
        ) : null}
        {isLocked ? null : (
          <div className="flex flex-wrap items-center gap-3">
            <Button
              type="submit"
              variant="default"
              className="touch:h-11"
              pending={save.isPending}
              disabled={!isChanged}
            >
              Save card
            </Button>
            {isChanged ? null : <span className="text-12 text-muted-foreground">Nothing is changed.</span>}
          </div>
        )}
      </form>
    </Section>
  );
}

const noteOf = (isRequired: boolean, isMissing: boolean) =>
  isMissing ? "(required, missing)" : isRequired ? "(required)" : undefined;

const isSame = (one: CardEntries, other: CardEntries) => JSON.stringify(one) === JSON.stringify(other);
