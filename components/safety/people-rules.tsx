"use client";

import { Section } from "@/components/layout/section";
import { ApproverPicker } from "@/components/settings/approver-picker";
import { NumberField } from "@/components/settings/number-field";
import { PeopleCount } from "@/components/settings/people-count";
import { SwitchRow } from "@/components/settings/switch-row";
import { Alert } from "@/components/ui/alert";
import type { SafetyFormProps } from "./safety-form";

/** How many people, which of them, and when one admin may go around that. */
export function PeopleRules({ section, setSafety, errorAt }: SafetyFormProps) {
  const safety = section.safety_defaults;
  return (
    <Section title="Who must approve">
      <p className="text-muted-foreground">
        A route, a project or a log source may ask for more; the highest number counts. A setting that names
        people is met by their approvals alone, and each such setting must be met. Where more than one is
        needed, people are named, or one of the rules below holds, only people who are signed in count, and no
        token.
      </p>
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <PeopleCount
            label="High risk"
            value={safety.approvals_required_high_risk}
            error={errorAt("safety_defaults.approvals_required_high_risk")}
            onChange={(approvals_required_high_risk) => setSafety({ approvals_required_high_risk })}
          />
          <PeopleCount
            label="Critical risk"
            value={safety.approvals_required_critical_risk}
            error={errorAt("safety_defaults.approvals_required_critical_risk")}
            onChange={(approvals_required_critical_risk) => setSafety({ approvals_required_critical_risk })}
          />
          <ApproverPicker
            label="Named for high risk"
            ids={safety.approvers_high_risk}
            count={safety.approvals_required_high_risk}
            error={errorAt("safety_defaults.approvers_high_risk")}
            onChange={(approvers_high_risk) => setSafety({ approvers_high_risk })}
          />
          <ApproverPicker
            label="Named for critical risk"
            ids={safety.approvers_critical_risk}
            count={safety.approvals_required_critical_risk}
            error={errorAt("safety_defaults.approvers_critical_risk")}
            onChange={(approvers_critical_risk) => setSafety({ approvers_critical_risk })}
          />
        </div>
        <SwitchRow
          label="No author approves their own"
          help="Whoever reported it by hand, or edited its text last. A route may ask for this alone."
          checked={safety.author_may_not_approve}
          onChange={(author_may_not_approve) => setSafety({ author_may_not_approve })}
        />
        <SwitchRow
          label="High risk needs a fresh proof"
          help="The approver gives their password or one-time code again, at most ten minutes before."
          checked={safety.require_step_up_for_high_risk}
          onChange={(require_step_up_for_high_risk) => setSafety({ require_step_up_for_high_risk })}
        />
        {safety.require_step_up_for_high_risk ? null : (
          <Alert title="Recommended once people approve in the panel.">
            While it is off an admin token may approve high risk too, as scripts may need.
          </Alert>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label="Break-glass, one person"
            unit="in 24 h"
            max={100}
            fallback={3}
            help="An admin approves alone; somebody else reviews it. 0: never."
            value={safety.break_glass_per_person}
            error={errorAt("safety_defaults.break_glass_per_person")}
            onChange={(count) => setSafety({ break_glass_per_person: count ?? 3 })}
          />
          <NumberField
            label="Break-glass, everybody"
            unit="in 24 h"
            max={100}
            fallback={10}
            help="All admins together. 0: never."
            value={safety.break_glass_overall}
            error={errorAt("safety_defaults.break_glass_overall")}
            onChange={(count) => setSafety({ break_glass_overall: count ?? 10 })}
          />
        </div>
      </div>
    </Section>
  );
}
