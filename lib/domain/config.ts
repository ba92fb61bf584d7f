import { wantsMcpServer } from "./issue-way";
import type { LogFormat, LogReading } from "./log-reading";
import type { RedactionProfileRow } from "./redaction-profile";
import type { RetentionProfile } from "./retention-profile";
import type { ActiveWindow, RouteCondition, RouteMode } from "./route-condition";

/** The configuration in domain words. The wire's snake_case shape lives in lib/contracts/config.ts. */
export const sourceKinds = [
  "customer_system",
  "tandem_runtime",
  "tandem_monitor",
  "external_app",
  "ci",
  "agent_runtime",
  "mcp_gateway",
] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const destinationKinds = [
  "github_issue",
  "linear_issue",
  "webhook",
  "telemetry",
  "mcp_tool",
  "internal_memory",
] as const;
export type DestinationKind = (typeof destinationKinds)[number];

/** How many people at most a setting may ask for, and may name. */
export const approvalsRequiredMax = 5;
export const approversMax = 20;

export const approvalPolicies = ["inherit", "always", "high_risk", "never"] as const;
export type ApprovalPolicy = (typeof approvalPolicies)[number];

export type JsonObject = { [key: string]: unknown };

export type DataReadiness = {
  sourceOwner?: string;
  systemOfRecord?: string;
  dataClassification?: string;
  allowedUse?: string;
  sourceOfTruth?: string;
  lineageRef?: string;
  expectedSchemaVersion?: string;
  schemaDriftStatus?: string;
  qualityNotes?: string;
  legalBasis?: string;
  authorizationMarker?: string;
  freshnessSlaMs?: number;
  lastObservedAtMs?: number;
};

/** What a project and a log source have in common; the source's value wins where it is set. */
export type SourceIdentity = {
  allowedDestinationIds: string[];
  defaultDestinationIds: string[];
  defaultRouteTags: string[];
  tenantId?: string;
  workspaceId?: string;
  eventSchemaVersion?: string;
  redactionProfile?: string;
  retentionProfile?: string;
  approvalPolicy: ApprovalPolicy;
  /** Beyond the contract: how many people must approve, absent where nothing is said. Project and source: the higher counts. */
  approvalsRequired?: number;
  /** Who may give them, by person; absent: anybody who may decide. Those of project and source both hold. */
  approvers?: string[];
  dataReadiness: DataReadiness;
};

export type LogSource = SourceIdentity & {
  sourceId: string;
  path: string;
  sourceKind?: SourceKind;
  format: LogFormat;
  minimumLevel: "error" | "warn";
  watchIntervalSeconds: number;
  enabled: boolean;
  paused: boolean;
  startPosition: "end" | "beginning";
  maxBytesPerPoll: number;
  maxCandidatesPerPoll: number;
  fingerprintCooldownMs: number;
  /** Beyond the contract, absent where unset. */
  reading?: LogReading;
};

export type MonitoredProject = SourceIdentity & {
  projectId: string;
  name: string;
  repo: string;
  workspaceRoot: string;
  enabled: boolean;
  paused: boolean;
  sourceKind: SourceKind;
  mcpServer?: string;
  modelPolicy?: JsonObject;
  autoCreateNewIssues: boolean;
  requireApprovalForNewIssues: boolean;
  autoCommentOnMatchedOpenIssues: boolean;
  /** Beyond the contract, absent where unset: Markdown with placeholders, before the repository's own form. */
  issueTemplate?: string;
  logSources: LogSource[];
};

export type Destination = {
  destinationId: string;
  name: string;
  kind: DestinationKind;
  enabled: boolean;
  requireApproval: boolean;
  repo?: string;
  mcpServer?: string;
  linearTeam?: string;
  linearProject?: string;
  webhookUrl?: string;
  webhookSecretRef?: string;
  telemetryPath?: string;
  mcpTool?: string;
  memoryCategory?: string;
  routeTags: string[];
  config?: JsonObject;
};

/** The 14 equality lists of a route; an empty list matches anything. */
export type RouteMatch = {
  matchEventTypes: string[];
  matchSources: string[];
  matchComponents: string[];
  matchRiskLevels: string[];
  matchRiskCategories: string[];
  matchConfidence: string[];
  matchExpectedDestinations: string[];
  matchProjectIds: string[];
  matchLogSourceIds: string[];
  matchRouteTags: string[];
  matchSourceKinds: string[];
  matchTenantIds: string[];
  matchWorkspaceIds: string[];
  matchEventSchemaVersions: string[];
};

export type Route = RouteMatch & {
  routeId: string;
  name: string;
  enabled: boolean;
  priority: number;
  destinationIds: string[];
  approvalPolicy: ApprovalPolicy;
  /** Beyond the contract, absent where unset: all conditions must hold besides the lists. */
  conditions?: RouteCondition[];
  /** Awake in any of these; without them, always. */
  activeWindows?: ActiveWindow[];
  /** Once it has matched, the next matching route adds its destinations. */
  continue?: boolean;
  mode?: RouteMode;
  /** How many different people must approve what it sends; 2 and more asks for approval by itself. */
  approvalsRequired?: number;
  /** Who may give them, by person; absent: anybody who may decide. Asks for approval by itself too. */
  approvers?: string[];
  /** Whoever wrote what is sent may not approve it (domain/authorship.ts). */
  authorMayNotApprove?: boolean;
};

