"use client";

import { useState } from "react";
import { FieldSet } from "@/components/ui/field-set";
import type { ModelPolicyWire } from "./model-policy";
import { NumberField } from "./number-field";
import { SwitchRow } from "./switch-row";
import { TextField } from "./text-field";
import {
  asksModel,
  budgetOf,
  budgetRows,
  lacksPrices,
  readAmount,
  withAsking,
  withBudget,
} from "./triage-model";

type TriageModelFieldsProps = {
  policy: ModelPolicyWire | undefined;
  onChange: (policy: ModelPolicyWire | undefined) => void;
};

/** Whether triage asks a model for its opinion, and what a run may use of it. */
export function TriageModelFields({ policy, onChange }: TriageModelFieldsProps) {
  const asks = asksModel(policy);
  return (
    <>
      <SwitchRow
        label="Ask a model for its opinion"
        help={
          asks
            ? "It reads redacted evidence and only proposes. The host names its endpoint and key."
            : "Off: triage works by rules alone, and nothing leaves for a model."
        }
        checked={asks}
        onChange={(on) => onChange(withAsking(policy, on))}
      />
      {asks ? (
        <FieldSet
          legend="What one run may use"
          help={
            lacksPrices(policy)
              ? "It is not asked until cost and prices are set; 0 for a model that costs nothing."
              : "Whichever is used up first ends it; what it said by then is kept."
          }
        >
          <div className="grid gap-4 sm:grid-cols-2">
            {budgetRows.map((row) =>
              row.isMoney ? (
                <AmountField
                  key={row.key}
                  label={row.label}
                  unit={row.unit}
                  max={row.max}
                  value={budgetOf(policy, row.key)}
                  onChange={(value) => onChange(withBudget(policy, row.key, value))}
                />
              ) : (
                <NumberField
                  key={row.key}
                  label={row.label}
                  unit={row.unit}
                  fallback={row.fallback}
                  max={row.max}
                  value={budgetOf(policy, row.key)}
                  onChange={(value) => onChange(withBudget(policy, row.key, value))}
                />
              ),
            )}
          </div>
        </FieldSet>
      ) : null}
    </>
  );
}

type AmountFieldProps = {
  label: string;
  unit: string;
  max: number;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
};

/** An amount with a point in it; what is no amount yet stays as it is typed. */
function AmountField({ label, unit, max, value, onChange }: AmountFieldProps) {
  const [text, setText] = useState(() => (value === undefined ? "" : String(value)));
  const amount = readAmount(text);
  const wrong = text.trim() !== "" && (amount === undefined || amount > max);
  return (
    <TextField
      label={label}
      note={`(${unit})`}
      value={text}
      placeholder="not set"
      maxLength={14}
      error={wrong ? `An amount from 0 to ${max}` : undefined}
      onChange={(next) => {
        setText(next);
        onChange(readAmount(next));
      }}
    />
  );
}
