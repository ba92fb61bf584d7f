import { destinationKinds } from "@/components/destinations/kinds";
import { daysWords, keptKinds } from "@/components/retention/retention-words";
import {
  type DescribedField,
  type DescribedRow,
  jsonWords,
  listWords,
  yesNo,
} from "@/components/settings/described";
import type { ConfigWire, SafetyDefaultsWire } from "@/lib/contracts/config";
import type { RedactionProfileWire, RetentionProfileWire } from "@/lib/contracts/config-safety";

const hourMs = 3_600_000;

const durationOf = (ms: number) => (ms % hourMs === 0 ? `${ms / hourMs} h` : `${ms} ms`);

export function describeSafety(safety: SafetyDefaultsWire): DescribedRow {
  const kinds = safety.high_risk_destination_kinds.map((kind) => destinationKinds[kind].long);
  return {
    id: "safety",
    kind: "",
    title: "Safety defaults",
    fields: [
      { label: "Approval of high risk", value: yesNo(safety.require_approval_for_high_risk) },
      { label: "Lowest risk counted", value: safety.minimum_risk_level ?? "" },
      { label: "High-risk categories", value: listWords(safety.high_risk_categories) },
      { label: "High-risk destinations", value: listWords(kinds) },
      { label: "Approval holds for", value: durationOf(safety.approval_ttl_ms) },
      { label: "Approval covers", value: bindingWord[safety.approval_binding] },
      { label: "Send when approved", value: yesNo(safety.publish_on_approval) },
      { label: "Time to undo a publish", value: graceWords(safety.publish_grace_ms) },
      { label: "People for high risk", value: String(safety.approvals_required_high_risk) },
      { label: "People for critical risk", value: String(safety.approvals_required_critical_risk) },
      { label: "Named for high risk", value: listWords(safety.approvers_high_risk ?? []) },
      { label: "Named for critical risk", value: listWords(safety.approvers_critical_risk ?? []) },
      { label: "Authors may not approve", value: yesNo(safety.author_may_not_approve) },
      { label: "Fresh proof for high risk", value: yesNo(safety.require_step_up_for_high_risk) },
      {
        label: "Break-glass in 24 h",
        value: `${safety.break_glass_per_person} each, ${safety.break_glass_overall} in all`,
      },
      { label: "Stop at unready destinations", value: yesNo(safety.block_unready_destinations) },
      { label: "Stop at unready sources", value: yesNo(safety.block_unready_sources) },
      { label: "Keep records for", value: safety.retention_days ? `${safety.retention_days} days` : "" },
      { label: "Default retention profile", value: safety.retention_profile ?? "" },
      { label: "Retention profiles", value: (safety.retention_profiles ?? []).map(profileWords).join("; ") },
      { label: "Redaction profile", value: safety.redaction_profile },
      {
        label: "Redaction profiles",
        value: (safety.redaction_profiles ?? []).map(redactionWords).join("; "),
      },
      { label: "Secrets are taken out", value: yesNo(safety.redact_secrets) },
    ],
  };
}

/** "clinic: email, iban, 1 own pattern". */
function redactionWords(row: RedactionProfileWire): string {
  const own = row.patterns?.length ? [`${row.patterns.length} own patterns`] : [];
  const spared = row.allowed_values?.length ? [`${row.allowed_values.length} values spared`] : [];
  return `${row.profile_id}: ${[...row.personal_data, ...own, ...spared].join(", ") || "secrets alone"}`;
}

/** "week: incidents 7 days, drafts 7 days, then erased". */
function profileWords(row: RetentionProfileWire): string {
  const spans = keptKinds.flatMap(({ key, label }) =>
    row[key] ? [`${label.toLowerCase()} ${daysWords(row[key])}`] : [],
  );
  const end = row.mode === "delete" ? "then erased" : "then hidden";
  return `${row.profile_id}: ${[...spans, end].join(", ")}`;
}

const graceWords = (ms: number) => (ms === 0 ? "none" : `${ms / 1_000} s`);

export const bindingWord: Record<SafetyDefaultsWire["approval_binding"], string> = {
  content: "exactly what was approved",
  draft: "the draft, also when it changes",
};

const monitorId = { id: "monitor", kind: "", title: "Monitor" };

/** Whether it is on, and the rule that stands beside the safety defaults. Only of the keys given. */
export function describeMonitor(config: Partial<ConfigWire>): DescribedRow[] {
  const fields = [
    { label: "On", value: config.enabled },
    { label: "Paused", value: config.paused },
    { label: "Approval of every new issue", value: config.require_approval_for_new_issues },
  ].flatMap(({ label, value }) => (value === undefined ? [] : [{ label, value: yesNo(value) }]));
  return fields.length > 0 ? [{ ...monitorId, fields }] : [];
}

/** How long triage may take, by which models, and how often the posture is looked at again. Only of the keys given. */
export function describeUpkeep(config: Partial<ConfigWire>): DescribedRow[] {
  const { triage_timeout_ms: timeoutMs, model_policy, reassessment } = config;
  const triage: DescribedField[] = [
    ...(timeoutMs === undefined
      ? []
      : [{ label: "Deadline", value: timeoutMs === null ? "none" : `${timeoutMs / 1000} s` }]),
    ...("model_policy" in config ? [{ label: "Models", value: jsonWords(model_policy) }] : []),
  ];
  return [
    ...(triage.length > 0 ? [{ id: "triage", kind: "", title: "Triage", fields: triage }] : []),
    ...(reassessment
      ? [{ id: "reassessment", kind: "", title: "Reassessment", fields: reassessmentFields(reassessment) }]
      : []),
  ];
}

function reassessmentFields(row: ConfigWire["reassessment"]): DescribedField[] {
  return [
    { label: "Every", value: durationOf(row.cadence_ms) },
    { label: "Overdue after", value: durationOf(row.overdue_grace_ms) },
    { label: "After every change", value: yesNo(row.change_triggers_enabled) },
  ];
}
