import { destinationKinds } from "@/components/destinations/kinds";
import { type DescribedField, type DescribedRow, listWords, yesNo } from "@/components/settings/described";
import type { SafetyDefaultsWire } from "@/lib/contracts/config";

const hourMs = 3_600_000;

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
      { label: "Approval holds for", value: `${safety.approval_ttl_ms / hourMs} h` },
      { label: "Approval covers", value: bindingWord[safety.approval_binding] },
      { label: "Send when approved", value: yesNo(safety.publish_on_approval) },
      { label: "Stop at unready destinations", value: yesNo(safety.block_unready_destinations) },
      { label: "Stop at unready sources", value: yesNo(safety.block_unready_sources) },
      { label: "Keep records for", value: safety.retention_days ? `${safety.retention_days} days` : "" },
      { label: "Redaction profile", value: safety.redaction_profile },
    ],
  };
}

export const bindingWord: Record<SafetyDefaultsWire["approval_binding"], string> = {
  content: "exactly what was approved",
  draft: "the draft, also when it changes",
};

export function describeMonitor(fields: { label: string; value: boolean }[]): DescribedRow {
  const shown: DescribedField[] = fields.map(({ label, value }) => ({ label, value: yesNo(value) }));
  return { id: "monitor", kind: "", title: "Monitor", fields: shown };
}
