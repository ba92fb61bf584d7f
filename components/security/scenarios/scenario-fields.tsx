"use client";

import { ChipField } from "@/components/settings/chip-field";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { TextField } from "@/components/settings/text-field";
import { riskLevels } from "@/components/settings/words";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Textarea } from "@/components/ui/textarea";
import type { ScenarioExpectWire, ScenarioInputWire } from "@/lib/contracts/scenario";
import type { ScenarioForm } from "./pack-form";
import { assertionWord } from "./scenario-words";

type ScenarioFieldsProps = {
  scenario: ScenarioForm;
  errorAt: (field: string) => string | undefined;
  onChange: (scenario: ScenarioForm) => void;
};

const arrivals = [
  {
    value: "source_key",
    label: "By its own source’s key",
    help: "Place and tags come from the project, as ever",
  },
  { value: "foreign_key", label: "By another project’s key", help: "Forged: the key does not belong there" },
  { value: "manual_report", label: "By hand", help: "Nothing it claims of its place counts" },
] as const;

const checks = [
  "intake_refused",
  "claims_dropped",
  "nothing_queued",
  "injection_changes_nothing",
  "gate_refuses_bare",
  "denial_stands",
  "agent_refused",
] as const satisfies readonly (keyof ScenarioExpectWire)[];

const answers = [
  { value: "any", label: "Not asked" },
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
] as const;
const answerOf = (value: boolean | null | undefined) =>
  value === undefined || value === null ? "any" : value ? "yes" : "no";
const flagOf = (answer: "any" | "yes" | "no") => (answer === "any" ? undefined : answer === "yes");

/** One scenario of a pack: what comes in, the ground it stands on, and what must hold. */
export function ScenarioFields({ scenario, errorAt, onChange }: ScenarioFieldsProps) {
  const { input, expect } = scenario;
  const told = (fields: Partial<ScenarioInputWire>) =>
    onChange({ ...scenario, input: { ...input, ...fields } });
  const wished = (fields: Partial<ScenarioExpectWire>) =>
    onChange({ ...scenario, expect: { ...expect, ...fields } });
  const text = (
    label: string,
    name: "event_type" | "risk_category" | "confidence" | "source" | "title" | "project_id" | "tenant_id",
  ) => (
    <TextField
      label={label}
      value={input[name] ?? ""}
      onChange={(value) => told({ [name]: value })}
      error={errorAt(`input.${name}`)}
      maxLength={200}
      mono={name !== "title"}
    />
  );
  const risks = [
    { value: "unset", label: "Not said" },
    ...riskLevels.map((each) => ({ value: each, label: each })),
  ];
  const known = risks.some(({ value }) => value === input.risk_level);
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label="Id"
          required
          mono
          value={scenario.scenario_id}
          onChange={(scenario_id) => onChange({ ...scenario, scenario_id })}
          error={errorAt("scenario_id")}
          maxLength={120}
        />
        <TextField
          label="Category"
          mono
          value={scenario.category}
          onChange={(category) => onChange({ ...scenario, category })}
          error={errorAt("category")}
          maxLength={200}
        />
      </div>
      <Field label="Description" error={errorAt("description")}>
        <Textarea
          value={scenario.description}
          maxLength={2_000}
          onChange={(event) => onChange({ ...scenario, description: event.target.value })}
        />
      </Field>
      <FieldSet legend="What comes in">
        <div className="grid gap-3 sm:grid-cols-2">
          {text("Event", "event_type")}
          <ChoiceSelect
            label="Risk"
            value={input.risk_level ? (known ? input.risk_level : "other") : "unset"}
            onChange={(value) =>
              told({
                risk_level: value === "unset" ? undefined : value === "other" ? input.risk_level : value,
              })
            }
            options={
              known || !input.risk_level ? risks : [...risks, { value: "other", label: input.risk_level }]
            }
          />
          {text("Risk category", "risk_category")}
          {text("Confidence", "confidence")}
          {text("Source", "source")}
          {text("Title", "title")}
          {text("Project", "project_id")}
          {text("Tenant", "tenant_id")}
        </div>
        <Field label="Detail" error={errorAt("input.detail")}>
          <Textarea
            value={input.detail ?? ""}
            maxLength={2_000}
            onChange={(event) => told({ detail: event.target.value })}
          />
        </Field>
        <Field
          label="Hostile text"
          help="Put into title and detail; it must decide nothing."
          error={errorAt("input.prompt_injection")}
        >
          <Textarea
            value={typeof input.prompt_injection === "string" ? input.prompt_injection : ""}
            maxLength={2_000}
            onChange={(event) => told({ prompt_injection: event.target.value })}
          />
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <ChoiceSelect
            label="Arrives"
            value={input.arrives_by ?? "source_key"}
            onChange={(arrives_by) => told({ arrives_by })}
            options={arrivals}
          />
          <ChipField
            label="Tags"
            values={input.route_tags ?? []}
            onChange={(route_tags) => told({ route_tags })}
          />
          <ChipField
            label="Asks for destinations"
            mono
            values={input.requested_destination_ids ?? []}
            onChange={(ids) => told({ requested_destination_ids: ids })}
            error={errorAt("input.requested_destination_ids")}
          />
          <ChipField
            label="Set up, but not ready"
            mono
            values={input.unready_destination_ids ?? []}
            onChange={(ids) => told({ unready_destination_ids: ids })}
            help="In the sandbox alone"
          />
          <ChipField
            label="Set up for another project"
            mono
            values={input.foreign_destination_ids ?? []}
            onChange={(ids) => told({ foreign_destination_ids: ids })}
            help="In the sandbox alone"
          />
        </div>
        <Choice label="A person denied the same failure before">
          <Checkbox
            checked={input.denied_before ?? false}
            onCheckedChange={(on) => told({ denied_before: on === true || undefined })}
          />
        </Choice>
      </FieldSet>
      <FieldSet legend="What must hold">
        <div className="grid gap-3 sm:grid-cols-2">
          <ChoiceSelect
            label="Publishing is blocked"
            value={answerOf(expect.blocked)}
            onChange={(value) => wished({ blocked: flagOf(value) })}
            options={answers}
          />
          <ChoiceSelect
            label="A person must approve"
            value={answerOf(expect.approval_required)}
            onChange={(value) => wished({ approval_required: flagOf(value) })}
            options={answers}
          />
          <TextField
            label="The reason says"
            value={expect.reason_contains ?? ""}
            onChange={(reason_contains) => wished({ reason_contains })}
            error={errorAt("expect.reason_contains")}
          />
          <TextField
            label="It goes to"
            mono
            value={expect.effective_destination_id ?? ""}
            onChange={(effective_destination_id) => wished({ effective_destination_id })}
            error={errorAt("expect.effective_destination_id")}
          />
        </div>
        {checks.map((name) => (
          <Choice key={name} label={assertionWord(name)}>
            <Checkbox
              checked={expect[name] ?? false}
              onCheckedChange={(on) => wished({ [name]: on === true || undefined })}
            />
          </Choice>
        ))}
      </FieldSet>
    </div>
  );
}
