"use client";

import { Plus } from "lucide-react";
import { useRef } from "react";
import { keepFocus } from "@/components/settings/keep-focus";
import { Button } from "@/components/ui/button";
import { FieldSet } from "@/components/ui/field-set";
import type { RouteCondition } from "./condition-ops";
import { ConditionRow } from "./condition-row";

type ConditionRowsProps = {
  conditions: readonly RouteCondition[];
  onChange: (conditions: RouteCondition[]) => void;
  suggestionsFor: (field: RouteCondition["field"]) => string[];
  errorAt: (field: string) => string | undefined;
};

const fresh: RouteCondition = { field: "title", op: "regex", values: [] };
const most = 20;

/** What must hold besides the lists: patterns, thresholds, and what must not be. */
export function ConditionRows({ conditions, onChange, suggestionsFor, errorAt }: ConditionRowsProps) {
  const box = useRef<HTMLDivElement>(null);
  return (
    <FieldSet
      className="gap-3"
      legend="And all of these"
      help={conditions.length === 0 ? "Patterns, thresholds and exceptions; none yet." : undefined}
    >
      <div ref={box} className="flex flex-col gap-3 empty:hidden">
        {conditions.map((condition, index) => (
          <ConditionRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; nothing else tells two alike apart
            key={index}
            place={index + 1}
            condition={condition}
            suggestions={suggestionsFor(condition.field)}
            error={errorAt(`conditions[${index}]`)}
            onChange={(next) => onChange(conditions.with(index, next))}
            onRemove={(pressed) => keepFocus(pressed, () => onChange(conditions.toSpliced(index, 1)))}
          />
        ))}
      </div>
      <Button
        size="xs"
        className="w-fit border-dashed touch:h-11"
        disabled={conditions.length >= most}
        onClick={() => {
          onChange([...conditions, fresh]);
          // The new row takes the focus, so that a keyboard goes on where it was added.
          requestAnimationFrame(() =>
            box.current?.querySelector<HTMLElement>("fieldset:last-child [role=combobox]")?.focus(),
          );
        }}
      >
        <Plus aria-hidden />
        Pattern or threshold
      </Button>
    </FieldSet>
  );
}
