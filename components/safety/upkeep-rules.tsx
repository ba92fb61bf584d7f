"use client";

import Link from "next/link";
import { Section } from "@/components/layout/section";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { ModelPolicyFields } from "@/components/settings/model-policy-fields";
import { NumberField } from "@/components/settings/number-field";
import { SwitchRow } from "@/components/settings/switch-row";
import { askingOf, askingRows, withAskingOf } from "@/components/settings/triage-model";
import { TriageModelFields } from "@/components/settings/triage-model-fields";
import { reassessmentsPath } from "@/lib/paths";
import type { SafetyFormProps } from "./safety-form";

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** How long triage may take and which models may help. */
export function TriageRules({ section, update, errorAt }: SafetyFormProps) {
  const timeoutMs = section.triage_timeout_ms;
  return (
    <Section title="Triage">
      <div className="flex flex-col gap-4">
        <SwitchRow
          label="It has a deadline"
          help={
            timeoutMs === null
              ? "Off: a run may take as long as it needs."
              : "After it a run counts as timed out; the draft stays."
          }
          checked={timeoutMs !== null}
          onChange={(on) => update({ triage_timeout_ms: on ? 30 * minuteMs : null })}
        />
        {timeoutMs === null ? null : (
          <NumberField
            label="Deadline"
            className="sm:max-w-48"
            unit="minutes"
            min={0}
            max={10_080}
            fallback={30}
            help="0: nobody waits for it."
            value={Math.round(timeoutMs / minuteMs)}
            error={errorAt("triage_timeout_ms")}
            onChange={(minutes) => update({ triage_timeout_ms: (minutes ?? 30) * minuteMs })}
          />
        )}
        <ModelPolicyFields
          policy={section.model_policy}
          empty="None named: triage works without a model."
          error={errorAt("model_policy")}
          onChange={(model_policy) => update({ model_policy })}
        />
        <ChoiceSelect
          label="Ask destinations whether it was filed before"
          className="sm:max-w-100"
          options={askingRows}
          value={askingOf(section.model_policy)}
          onChange={(level) => update({ model_policy: withAskingOf(section.model_policy, level) })}
        />
        <TriageModelFields
          policy={section.model_policy}
          onChange={(model_policy) => update({ model_policy })}
        />
      </div>
    </Section>
  );
}

/** How often the security posture is looked at again. */
export function ReassessmentRules({ section, update, errorAt }: SafetyFormProps) {
  const row = section.reassessment;
  const set = (part: Partial<typeof row>) => update({ reassessment: { ...row, ...part } });
  return (
    <Section title="Reassessment">
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 sm:max-w-100 sm:grid-cols-2">
          <NumberField
            label="At least every"
            unit="hours"
            min={1}
            max={8_760}
            fallback={168}
            value={Math.max(1, Math.round(row.cadence_ms / hourMs))}
            error={errorAt("reassessment.cadence_ms")}
            onChange={(hours) => set({ cadence_ms: (hours ?? 168) * hourMs })}
          />
          <NumberField
            label="Overdue after"
            unit="hours"
            min={0}
            max={8_760}
            fallback={24}
            value={Math.round(row.overdue_grace_ms / hourMs)}
            error={errorAt("reassessment.overdue_grace_ms")}
            onChange={(hours) => set({ overdue_grace_ms: (hours ?? 24) * hourMs })}
          />
        </div>
        <SwitchRow
          label="Also after a change of these settings"
          help="A change of destinations, routes or safety is a reason to look again."
          checked={row.change_triggers_enabled}
          onChange={(change_triggers_enabled) => set({ change_triggers_enabled })}
        />
        <p className="text-12 text-muted-foreground">
          What was found, and when it is due again, is under{" "}
          <Link className="underline underline-offset-2 hover:text-foreground" href={reassessmentsPath()}>
            Reassessments
          </Link>
          .
        </p>
      </div>
    </Section>
  );
}
