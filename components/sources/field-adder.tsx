"use client";

import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { LogField } from "./edit-reading";
import { logFieldNames, logFieldWords } from "./log-field-words";

type FieldAdderProps = { label: string; taken: readonly LogField[]; onAdd: (field: LogField) => void };

/** Picks one more field of a line; goes back to its prompt each time. */
export function FieldAdder({ label, taken, onAdd }: FieldAdderProps) {
  const left = logFieldNames.filter((field) => !taken.includes(field));
  if (left.length === 0) return null;
  return (
    <Select key={taken.length} onValueChange={(field) => onAdd(field as LogField)}>
      <SelectTrigger size="sm" aria-label={label} className="w-44 touch:h-11">
        <SelectValue placeholder={label} />
      </SelectTrigger>
      <SelectContent>
        {left.map((field) => (
          <SelectItem key={field} value={field}>
            {logFieldWords[field]}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
