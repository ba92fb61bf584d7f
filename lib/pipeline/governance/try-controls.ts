import { loadConfig } from "@/lib/db/config-store";
import { sha256Hex } from "@/lib/digest";
import type { AuthorityInventory } from "@/lib/domain/authority-inventory";
import { catchesUnapprovedTool } from "@/lib/domain/posture-canary";
import { checkPosture } from "@/lib/domain/posture-checks";
import {
  boundOutcomes,
  countResults,
  type ProbeId,
  type ProbeOutcome,
  type ProbePolicy,
  probeResults,
} from "@/lib/domain/probe";
import {
  highRiskOutcomes,
  keyOutcomes,
  mcpOutcomes,
  readinessOutcomes,
  toolPolicyOutcomes,
  webhookOutcomes,
} from "@/lib/domain/probe-outcomes";
import type { ProbeRunContent } from "@/lib/domain/probe-run";
import type { Context } from "../context";
import { readMcpServersFor } from "../mcp/read-mcp-servers";
import { readReadiness } from "../publishing/readiness";
import { listIntakeKeys } from "../settings/list-intake-keys";
import {
  exerciseMcp,
  exerciseReadiness,
  exerciseRouter,
  exerciseWebhooks,
  liveDestinations,
  type ProbeGround,
} from "./exercise-controls";

/**
 * Tries the controls that a policy selects and says what came of it. Nothing outside is called and nothing is written; who
 * calls has authorized. `sees`: which targets the reader may be told of, where not all of them.
 */
export async function tryControls(
  ctx: Context,
  policy: ProbePolicy,
  inventory: AuthorityInventory,
  sees: (outcome: ProbeOutcome) => boolean = () => true,
): Promise<ProbeRunContent> {
  const ground = await readGround(ctx);
  const bounded = await Promise.all(
    policy.selectedProbeIds.map(async (id) =>
      boundOutcomes((await tryControl(ctx, id, ground, inventory)).filter(sees)),
    ),
  );
  const results = probeResults(
    bounded.flatMap((each) => each.kept),
    policy,
    sha256Hex,
  );
  const leftOut = bounded.reduce((sum, each) => sum + each.leftOut, 0);
  return {
    policy,
    counts: countResults(results, leftOut),
    results,
    inventory: { generatedAtMs: inventory.generatedAtMs, counts: inventory.counts },
  };
}

async function readGround(ctx: Context): Promise<ProbeGround> {
  const config = await loadConfig(ctx.db);
  const everything: ProbeGround = { config, readiness: new Map(), mcpServers: new Map() };
  const [readiness, mcpServers] = await Promise.all([
    readReadiness(ctx, config),
    readMcpServersFor(ctx, liveDestinations(everything)),
  ]);
  return { config, readiness, mcpServers };
}

async function tryControl(
  ctx: Context,
  probeId: ProbeId,
  ground: ProbeGround,
  inventory: AuthorityInventory,
): Promise<ProbeOutcome[]> {
  const findingsOf = (ruleId: string) => checkPosture(inventory, { rules: [ruleId] }, sha256Hex).findings;
  switch (probeId) {
    case "approval_required_tool_policy":
      return toolPolicyOutcomes(findingsOf("high_risk_tool_without_approval"), catchesUnapprovedTool());
    case "route_preview_high_risk_approval":
      return highRiskOutcomes(await exerciseRouter(ctx, ground));
    case "destination_readiness_fail_closed":
      return readinessOutcomes(
        exerciseReadiness(ctx, ground),
        ground.config.safetyDefaults.blockUnreadyDestinations,
      );
    case "scoped_intake_restriction":
      return keyOutcomes((await listIntakeKeys(ctx)).keys, ctx.nowMs);
    case "mcp_tool_allowlist":
      return mcpOutcomes(findingsOf("mcp_server_without_tool_allowlist"), exerciseMcp(ground));
    case "webhook_url_policy":
      return webhookOutcomes(exerciseWebhooks(ctx, ground));
  }
}
