"use client";

import { NotificationRules } from "@/components/notifications/notification-rules";
import { messageAt } from "@/components/settings/issue-paths";
import { SettingsSave } from "@/components/settings/settings-save";
import { useConfigCheck } from "@/components/settings/use-config-check";
import { useConfigDraft } from "@/components/settings/use-config-draft";
import type { ConfigWire } from "@/lib/contracts/config";
import { ApprovalRules } from "./approval-rules";
import { ApprovalTable } from "./approval-table";
import { ApprovalTerms } from "./approval-terms";
import { HighRiskFields } from "./high-risk-fields";
import { Limits } from "./limits";
import { MonitorSwitch } from "./monitor-switch";
import { PeopleRules } from "./people-rules";
import { BlockingRules, RetentionRules } from "./record-rules";
import { RedactionRules } from "./redaction-rules";
import { type SafetyFormProps, safetyKeys } from "./safety-form";
import { ReassessmentRules, TriageRules } from "./upkeep-rules";

type SafetyEditorProps = { config: ConfigWire; canEdit: boolean };

/** The rules that hold where nothing else is said. At the right what they come to. */
export function SafetyEditor({ config, canEdit }: SafetyEditorProps) {
  const draft = useConfigDraft("safety", safetyKeys, config);
  const check = useConfigCheck(draft.patch, draft.base.updated_at_ms, canEdit);
  const form: SafetyFormProps = {
    section: draft.value,
    update: (part) => draft.update(() => part),
    setSafety: (part) =>
      draft.update(({ safety_defaults }) => ({ safety_defaults: { ...safety_defaults, ...part } })),
    errorAt: (path) => messageAt([...check.errors, ...check.warnings], path),
  };
  return (
    <>
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="grid gap-x-10 gap-y-8 px-4 py-5 md:px-6 lg:grid-cols-[minmax(0,600px)_minmax(280px,392px)]">
          <div className="flex min-w-0 flex-col gap-8">
            <MonitorSwitch
              config={config}
              canEdit={canEdit}
              isOn={draft.value.enabled}
              onSwitch={(enabled) => draft.update(() => ({ enabled }))}
            />
            <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-8">
              <ApprovalRules {...form} />
              <PeopleRules {...form} />
              <HighRiskFields {...form} />
              <ApprovalTerms {...form} />
              <BlockingRules {...form} />
            </fieldset>
            <RedactionRules {...form} canEdit={canEdit} />
            <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-8">
              <RetentionRules {...form} />
              <TriageRules {...form} />
              <ReassessmentRules {...form} />
            </fieldset>
            <NotificationRules canEdit={canEdit} />
          </div>
          <div className="flex min-w-0 flex-col gap-8 max-lg:contents lg:sticky lg:top-5 lg:self-start">
            <ApprovalTable section={draft.value} className="max-lg:order-first" />
            <Limits />
          </div>
        </div>
      </div>
      <SettingsSave draft={draft} canEdit={canEdit} check={check} />
    </>
  );
}