export type SafetyDefaults = {
  requireApprovalForHighRisk: boolean;
  redactSecrets: boolean;
  blockUnreadyDestinations: boolean;
  blockUnreadySources: boolean;
  retentionDays?: number;
  /** Beyond the contract, absent where unset: named profiles, and the one that holds where no source names one. */
  retentionProfiles?: RetentionProfile[];
  retentionProfile?: string;
  minimumRiskLevel?: string;
  /** Beyond the contract. Categories and destination kinds that count as high risk whatever the level (D-08). */
  highRiskCategories: string[];
  highRiskDestinationKinds: DestinationKind[];
  /** How long an approval holds; default 72 h (D-06). */
  approvalTtlMs: number;
  approvalBinding: "content" | "draft";
  publishOnApproval: boolean;
  /** How long what was published waits before it may leave, so that it can be undone. */
  publishGraceMs: number;
  /** How many different people must approve high risk, and what is critical; 1 leaves it at one. */
  approvalsRequiredHighRisk: number;
  approvalsRequiredCriticalRisk: number;
  /** Who may give them, by person; absent: anybody who may decide. */
  approversHighRisk?: string[];
  approversCriticalRisk?: string[];
  authorMayNotApprove: boolean;
  /** Approving high risk then asks for a proof of lately that it is the person, so no token may (D-19). */
  requireStepUpForHighRisk: boolean;
  /** How often in 24 h one person, and all together, may break the glass; 0 switches it off. */
  breakGlassPerPerson: number;
  breakGlassOverall: number;
  /** Profile used where a source or destination names none. */
  redactionProfile: string;
  /** Profiles that an admin wrote; absent while there are none. */
  redactionProfiles?: RedactionProfileRow[];
};

export type Reassessment = { cadenceMs: number; overdueGraceMs: number; changeTriggersEnabled: boolean };

export type MonitorConfig = {
  version: number;
  enabled: boolean;
  paused: boolean;
  workspaceRoot?: string;
  repo?: string;
  mcpServer?: string;
  providerPreference: "auto" | "official_github" | "composio" | "arcade";
  modelPolicy?: JsonObject;
  autoCreateNewIssues: boolean;
  requireApprovalForNewIssues: boolean;
  autoCommentOnMatchedOpenIssues: boolean;
  labelMode: "reporter_only";
  /** null is a value: no deadline. */
  triageTimeoutMs: number | null;
  monitoredProjects: MonitoredProject[];
  destinations: Destination[];
  routes: Route[];
  defaultDestinationIds: string[];
  safetyDefaults: SafetyDefaults;
  reassessment: Reassessment;
  updatedAtMs: number;
};

export const legacyGithubId = "legacy-github";
/** The wire's `repo` for a report when nobody configured one (D-30). GitHub readiness refuses it. */
export const unassignedRepo = "local/unassigned";

export const defaultSafetyDefaults: SafetyDefaults = {
  requireApprovalForHighRisk: true,
  redactSecrets: true,
  blockUnreadyDestinations: true,
  blockUnreadySources: false,
  highRiskCategories: [],
  highRiskDestinationKinds: [],
  approvalTtlMs: 72 * 3_600_000,
  approvalBinding: "content",
  publishOnApproval: false,
  publishGraceMs: 0,
  approvalsRequiredHighRisk: 1,
  approvalsRequiredCriticalRisk: 1,
  authorMayNotApprove: false,
  requireStepUpForHighRisk: false,
  breakGlassPerPerson: 3,
  breakGlassOverall: 10,
  redactionProfile: "standard",
};

export const defaultReassessment: Reassessment = {
  cadenceMs: 604_800_000,
  overdueGraceMs: 86_400_000,
  changeTriggersEnabled: true,
};

export const defaultConfig: MonitorConfig = {
  version: 1,
  enabled: true,
  paused: false,
  providerPreference: "auto",
  autoCreateNewIssues: true,
  requireApprovalForNewIssues: false,
  autoCommentOnMatchedOpenIssues: true,
  labelMode: "reporter_only",
  triageTimeoutMs: 1_800_000,
  monitoredProjects: [],
  destinations: [],
  routes: [],
  defaultDestinationIds: [],
  safetyDefaults: defaultSafetyDefaults,
  reassessment: defaultReassessment,
  updatedAtMs: 0,
};

/** The configured rows or, with none, the one GitHub row that old configurations imply (reference 3.4). */
export function effectiveDestinations(config: MonitorConfig): Destination[] {
  if (config.destinations.length > 0) return config.destinations.map((row) => withGlobals(row, config));
  return [
    {
      destinationId: legacyGithubId,
      name: "GitHub (legacy settings)",
      kind: "github_issue",
      enabled: config.enabled,
      requireApproval: config.requireApprovalForNewIssues,
      repo: config.repo,
      mcpServer: config.mcpServer,
      routeTags: ["legacy_github"],
    },
  ];
}

/**
 * A GitHub row without a repository takes the deployment's, and so does a row without a server that needs one: an MCP tool's, and
 * a tracker's without credentials (contract 8.1, reference 4.6).
 */
function withGlobals(row: Destination, { repo, mcpServer }: MonitorConfig): Destination {
  const takesRepo = row.kind === "github_issue" && !row.repo && repo;
  const takesServer = !row.mcpServer && mcpServer && (row.kind === "mcp_tool" || wantsMcpServer(row));
  if (!takesRepo && !takesServer) return row;
  return { ...row, ...(takesRepo && { repo }), ...(takesServer && { mcpServer }) };
}

/** Default ids as the router sees them; never a silent fallback to GitHub once destinations exist (case 2). */
export function effectiveDefaultDestinationIds(config: MonitorConfig): string[] {
  const ids = config.defaultDestinationIds.map((id) => id.trim()).filter(Boolean);
  if (ids.length > 0) return ids;
  return config.destinations.length === 0 ? [legacyGithubId] : [];
}

/** `owner/repo`: exactly one slash, both halves non-blank. */
export function isRepoSlug(repo: string | undefined | null): repo is string {
  if (!repo) return false;
  const halves = repo.split("/");
  return halves.length === 2 && halves.every((half) => half.trim() !== "");
}
