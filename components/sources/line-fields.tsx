"use client";

import { ChipField } from "@/components/settings/chip-field";
import type { LogReadingWire } from "@/lib/contracts/config";
import { withReading } from "./edit-reading";
import { FieldMappingRows } from "./field-mapping-rows";
import { RequiredFields } from "./required-fields";
import { RiskFields } from "./risk-fields";

type LineFieldsProps = {
  reading: LogReadingWire | undefined;
  onChange: (reading: LogReadingWire | undefined) => void;
  /** Of a key of the reading. */
  errorAt: (field: string) => string | undefined;
};

/** What of a log is a failure, where its parts are found, and how serious it is. */
export function LineFields({ reading, onChange, errorAt }: LineFieldsProps) {
  const change = (part: Partial<LogReadingWire>) => onChange(withReading(reading, part));
  return (
    <div className="flex flex-col gap-5">
      <ChipField
        label="Ignore lines like"
        mono
        whole
        values={reading?.ignore_patterns ?? []}
        placeholder="^GET /health"
        help="Patterns (RE2). What any of them matches is no failure."
        error={errorAt("ignore_patterns")}
        onChange={(ignore_patterns) => change({ ignore_patterns })}
      />
      <ChipField
        label="A failure starts at"
        mono
        whole
        values={reading?.trigger_patterns ?? []}
        placeholder="^E\d{4} "
        help="Patterns (RE2) for plain text without level words."
        error={errorAt("trigger_patterns")}
        onChange={(trigger_patterns) => change({ trigger_patterns })}
      />
      <FieldMappingRows
        mapping={reading?.field_mapping}
        errorAt={errorAt}
        onChange={(field_mapping) => change({ field_mapping })}
      />
      <RiskFields reading={reading} errorAt={errorAt} onChange={change} />
      <RequiredFields
        fields={reading?.required_fields ?? []}
        onChange={(required_fields) => change({ required_fields })}
      />
    </div>
  );
}
