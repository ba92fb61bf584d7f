"use client";

import { NumberField } from "@/components/settings/number-field";
import type { DestinationFormProps } from "./destination-form";
import { numberOf, withSetting } from "./webhook-settings";

/** How long a local destination keeps what it was given. */
export function RetentionField({ row, onChange, errorAt }: DestinationFormProps) {
  return (
    <NumberField
      label="Kept for"
      note="(optional)"
      className="sm:max-w-72"
      unit="days"
      min={1}
      max={36_500}
      help="Without a number: as long as Safety Defaults say."
      value={numberOf(row.config, "retention_days")}
      error={errorAt("config.retention_days")}
      onChange={(days) => onChange({ ...row, config: withSetting(row.config, "retention_days", days) })}
    />
  );
}
