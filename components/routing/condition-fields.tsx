"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { ChipField } from "@/components/settings/chip-field";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { FieldSet } from "@/components/ui/field-set";
import type { RouteWire } from "@/lib/contracts/config";
import { type ConditionField, conditions } from "./conditions";

type ConditionFieldsProps = {
  lists: Pick<RouteWire, ConditionField>;
  onChange: (field: ConditionField, values: string[]) => void;
  legend: string;
  /** Said while there is no condition at all. */
  empty?: string | undefined;
  suggestionsFor: (field: ConditionField) => string[];
  errorAt: (field: string) => string | undefined;
};

/** When a route or a silence holds: one line a condition, its values as chips. A condition without values is not there. */
export function ConditionFields({
  lists,
  onChange,
  legend,
  empty,
  suggestionsFor,
  errorAt,
}: ConditionFieldsProps) {
  const [opened, setOpened] = useState<readonly ConditionField[]>([]);
  const shown = conditions.filter(({ field }) => lists[field].length > 0 || opened.includes(field));
  const rest = conditions.filter((condition) => !shown.includes(condition));
  function remove(field: ConditionField) {
    setOpened(opened.filter((other) => other !== field));
    onChange(field, []);
  }
  return (
    <FieldSet className="gap-3" legend={legend} help={shown.length === 0 ? empty : undefined}>
      {shown.map(({ field, word, hint }) => (
        <ChipField
          key={field}
          label={`${word} is`}
          values={lists[field]}
          suggestions={suggestionsFor(field)}
          placeholder={hint}
          error={errorAt(field)}
          onChange={(values) => onChange(field, values)}
          aside={
            <Button
              variant="ghost"
              size="icon-xs"
              aria-label={`Remove the condition on ${word}`}
              className="-my-1"
              onClick={() => remove(field)}
            >
              <X aria-hidden />
            </Button>
          }
        />
      ))}
      <DropdownMenu modal={false}>
        <DropdownMenuTrigger asChild>
          <Button size="xs" className="w-fit border-dashed touch:h-11">
            <Plus aria-hidden />
            Condition
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="max-h-80 overflow-y-auto">
          {rest.map(({ field, word }) => (
            <DropdownMenuItem key={field} onSelect={() => setOpened([...opened, field])}>
              {word}
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
    </FieldSet>
  );
}
