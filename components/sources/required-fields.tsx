"use client";

import { X } from "lucide-react";
import { FieldSet } from "@/components/ui/field-set";
import type { LogField } from "./edit-reading";
import { FieldAdder } from "./field-adder";
import { logFieldWords } from "./log-field-words";

type RequiredFieldsProps = { fields: readonly LogField[]; onChange: (fields: LogField[]) => void };

/** What a failure of this source must carry; one without it is set aside instead of drafted. */
export function RequiredFields({ fields, onChange }: RequiredFieldsProps) {
  return (
    <FieldSet legend="A failure must have" help="One without is set aside for a person and drafts nothing.">
      {fields.length > 0 ? (
        <ul className="flex flex-wrap gap-1">
          {fields.map((field) => (
            <li
              key={field}
              className="inline-flex h-6 items-center rounded-sm border border-border-strong bg-background pl-1.5 text-12 font-medium touch:h-9"
            >
              {logFieldWords[field]}
              <button
                type="button"
                aria-label={`Do not require ${logFieldWords[field].toLowerCase()}`}
                onClick={() => onChange(fields.filter((other) => other !== field))}
                className="grid size-6 flex-none place-items-center text-muted-foreground hover:text-foreground disabled:hidden touch:size-9"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <FieldAdder label="Require a field…" taken={fields} onAdd={(field) => onChange([...fields, field])} />
    </FieldSet>
  );
}
