"use client";

import { X } from "lucide-react";
import { ChipField } from "@/components/settings/chip-field";
import { Button } from "@/components/ui/button";
import { FieldSet } from "@/components/ui/field-set";
import type { LogReadingWire } from "@/lib/contracts/config";
import { type LogField, withMapping } from "./edit-reading";
import { FieldAdder } from "./field-adder";
import { logFieldNames, logFieldWords } from "./log-field-words";

type FieldMappingRowsProps = {
  mapping: LogReadingWire["field_mapping"];
  onChange: (mapping: NonNullable<LogReadingWire["field_mapping"]>) => void;
  errorAt: (field: string) => string | undefined;
};

/** Under which keys of a line each thing is found; they are tried before the usual ones. */
export function FieldMappingRows({ mapping, onChange, errorAt }: FieldMappingRowsProps) {
  const mapped = logFieldNames.filter((field) => mapping?.[field] !== undefined);
  return (
    <FieldSet
      legend="Found under other keys"
      help="Tried in order, before the usual ones. A dot reaches into nested objects: log.level"
    >
      {mapped.map((field: LogField) => (
        <div key={field} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2">
          <ChipField
            label={logFieldWords[field]}
            mono
            values={mapping?.[field] ?? []}
            placeholder="severity_text"
            error={errorAt(`field_mapping.${field}`)}
            onChange={(keys) => onChange(withMapping(mapping, field, keys))}
          />
          <Button
            variant="ghost"
            size="icon"
            className="mt-[26px]"
            aria-label={`Do not map ${logFieldWords[field].toLowerCase()}`}
            onClick={() => onChange(withMapping(mapping, field, null))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <FieldAdder
        label="Map a field…"
        taken={mapped}
        onAdd={(field) => onChange(withMapping(mapping, field, []))}
      />
    </FieldSet>
  );
}
