import {
  type Destination,
  effectiveDefaultDestinationIds,
  effectiveDestinations,
  isRepoSlug,
  type MonitorConfig,
} from "./config";
import type { DestinationReadiness } from "./payload";
import type { SourceReadiness } from "./source-readiness";

/** A destination's readiness with whether publishing to it always needs a person (contract 5.2). */
export type DestinationStanding = DestinationReadiness & { requiresApproval: boolean };

/** Every value is a boolean: clients read it as `dict[str, bool]`. */
export type ReadinessFlags = {
  enabled: boolean;
  configValid: boolean;
  repoValid: boolean;
  mcpServerPresent: boolean;
  mcpConnected: boolean;
  githubReadReady: boolean;
  githubWriteReady: boolean;
  selectedModelReady: boolean;
  ingestReady: boolean;
  publishReady: boolean;
  runtimeReady: boolean;
  destinationReady: boolean;
  sourceReady: boolean;
  routePreviewReady: boolean;
};

export type LogSourceRuntime = {
  projectId: string;
  sourceId: string;
  path: string;
  healthy: boolean;
  offset: number;
  consecutiveErrors: number;
  totalBytesRead: number;
  totalCandidates: number;
  totalSubmitted: number;
  inode: string | null;
  fileSize: number | null;
  lastPollAtMs: number | null;
  /** When the newest whole line was read, whether or not anything came of it. */
  lastRecordAtMs: number | null;
  lastCandidateAtMs: number | null;
  lastSubmittedAtMs: number | null;
  lastError: string | null;
};

/** The last thing taken in and the last thing sent, of the projects an actor may see. */
export type Activity = {
  lastProcessedAtMs: number | null;
  lastIncidentEventType: string | null;
  lastDraftAtMs: number | null;
  lastPostAtMs: number | null;
  lastPostResult: string | null;
};

export type StatusCounts = {
  incidentsTotal: number;
  incidentsPending: number;
  draftsApprovalDue: number;
  postsPending: number;
};

export type MonitorStatus = {
  config: MonitorConfig;
  destinations: Destination[];
  readiness: ReadinessFlags;
  destinationReadiness: DestinationStanding[];
  sourceReadiness: SourceReadiness[];
  counts: StatusCounts;
  activity: Activity;
  watcher: {
    /** Does any process read log sources now? */
    running: boolean;
    enabledProjects: number;
    enabledSources: number;
    sources: LogSourceRuntime[];
  };
  githubWanted: boolean;
  /** The tools of the MCP server that the configuration selects, as last inspected. */
  mcpToolNames: string[];
  lastError: string | null;
};

/** What of the world outside the configuration the flags depend on. */
export type StatusFacts = {
  destinations: readonly DestinationReadiness[];
  sources: readonly SourceReadiness[];
  /** The configured MCP server, if this deployment knows it. */
  mcpServer: { connected: boolean } | null;
  /** Whether the configured default model resolves; null when no policy names one. */
  modelKnown: boolean | null;
};

/**
 * The contract's flags for a deployment that may have neither GitHub nor a model (D-30, W-56): what is not configured is
 * not required. `config_valid`: a destination is in use and every default names one. `ingest_ready`: enabled and not
 * paused. `publish_ready`: that, and some destination ready. `runtime_ready`: that, and the model known if one is named.
 * The flags about a repository, MCP, GitHub and a model stay literal: true only when that thing is there.
 */
export function readinessFlags(config: MonitorConfig, facts: StatusFacts): ReadinessFlags {
  const ingestReady = config.enabled && !config.paused;
  const destinationReady = facts.destinations.some((row) => row.ready);
  const githubReady = facts.destinations.some((row) => row.kind === "github_issue" && row.ready);
  const publishReady = ingestReady && destinationReady;
  return {
    enabled: config.enabled,
    configValid: usableDestinations(config).length > 0 && unknownDefaults(config).length === 0,
    repoValid: isRepoSlug(config.repo),
    mcpServerPresent: facts.mcpServer !== null,
    mcpConnected: facts.mcpServer?.connected ?? false,
    // A GitHub row that is ready has all four: over the API by its credentials, over a server by its tools.
    githubReadReady: githubReady,
    githubWriteReady: githubReady,
    selectedModelReady: facts.modelKnown === true,
    ingestReady,
    publishReady,
    runtimeReady: publishReady && facts.modelKnown !== false,
    destinationReady,
    sourceReady: facts.sources.every((row) => row.ready || !row.enabled),
    routePreviewReady: true,
  };
}

/** The one sentence that matters most while enabled: paused, then configuration, then destinations, then the model. */
export function statusError(config: MonitorConfig, facts: StatusFacts): string | null {
  if (!config.enabled) return null;
  if (config.paused) return "The monitor is paused: resume it to let triage and delivery go on";
  const [unknown] = unknownDefaults(config);
  if (unknown) return `The default destination \`${unknown}\` is not configured`;
  if (config.destinations.length === 0 && !isRepoSlug(config.repo)) {
    return "No destination is configured: add one under Destinations, or set a GitHub repository as owner/repo";
  }
  const rows = facts.destinations;
  if (rows.every((row) => !row.enabled)) return "Every destination is disabled";
  const defaults = effectiveDefaultDestinationIds(config);
  const nothingReady = rows.every((row) => !row.ready);
  const stuck =
    rows.find((row) => defaults.includes(row.destinationId) && !row.ready) ??
    (nothingReady ? rows.find((row) => row.enabled) : undefined);
  if (stuck) {
    const words = stuck.missing.map((each) => each.message).join("; ");
    return `Destination \`${stuck.destinationId}\` is not ready: ${words}`;
  }
  if (facts.modelKnown === false) return "The model that the configuration names is not available";
  return null;
}

/** Is any GitHub destination in use, so that its capabilities are wanted at all? */
export function wantsGithub(config: MonitorConfig): boolean {
  return usableDestinations(config).some((row) => row.kind === "github_issue");
}

/** The default model a policy names, whichever spelling; blank names nothing. */
export function namedModel(config: MonitorConfig): { providerId: string; modelId: string } | null {
  const model = config.modelPolicy?.default_model;
  if (model === null || typeof model !== "object") return null;
  const { provider_id: providerId, model_id: modelId } = model as Record<string, unknown>;
  if (typeof providerId !== "string" || typeof modelId !== "string") return null;
  return providerId.trim() && modelId.trim() ? { providerId, modelId } : null;
}

export function requiresApproval(config: MonitorConfig, destination: Destination): boolean {
  return config.requireApprovalForNewIssues || destination.requireApproval;
}

/** Enabled rows that could work as configured. The synthesised GitHub row counts only with a repository to file in. */
function usableDestinations(config: MonitorConfig): Destination[] {
  return effectiveDestinations(config).filter(
    (row) => row.enabled && (row.kind !== "github_issue" || isRepoSlug(row.repo ?? config.repo)),
  );
}

function unknownDefaults(config: MonitorConfig): string[] {
  const known = new Set(effectiveDestinations(config).map((row) => row.destinationId));
  return effectiveDefaultDestinationIds(config).filter((id) => !known.has(id));
}
