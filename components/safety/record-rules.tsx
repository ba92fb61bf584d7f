"use client";

import { Section } from "@/components/layout/section";
import { NumberField } from "@/components/settings/number-field";
import { SwitchRow } from "@/components/settings/switch-row";
import { Redaction } from "@/components/state/redaction";
import { StateLabel } from "@/components/state/state-label";
import type { SafetyFormProps } from "./safety-form";

/** Blocking, redaction and how long records are kept. */
export function RecordRules({ section, setSafety, errorAt }: SafetyFormProps) {
  const safety = section.safety_defaults;
  return (
    <>
      <Section title="When something is not ready">
        <div className="flex flex-col gap-3">
          <SwitchRow
            label="Stop at destinations that are not ready"
            help="Deliveries wait as blocked, with the reason. Nothing is lost."
            checked={safety.block_unready_destinations}
            onChange={(block_unready_destinations) => setSafety({ block_unready_destinations })}
          />
          <SwitchRow
            label="Stop what comes from sources that are not ready"
            help="A source without owner, classification, freshness or schema is reported, and with this it may not publish."
            checked={safety.block_unready_sources}
            onChange={(block_unready_sources) => setSafety({ block_unready_sources })}
          />
        </div>
      </Section>
      <Section title="Redaction" aside={<StateLabel state="destinationReady" word="Always on" />}>
        <p>
          Secrets, tokens and card numbers are taken out before anything is stored and again before anything
          leaves. In their place stands what was removed: <Redaction kind="bearer_token" />. This cannot be
          switched off.
        </p>
      </Section>
      <Section title="Retention">
        <NumberField
          label="Keep records for"
          note="(optional)"
          className="sm:max-w-48"
          unit="days"
          min={1}
          max={36_500}
          help="Empty: until somebody deletes them. Digests and the audit trail stay either way."
          value={safety.retention_days}
          error={errorAt("safety_defaults.retention_days")}
          onChange={(retention_days) => setSafety({ retention_days })}
        />
      </Section>
    </>
  );
}
