import { adapterFor } from "@/lib/destinations/registry";
import {
  type Destination,
  effectiveDestinations,
  legacyGithubId,
  type MonitorConfig,
} from "@/lib/domain/config";
import { chooseTool, type McpServers } from "@/lib/domain/mcp";
import type { DestinationReadiness } from "@/lib/domain/payload";
import { externalKinds } from "@/lib/domain/posture-setting-rules";
import type { HighRiskAnswer, McpAnswer, ReadinessAnswer, WebhookAnswer } from "@/lib/domain/probe-outcomes";
import type { FailureReport } from "@/lib/domain/report";
import { routeContextOf } from "@/lib/domain/route-context";
import { decideRoute } from "@/lib/domain/routing";
import type { Context } from "../context";
import { previewRoute } from "../routing/preview-route";

/** What the probes read once, for all of them. */
export type ProbeGround = {
  config: MonitorConfig;
  readiness: ReadonlyMap<string, DestinationReadiness>;
  mcpServers: McpServers;
};

/** How many projects and destinations the synthetic report is tried on, each. */
const targetsMax = 50;

const syntheticReport: FailureReport = {
  title: "Controlled probe: a synthetic high-risk failure",
  detail: "Nothing happened. This report exists for one route preview and is never stored.",
  source: "security_assessment_probe",
  event: "security.assessment_probe.synthetic",
  riskLevel: "high",
  confidence: "high",
  excerpt: [],
  evidenceRefs: [],
  externalCorrelationIds: [],
  attributes: {},
};

/** The row that an empty configuration implies is no destination before it names a repository. */
const isSetUp = (row: Destination) => row.destinationId !== legacyGithubId || Boolean(row.repo);

export const liveDestinations = ({ config }: ProbeGround, kinds: readonly string[] = externalKinds) =>
  effectiveDestinations(config).filter((row) => row.enabled && kinds.includes(row.kind) && isSetUp(row));

/**
 * The synthetic report, really previewed; then the same router asked as if each project had sent it, and as if each
 * external destination had been named for it.
 */
export async function exerciseRouter(ctx: Context, ground: ProbeGround): Promise<HighRiskAnswer[]> {
  const { config, readiness } = ground;
  const preview = await previewRoute(ctx, {
    ...{ draftId: null, incidentId: null, report: syntheticReport, explicit: { routeTags: [] } },
    destinationIds: [],
  });
  const ask = (projectId: string | null, destinationIds: readonly string[]) => {
    const content = {
      ...{ eventType: syntheticReport.event, source: syntheticReport.source, riskLevel: "high" },
      ...{ projectId, logSourceId: null, sourceKind: null, routeTags: [], allowedDestinationIds: [] },
      ...{ defaultDestinationIds: [], sourceApprovalPolicy: null, attributes: {} },
    };
    const context = routeContextOf(content, config, { occurrenceCount: 1, nowMs: ctx.nowMs });
    return decideRoute(context, config, readiness, destinationIds);
  };
  const answer = (target: HighRiskAnswer["target"], decision: ReturnType<typeof decideRoute>) => ({
    target,
    destinations: decision.destinations.filter((row) => isSetUp(row)),
    approvalRequired: decision.approval.required,
  });
  const projects = config.monitoredProjects.filter((each) => each.enabled).slice(0, targetsMax);
  return [
    answer({ kind: "route_preview", id: "synthetic_high_risk" }, preview.decision),
    ...projects.map(({ projectId, name }) =>
      answer({ kind: "project", id: projectId, name, projectId }, ask(projectId, [])),
    ),
    ...liveDestinations(ground)
      .slice(0, targetsMax)
      .map(({ destinationId, name }) =>
        answer({ kind: "destination", id: destinationId, name }, ask(null, [destinationId])),
      ),
  ];
}

/** Each adapter's own check of its destination, and whether the router would publish there all the same. */
export function exerciseReadiness(ctx: Context, ground: ProbeGround): ReadinessAnswer[] {
  const { config, readiness } = ground;
  return liveDestinations(ground).map(({ destinationId, name }) => {
    const row = readiness.get(destinationId);
    const content = {
      ...{ projectId: null, logSourceId: null, sourceKind: null, routeTags: [], allowedDestinationIds: [] },
      ...{ defaultDestinationIds: [], sourceApprovalPolicy: null, attributes: {} },
    };
    const context = routeContextOf(content, config, { nowMs: ctx.nowMs });
    const { blocked } = decideRoute(context, config, readiness, [destinationId]);
    return {
      ...{ destinationId, name, ready: row?.ready === true },
      missing: row ? row.missing.map((each) => each.code) : ["readiness_unknown"],
      refused: blocked.some((each) => /^destination_(?:not_ready|readiness_missing)$/.test(each.code)),
    };
  });
}

const unnamedTool = "incident_monitor_probe_tool_nobody_named";

/** Each MCP destination's own check, and its server's list asked for a tool that nobody named. */
export function exerciseMcp(ground: ProbeGround): McpAnswer[] {
  return liveDestinations(ground, ["mcp_tool"]).map(({ destinationId, name, mcpServer }) => ({
    ...{ destinationId, name },
    missing: ground.readiness.get(destinationId)?.missing.map((each) => each.code) ?? ["readiness_unknown"],
    opensUnnamed: chooseTool(ground.mcpServers, mcpServer, unnamedTool).ok,
  }));
}

/** Places that no webhook may go to, whatever it is set to. */
const dangerousUrls: ReadonlyArray<[what: string, url: string]> = [
  ["a cloud's metadata address", "http://169.254.169.254/latest/meta-data/"],
  ["the same address in disguise", "https://0xA9FEA9FE/latest/meta-data/"],
  ["a file of this host", "file:///etc/passwd"],
  ["an address with credentials in it", "https://user:password@example.com/hook"],
  ["the unspecified address", "https://0.0.0.0/hook"],
];

/** Each webhook's own check, then the same settings with dangerous addresses in place of its URL. No look-up, no call. */
export function exerciseWebhooks(ctx: Context, ground: ProbeGround): WebhookAnswer[] {
  const adapter = adapterFor("webhook");
  const context = { ...ctx.services, mcpServers: ground.mcpServers };
  const isRefused = (row: Destination, url: string) =>
    adapter
      .readiness({ ...row, webhookUrl: url }, context)
      .some((each) => /^(?:url|address)_/.test(each.code));
  return liveDestinations(ground, ["webhook"]).map((row) => ({
    ...{ destinationId: row.destinationId, name: row.name, tried: dangerousUrls.length },
    missing: ground.readiness.get(row.destinationId)?.missing.map((each) => each.code) ?? [
      "readiness_unknown",
    ],
    letThrough: dangerousUrls.filter(([, url]) => !isRefused(row, url)).map(([what]) => what),
  }));
}
