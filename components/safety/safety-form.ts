import type { ConfigSection } from "@/components/settings/config-section";
import type { SafetyDefaultsWire } from "@/lib/contracts/config";

export const safetyKeys = [
  "enabled",
  "require_approval_for_new_issues",
  "safety_defaults",
  "triage_timeout_ms",
  "model_policy",
  "reassessment",
] as const;
export type SafetySection = ConfigSection<(typeof safetyKeys)[number]>;

/** What each part of the page is given. */
export type SafetyFormProps = {
  section: SafetySection;
  update: (part: Partial<SafetySection>) => void;
  setSafety: (part: Partial<SafetyDefaultsWire>) => void;
  errorAt: (path: string) => string | undefined;
};
