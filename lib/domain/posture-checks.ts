import type { AuthorityInventory } from "./authority-inventory";
import {
  type PostureCategory,
  type PostureRule,
  type PostureRuleId,
  type PostureSeverity,
  postureRanks,
  postureRules,
} from "./posture";
import { namedApproversUnreachable } from "./posture-approver-rule";
import { type PostureFinding, postureFinding } from "./posture-finding";
import {
  externalActionMissingReceipt,
  recurringDeniedAction,
  sourceReadinessFailed,
} from "./posture-record-rules";
import {
  broadSourceDestinationScope,
  externalDestinationWithoutApproval,
  missingTenantContext,
  retentionDaysUnset,
  unreadyDestinationFailOpen,
} from "./posture-setting-rules";
import { highRiskToolWithoutApproval, mcpServerWithoutToolAllowlist } from "./posture-tool-rules";

export type PostureMode = "dry_run" | "enabled" | "disabled";
export const postureModes: readonly PostureMode[] = ["dry_run", "enabled", "disabled"];

/** As a reader asks: words, in any spelling. `rules` null: all of them. */
export type PostureAsk = {
  mode?: string | null;
  rules?: readonly string[] | null;
  disabledRules?: readonly string[];
  minSeverity?: string | null;
};

export type PosturePolicy = {
  mode: PostureMode;
  /** A label of the contract: nothing is ever changed by a check. */
  dryRun: boolean;
  enabledRuleIds: PostureRuleId[];
  disabledRuleIds: PostureRuleId[];
  /** As asked; a word that is no severity filters nothing. */
  minSeverity: string;
};

export type PostureChecks = {
  policy: PosturePolicy;
  findings: PostureFinding[];
  counts: {
    findings: number;
    bySeverity: Partial<Record<PostureSeverity, number>>;
    byCategory: Partial<Record<PostureCategory, number>>;
    activeRules: number;
  };
};

const checks: Readonly<Record<PostureRuleId, PostureRule>> = {
  high_risk_tool_without_approval: highRiskToolWithoutApproval,
  mcp_server_without_tool_allowlist: mcpServerWithoutToolAllowlist,
  broad_source_destination_scope: broadSourceDestinationScope,
  missing_tenant_context: missingTenantContext,
  external_destination_without_approval: externalDestinationWithoutApproval,
  unready_destination_fail_open: unreadyDestinationFailOpen,
  external_action_missing_receipt: externalActionMissingReceipt,
  recurring_denied_action: recurringDeniedAction,
  source_readiness_failed: sourceReadinessFailed,
  retention_days_unset: retentionDaysUnset,
  named_approvers_unreachable: namedApproversUnreachable,
};

const modeSynonyms: Readonly<Record<string, PostureMode>> = {
  ...{ enabled: "enabled", enable: "enabled", enforced: "enabled" },
  ...{ disabled: "disabled", disable: "disabled", off: "disabled" },
};

/** Anything that is no synonym of another mode is `dry_run`. */
export function postureMode(asked: string | null | undefined): PostureMode {
  const word = (asked ?? "").trim().toLowerCase();
  return Object.hasOwn(modeSynonyms, word) ? (modeSynonyms[word] ?? "dry_run") : "dry_run";
}

/** What is asked, settled. Unknown ids are of no rule and fire nothing; an empty list asks for all. */
export function posturePolicy(ask: PostureAsk): PosturePolicy {
  const mode = postureMode(ask.mode);
  const asked = named(ask.rules ?? []);
  const refused = named(ask.disabledRules ?? []);
  const isOn = (ruleId: string) =>
    (asked.length === 0 || asked.includes(ruleId)) && !refused.includes(ruleId);
  const ids = postureRules.map((rule) => rule.ruleId);
  return {
    mode,
    dryRun: mode !== "enabled",
    enabledRuleIds: mode === "disabled" ? [] : ids.filter(isOn),
    disabledRuleIds: mode === "disabled" ? [...ids] : ids.filter((ruleId) => !isOn(ruleId)),
    minSeverity: (ask.minSeverity ?? "").trim().toLowerCase() || "low",
  };
}

/** Every rule that is on, over what the reader may see. Worst first; findings that say the same are one. */
export function checkPosture(
  { inventory }: Pick<AuthorityInventory, "inventory">,
  ask: PostureAsk,
  sha256: (text: string) => string,
): PostureChecks {
  const policy = posturePolicy(ask);
  const floor = rankOf(policy.minSeverity);
  const found = new Map<string, PostureFinding>();
  for (const ruleId of policy.enabledRuleIds) {
    for (const fault of checks[ruleId](inventory)) {
      if (postureRanks[fault.severity] < floor) continue;
      const finding = postureFinding(fault, { dryRun: policy.dryRun, sha256 });
      if (!found.has(finding.fingerprint)) found.set(finding.fingerprint, finding);
    }
  }
  const findings = [...found.values()].sort(
    (left, right) => postureRanks[right.severity] - postureRanks[left.severity],
  );
  return {
    policy,
    findings,
    counts: {
      findings: findings.length,
      bySeverity: tally(findings.map((each) => each.severity)),
      byCategory: tally(findings.map((each) => each.category)),
      activeRules: policy.enabledRuleIds.length,
    },
  };
}

const rankOf = (severity: string): number =>
  Object.hasOwn(postureRanks, severity) ? postureRanks[severity as PostureSeverity] : 0;

const named = (ids: readonly string[]): string[] => ids.map((id) => id.trim()).filter(Boolean);

function tally<Word extends string>(of: readonly Word[]): Partial<Record<Word, number>> {
  const counts: Partial<Record<Word, number>> = {};
  for (const word of of) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
