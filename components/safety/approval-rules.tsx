"use client";

import { Section } from "@/components/layout/section";
import { NamedSetting } from "@/components/settings/named-setting";
import { NumberField } from "@/components/settings/number-field";
import { SwitchRow } from "@/components/settings/switch-row";
import { Alert } from "@/components/ui/alert";
import type { SafetyFormProps } from "./safety-form";

/** When a person must approve, and what happens after. */
export function ApprovalRules({ section, update, setSafety, errorAt }: SafetyFormProps) {
  const safety = section.safety_defaults;
  return (
    <Section title="When a person must approve">
      <div className="flex flex-col gap-3">
        <NamedSetting field="safety_defaults.require_approval_for_high_risk">
          <SwitchRow
            label="High risk"
            help="Whatever counts as high risk below. Not even a route that says never waives it."
            checked={safety.require_approval_for_high_risk}
            onChange={(require_approval_for_high_risk) => setSafety({ require_approval_for_high_risk })}
          />
        </NamedSetting>
        {safety.require_approval_for_high_risk ? null : (
          <Alert tone="waiting" title="High risk may leave without a person">
            unless a route, a source or a destination asks for one.
          </Alert>
        )}
        <SwitchRow
          label="Every new issue"
          help="A route or source that says never may waive this one."
          checked={section.require_approval_for_new_issues}
          onChange={(value) => update({ require_approval_for_new_issues: value })}
        />
        <SwitchRow
          label="Send as soon as it is approved"
          help="Off: approving and publishing are two decisions, by one person or two."
          checked={safety.publish_on_approval}
          onChange={(publish_on_approval) => setSafety({ publish_on_approval })}
        />
        <NumberField
          label="Time to undo a publish"
          className="sm:max-w-48"
          unit="seconds"
          min={0}
          max={60}
          fallback={0}
          help="Nothing leaves before, and a publish can be undone until then. Who publishes may ask for more."
          value={Math.round(safety.publish_grace_ms / 1_000)}
          error={errorAt("safety_defaults.publish_grace_ms")}
          onChange={(seconds) => setSafety({ publish_grace_ms: (seconds ?? 0) * 1_000 })}
        />
        {safety.publish_on_approval ? (
          <Alert tone="waiting" title="Approving sends.">
            There is no second look: the moment somebody approves, the draft leaves for every destination it
            was approved for.
          </Alert>
        ) : null}
      </div>
    </Section>
  );
}
