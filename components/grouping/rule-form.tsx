"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { addable, effectKinds, ignorable, type RuleDraft } from "./rule-draft";

type RuleFormProps = {
  draft: RuleDraft;
  projects: readonly { value: string; label: string }[];
  errorAt: (field: string) => string | undefined;
  onChange: (draft: RuleDraft) => void;
};

const none = "-";

/** What a rule holds for, and what it does. */
export function RuleForm({ draft, projects, errorAt, onChange }: RuleFormProps) {
  const text = (name: "type" | "event" | "component" | "message" | "pattern" | "key") => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => onChange({ ...draft, [name]: event.target.value }),
  });
  return (
    <div className="flex flex-col gap-5">
      <ChoiceSelect
        label="Project"
        value={draft.project || none}
        onChange={(project) => onChange({ ...draft, project: project === none ? "" : project })}
        options={[{ value: none, label: "What belongs to none" }, ...projects]}
      />
      <FieldSet legend="Where it holds" help="All that is said must hold. Empty: everywhere.">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Exception type">
            <Input className="font-mono" {...text("type")} />
          </Field>
          <Field label="Event">
            <Input className="font-mono" {...text("event")} />
          </Field>
          <Field label="Component">
            <Input className="font-mono" {...text("component")} />
          </Field>
          <Field label="Message has" note="(RE2)" error={errorAt("match.message")}>
            <Input className="font-mono" {...text("message")} />
          </Field>
        </div>
        {errorAt("match") ? <p className="mt-2 text-12 font-medium">{errorAt("match")}</p> : null}
      </FieldSet>
      <ChoiceSelect
        label="What it does"
        value={draft.kind}
        onChange={(kind) => onChange({ ...draft, kind })}
        options={effectKinds}
      />
      {draft.kind === "ignore" ? (
        <FieldSet legend="Left out">
          <div className="grid grid-cols-2 gap-1.5">
            {ignorable.map(({ value, label }) => (
              <Choice key={value} label={label}>
                <Checkbox
                  checked={draft.parts.includes(value)}
                  onCheckedChange={(on) =>
                    onChange({
                      ...draft,
                      parts: on ? [...draft.parts, value] : draft.parts.filter((part) => part !== value),
                    })
                  }
                />
              </Choice>
            ))}
          </div>
        </FieldSet>
      ) : null}
      {draft.kind === "variable" ? (
        <Field
          label="Expression"
          note="(RE2)"
          help="Over the message's template, as “Why grouped” shows it."
          error={errorAt("effect.pattern")}
        >
          <Input className="font-mono" placeholder="batch \w+" {...text("pattern")} />
        </Field>
      ) : null}
      {draft.kind === "add" ? (
        <ChoiceSelect
          label="Attribute"
          value={draft.attribute}
          onChange={(attribute) => onChange({ ...draft, attribute })}
          options={addable}
        />
      ) : null}
      {draft.kind === "group" ? (
        <Field label="Name of the group" error={errorAt("effect.key")}>
          <Input maxLength={200} {...text("key")} />
        </Field>
      ) : null}
    </div>
  );
}
