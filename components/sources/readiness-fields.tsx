"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { NumberField } from "@/components/settings/number-field";
import { TextField } from "@/components/settings/text-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type DataReadinessWire, readinessFields } from "./readiness-fields-list";

type ReadinessFieldsProps = {
  value: DataReadinessWire;
  onChange: (value: DataReadinessWire) => void;
  errorAt: (field: string) => string | undefined;
  /** Of a log source: what it takes from its project, field by field. */
  inherited?: DataReadinessWire;
};

const minuteMs = 60_000;
const unset = "*";
const drifts = [
  { value: unset, label: "Not assessed", help: "Counts as not ready" },
  { value: "no_drift", label: "No drift", help: "The schema is as expected" },
  { value: "accepted", label: "Accepted", help: "It has drifted and that is fine" },
  { value: "drift_detected", label: "Drift detected", help: "Counts as not ready until it is reconciled" },
];

/** What a source says of its data. Each may be left empty; readiness says what that means. */
export function ReadinessFields({ value, onChange, errorAt, inherited }: ReadinessFieldsProps) {
  const set = (key: keyof DataReadinessWire, next: string | number | undefined) => {
    const { [key]: _, ...rest } = value;
    onChange(next === undefined || next === "" ? rest : { ...rest, [key]: next });
  };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {readinessFields.map(({ key, label, help, placeholder }) => {
        const from = inherited?.[key];
        const shared = { label, error: errorAt(`data_readiness.${key}`) };
        const helpOr = from !== undefined && value[key] === undefined ? "From the project" : help;
        switch (key) {
          case "schema_drift_status":
            return (
              <ChoiceSelect
                key={key}
                {...shared}
                value={value[key] ?? unset}
                options={driftOptions(value[key], inherited?.[key])}
                onChange={(next) => set(key, next === unset ? undefined : next)}
              />
            );
          case "freshness_sla_ms":
            return (
              <NumberField
                key={key}
                {...shared}
                help={helpOr}
                unit="minutes"
                min={1}
                max={525_600}
                fallback={typeof from === "number" ? Math.round(from / minuteMs) : undefined}
                value={value[key] === undefined ? undefined : Math.round(value[key] / minuteMs)}
                onChange={(minutes) => set(key, minutes === undefined ? undefined : minutes * minuteMs)}
              />
            );
          case "last_observed_at_ms":
            return (
              <ObservedField
                key={key}
                {...shared}
                help={helpOr}
                value={value[key]}
                onChange={(next) => set(key, next)}
              />
            );
          default:
            return (
              <TextField
                key={key}
                {...shared}
                help={helpOr}
                value={value[key]}
                placeholder={from === undefined ? placeholder : String(from)}
                onChange={(next) => set(key, next)}
              />
            );
        }
      })}
    </div>
  );
}

function driftOptions(value: string | undefined, inherited: string | undefined) {
  const known = drifts.map((drift) =>
    drift.value === unset && inherited
      ? { ...drift, label: `From the project: ${inherited}`, help: "" }
      : drift,
  );
  const isKnown = value === undefined || known.some((drift) => drift.value === value);
  return isKnown
    ? known
    : [...known, { value, label: value.replaceAll("_", " "), help: "As a script has set it" }];
}

type ObservedFieldProps = {
  label: string;
  help: string;
  error: string | undefined;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
};

/** A moment, in UTC as the records have it. */
function ObservedField({ label, help, error, value, onChange }: ObservedFieldProps) {
  return (
    <Field label={label} note="(UTC)" help={help} error={error}>
      <Input
        type="datetime-local"
        // A year ends with its fourth digit, so that what is typed goes on with the hour.
        max="9999-12-31T23:59"
        value={value === undefined ? "" : new Date(value).toISOString().slice(0, 16)}
        onChange={(event) => {
          const atMs = Date.parse(`${event.target.value}Z`);
          onChange(Number.isNaN(atMs) ? undefined : atMs);
        }}
      />
    </Field>
  );
}
