"use client";

import { MoreSettings } from "@/components/settings/more-settings";
import { NumberField } from "@/components/settings/number-field";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { FieldSet } from "@/components/ui/field-set";
import type { DestinationFormProps } from "./destination-form";
import { optIns } from "./network-settings";
import { WebhookExtras } from "./webhook-extras";
import { flagOf, numberOf, webhookNumbers, withSetting } from "./webhook-settings";

/** Limits, and what only a development set-up should open. */
export function WebhookAdvanced(props: DestinationFormProps & { secretMissing: boolean }) {
  const { row, onChange, errorAt } = props;
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
      <WebhookExtras {...props} />
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
