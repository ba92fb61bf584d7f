"use client";

import { MoreSettings } from "@/components/settings/more-settings";
import { NumberField } from "@/components/settings/number-field";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { FieldSet } from "@/components/ui/field-set";
import type { DestinationFormProps } from "./destination-form";
import { flagOf, numberOf, webhookNumbers, withSetting } from "./webhook-settings";

const optIns = [
  { key: "allow_insecure_http", label: "Allow plain HTTP", help: "Signed, but readable on the way." },
  {
    key: "allow_private_networks",
    label: "Allow private addresses",
    help: "Loopback and the local network. Cloud metadata addresses stay closed.",
  },
];

/** Limits, and what only a development set-up should open. */
export function WebhookAdvanced({ row, onChange, errorAt }: DestinationFormProps) {
  const set = (key: string, value: number | boolean | undefined) =>
    onChange({ ...row, config: withSetting(row.config, key, value) });
  const own = webhookNumbers.filter(({ key }) => numberOf(row.config, key) !== undefined).length;
  const open = optIns.filter(({ key }) => flagOf(row.config, key)).length;
  return (
    <MoreSettings
      title="Advanced"
      summary={own + open === 0 ? "limits as they come" : `${own + open} set by hand`}
      open={open > 0}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {webhookNumbers.map(({ key, label, help, unit, fallback, min, max }) => (
          <NumberField
            key={key}
            label={label}
            help={help}
            unit={unit}
            fallback={fallback}
            min={min}
            max={max}
            value={numberOf(row.config, key)}
            error={errorAt(`config.${key}`)}
            onChange={(value) => set(key, value)}
          />
        ))}
      </div>
      <FieldSet legend="Development only">
        {optIns.map(({ key, label, help }) => (
          <Choice key={key} label={label} help={help}>
            <Checkbox
              checked={flagOf(row.config, key)}
              onCheckedChange={(checked) => set(key, checked === true ? true : undefined)}
            />
          </Choice>
        ))}
      </FieldSet>
    </MoreSettings>
  );
}
