"use client";

import { X } from "lucide-react";
import { ChipField } from "@/components/settings/chip-field";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { NumberField } from "@/components/settings/number-field";
import { Button } from "@/components/ui/button";
import {
  type ConditionFieldName,
  fieldChoices,
  fieldWord,
  opChoices,
  opHelp,
  opKey,
  opWord,
  orderOf,
  type RouteCondition,
  takesBound,
  valuesAreWhole,
  withField,
  withOp,
} from "./condition-ops";

type ConditionRowProps = {
  place: number;
  condition: RouteCondition;
  suggestions: readonly string[];
  error: string | undefined;
  onChange: (condition: RouteCondition) => void;
  onRemove: (pressed: HTMLElement) => void;
};

/** One condition: what it is about, how it compares, and with what. */
export function ConditionRow(props: ConditionRowProps) {
  const { place, condition, onChange, onRemove } = props;
  const choices = opChoices(condition.field);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 border-l border-border-strong pl-3">
      <legend className="sr-only">Condition {place}</legend>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-end gap-2">
        <ChoiceSelect<ConditionFieldName>
          label="Field"
          value={condition.field}
          options={fieldChoices}
          onChange={(field) => onChange(withField(condition, field))}
        />
        <ChoiceSelect
          label="Comparison"
          value={opKey(condition)}
          options={choices}
          onChange={(key) => {
            const choice = choices.find((each) => each.value === key);
            if (choice) onChange(withOp(condition, choice));
          }}
        />
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove condition ${place}, on ${fieldWord[condition.field]}`}
          onClick={({ currentTarget }) => onRemove(currentTarget)}
        >
          <X aria-hidden />
        </Button>
      </div>
      <ConditionValue {...props} />
    </fieldset>
  );
}

function ConditionValue({ condition, suggestions, error, onChange }: ConditionRowProps) {
  const order = orderOf[condition.field];
  if (takesBound(condition.op)) {
    if (order === "count") {
      const value = condition.value === undefined ? undefined : Number(condition.value);
      return (
        <NumberField
          label="Number"
          min={1}
          value={value}
          error={error}
          onChange={(next) => onChange({ ...condition, value: next })}
        />
      );
    }
    const words = order ?? [];
    const value = String(condition.value ?? "");
    const known = value === "" || words.includes(value) ? words : [value, ...words];
    return (
      <ChoiceSelect
        label="Bound"
        value={value}
        options={known.map((word) => ({ value: word, label: word }))}
        error={error}
        onChange={(next) => onChange({ ...condition, value: next })}
      />
    );
  }
  const field = fieldChoices.find((each) => each.value === condition.field);
  return (
    <ChipField
      label={`${fieldWord[condition.field]} ${opWord(condition)}`}
      values={condition.values ?? []}
      suggestions={condition.op === "equals" ? suggestions : []}
      placeholder={condition.op === "regex" ? "time(d )?out" : field?.hint}
      mono={condition.op === "regex" || condition.op === "glob"}
      whole={valuesAreWhole(condition)}
      help={opHelp[condition.op]}
      error={error}
      onChange={(values) => onChange({ ...condition, values })}
    />
  );
}
