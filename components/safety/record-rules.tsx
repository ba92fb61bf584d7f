"use client";

import Link from "next/link";
import { Section } from "@/components/layout/section";
import { NamedSetting } from "@/components/settings/named-setting";
import { NumberField } from "@/components/settings/number-field";
import { SwitchRow } from "@/components/settings/switch-row";
import { retentionPath } from "@/lib/paths";
import type { SafetyFormProps } from "./safety-form";

/** What waits for readiness. */
export function BlockingRules({ section, setSafety }: SafetyFormProps) {
  const safety = section.safety_defaults;
  return (
    <Section title="When something is not ready">
      <div className="flex flex-col gap-3">
        <NamedSetting field="safety_defaults.block_unready_destinations">
          <SwitchRow
            label="Stop at destinations that are not ready"
            help="Deliveries wait as blocked, with the reason. Nothing is lost."
            checked={safety.block_unready_destinations}
            onChange={(block_unready_destinations) => setSafety({ block_unready_destinations })}
          />
        </NamedSetting>
        <SwitchRow
          label="Stop what comes from sources that are not ready"
          help="A source without owner, classification, freshness or schema is reported, and with this it may not publish."
          checked={safety.block_unready_sources}
          onChange={(block_unready_sources) => setSafety({ block_unready_sources })}
        />
      </div>
    </Section>
  );
}

/** How long records are kept. */
export function RetentionRules({ section, setSafety, errorAt }: SafetyFormProps) {
  return (
    <Section title="Retention">
      <NamedSetting field="safety_defaults.retention_days">
        <NumberField
          label="Keep records for"
          note="(optional)"
          className="sm:max-w-48"
          unit="days"
          min={1}
          max={36_500}
          help="Empty: until somebody deletes them."
          value={section.safety_defaults.retention_days}
          error={errorAt("safety_defaults.retention_days")}
          onChange={(retention_days) => setSafety({ retention_days })}
        />
      </NamedSetting>
      <p className="text-12 text-muted-foreground">
        Older receipts and incidents are hidden, and the evidence and local records about them are dropped;
        not while the monitor is paused or off. Digests, idempotency keys and the audit trail stay either way.
        Profiles that erase texts, legal holds and what goes next are under{" "}
        <Link href={retentionPath()} className="link">
          Retention
        </Link>
        .
      </p>
    </Section>
  );
}
