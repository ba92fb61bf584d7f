import type { ApiRoute } from "./route";

export type Operation = {
  /** Stable: generated clients name their methods by it. Those of the contract's own clients are theirs. */
  id: string;
  /** Request headers that mean something here besides the credential's. */
  headers?: readonly RequestHeader[];
};
export type RequestHeader = "Idempotency-Key" | "If-Match" | "If-None-Match";

const im = "/incident-monitor";
const config = "/config/incident-monitor";
const idempotent = ["Idempotency-Key"] as const;
const tagged = ["If-None-Match"] as const;
const guarded = ["If-Match"] as const;

/** The four calls of one kind of row of the configuration. */
const rows = (path: string, idName: string, one: string): Record<string, Operation> => ({
  [`GET ${config}${path}`]: { id: `list${one}s`, headers: tagged },
  [`GET ${config}${path}/{${idName}}`]: { id: `get${one}`, headers: tagged },
  [`PUT ${config}${path}/{${idName}}`]: { id: `put${one}`, headers: ["If-Match", "If-None-Match"] },
  [`DELETE ${config}${path}/{${idName}}`]: { id: `delete${one}`, headers: guarded },
});

/** By method and path. A route without a row is documented under a name made of its path, and fails the test. */
const operations: Readonly<Record<string, Operation>> = {
  "GET /global/health": { id: "getHealth" },
  "GET /metrics": { id: "getMetrics" },
  [`GET ${im}/session`]: { id: "getSession" },
  [`GET ${config}`]: { id: "getConfig", headers: tagged },
  [`PATCH ${config}`]: { id: "patchConfig", headers: guarded },
  ...rows("/destinations", "destination_id", "Destination"),
  ...rows("/routes", "route_id", "Route"),
  ...rows("/projects", "project_id", "Project"),
  ...rows("/projects/{project_id}/log-sources", "source_id", "LogSource"),
  [`GET ${config}/history`]: { id: "listConfigRevisions" },
  [`GET ${config}/history/{version}`]: { id: "getConfigRevision" },
  [`POST ${config}/history/{version}/restore`]: { id: "restoreConfig", headers: guarded },
  [`POST ${im}/pause`]: { id: "pause", headers: guarded },
  [`POST ${im}/resume`]: { id: "resume", headers: guarded },
  [`GET ${im}/status`]: { id: "getStatus" },
  [`POST ${im}/status/recompute`]: { id: "recomputeStatus" },
  [`GET ${im}/overview`]: { id: "getOverview" },
  [`GET ${im}/debug`]: { id: "debug" },
  [`GET ${im}/events`]: { id: "streamEvents" },
  [`POST ${im}/destinations/{destination_id}/test`]: { id: "testDestination" },
  [`GET ${im}/destinations/{destination_id}/activity`]: { id: "getDestinationActivity" },
  [`POST ${im}/route-preview`]: { id: "previewRoute" },
  [`POST ${im}/redaction-test`]: { id: "testRedaction" },
  [`GET ${im}/route-lint`]: { id: "lintRoutes" },
  [`POST ${im}/route-backtest`]: { id: "backtestRoutes" },
  [`GET ${im}/shadow-decisions`]: { id: "listShadowDecisions" },
  [`GET ${im}/silences`]: { id: "listSilences" },
  [`POST ${im}/silences`]: { id: "createSilence" },
  [`GET ${im}/silences/{silence_id}`]: { id: "getSilence" },
  [`PATCH ${im}/silences/{silence_id}`]: { id: "updateSilence", headers: guarded },
  [`POST ${im}/silences/{silence_id}/expire`]: { id: "expireSilence" },
  [`GET ${im}/silences/{silence_id}/holds`]: { id: "listSilenceHolds" },
  [`POST ${im}/report`]: { id: "report", headers: idempotent },
  [`POST ${im}/intake/report`]: { id: "reportWithKey", headers: idempotent },
  [`POST ${im}/intake/reports`]: { id: "reportBatch" },
  [`POST ${im}/intake/events`]: { id: "reportEvents", headers: idempotent },
  [`GET ${im}/intake/keys`]: { id: "listIntakeKeys" },
  [`POST ${im}/intake/keys`]: { id: "createIntakeKey" },
  [`POST ${im}/intake/keys/{key_id}/rotate`]: { id: "rotateIntakeKey" },
  [`POST ${im}/intake/keys/{key_id}/disable`]: { id: "disableIntakeKey" },
  [`GET ${im}/incidents`]: { id: "listIncidents" },
  [`GET ${im}/incidents/{incident_id}`]: { id: "getIncident" },
  [`GET ${im}/incidents/{incident_id}/occurrences`]: { id: "listOccurrences" },
  [`POST ${im}/incidents/{incident_id}/replay`]: { id: "replayIncident" },
  [`DELETE ${im}/incidents/{incident_id}`]: { id: "deleteIncident" },
  [`POST ${im}/incidents/bulk-delete`]: { id: "bulkDeleteIncidents" },
  [`GET ${im}/drafts`]: { id: "listDrafts" },
  [`GET ${im}/drafts/{draft_id}`]: { id: "getDraft" },
  [`GET ${im}/drafts/{draft_id}/review`]: { id: "getDraftReview" },
  [`POST ${im}/drafts/{draft_id}/approve`]: { id: "approveDraft" },
  [`POST ${im}/drafts/{draft_id}/deny`]: { id: "denyDraft" },
  [`POST ${im}/drafts/{draft_id}/publish`]: { id: "publishDraft" },
  [`POST ${im}/drafts/{draft_id}/recheck-match`]: { id: "recheckMatch" },
  [`POST ${im}/drafts/{draft_id}/triage-run`]: { id: "createTriageRun" },
  [`POST ${im}/drafts/{draft_id}/triage-summary`]: { id: "createTriageSummary" },
  [`POST ${im}/drafts/{draft_id}/issue-draft`]: { id: "createIssueDraft" },
  [`GET ${im}/drafts/{draft_id}/triage`]: { id: "getTriageReview" },
  [`GET ${im}/triage-runs/{run_id}`]: { id: "getTriageRun" },
  [`POST ${im}/triage-runs/{run_id}/cancel`]: { id: "cancelTriageRun" },
  [`POST ${im}/triage-runs/{run_id}/take-back`]: { id: "takeBackTriageRun" },
  [`POST ${im}/triage-runs/{run_id}/claim`]: { id: "claimTriageRun" },
  [`POST ${im}/triage-runs/{run_id}/heartbeat`]: { id: "heartbeatTriageRun" },
  [`POST ${im}/triage-runs/{run_id}/artifacts`]: { id: "submitTriageArtifact" },
  [`POST ${im}/triage-runs/{run_id}/complete`]: { id: "completeTriageRun" },
  [`DELETE ${im}/drafts/{draft_id}`]: { id: "deleteDraft" },
  [`POST ${im}/drafts/bulk-delete`]: { id: "bulkDeleteDrafts" },
  [`GET ${im}/posts`]: { id: "listPosts" },
  [`GET ${im}/posts/{post_id}`]: { id: "getPost" },
  [`POST ${im}/posts/{post_id}/retry`]: { id: "retryPost" },
  [`POST ${im}/posts/{post_id}/cancel`]: { id: "cancelPost" },
  [`POST ${im}/posts/{post_id}/reconcile`]: { id: "reconcilePost" },
  [`POST ${im}/posts/{post_id}/resolve`]: { id: "resolvePost" },
  [`POST ${im}/posts/bulk-retry`]: { id: "retryPosts" },
  [`DELETE ${im}/posts/{post_id}`]: { id: "deletePost" },
  [`POST ${im}/posts/bulk-delete`]: { id: "bulkDeletePosts" },
  [`GET ${im}/log-sources`]: { id: "listLogSourceHealth" },
  [`GET ${im}/log-sources/roots`]: { id: "listAllowedRoots" },
  [`GET ${im}/log-sources/browse`]: { id: "browseLogs" },
  [`POST ${im}/log-sources/preview`]: { id: "previewLogSource" },
  [`GET ${im}/log-sources/{project_id}/{source_id}`]: { id: "getLogSourceHealth" },
  [`POST ${im}/log-sources/{project_id}/{source_id}/reset-offset`]: { id: "resetLogSourceOffset" },
  [`POST ${im}/log-sources/{project_id}/{source_id}/replay-latest`]: { id: "replayLatestLogSourceCandidate" },
  [`POST ${im}/log-sources/{project_id}/{source_id}/backfill`]: { id: "backfillLogSource" },
  [`GET ${im}/log-sources/{project_id}/{source_id}/quarantine`]: { id: "listQuarantine" },
  [`POST ${im}/log-sources/{project_id}/{source_id}/quarantine/replay`]: { id: "replayQuarantine" },
  [`GET ${im}/evidence`]: { id: "getEvidence" },
  [`GET ${im}/mcp-servers`]: { id: "listMcpServers" },
  [`GET ${im}/mcp-servers/{server_name}`]: { id: "getMcpServer" },
  [`PUT ${im}/mcp-servers/{server_name}`]: { id: "putMcpServer", headers: ["If-Match", "If-None-Match"] },
  [`DELETE ${im}/mcp-servers/{server_name}`]: { id: "deleteMcpServer" },
  [`POST ${im}/mcp-servers/{server_name}/inspect`]: { id: "inspectMcpServer" },
  [`GET ${im}/security/authority-inventory`]: { id: "getAuthorityInventory" },
  [`GET ${im}/security/posture-checks`]: { id: "getPostureChecks" },
  [`POST ${im}/security/assessment-probes`]: { id: "runAssessmentProbes" },
  [`POST ${im}/security/assessment-report`]: { id: "generateAssessmentReport" },
  [`POST ${im}/security/deployment-cards`]: { id: "generateDeploymentCards" },
  [`GET ${im}/security/scenario-packs`]: { id: "listScenarioPacks" },
  [`POST ${im}/security/scenario-packs`]: { id: "runScenarioPack" },
  [`POST ${im}/security/governance-metrics`]: { id: "computeGovernanceMetrics" },
  [`GET ${im}/security/reassessments`]: { id: "listReassessments" },
  [`POST ${im}/security/reassessments`]: { id: "runReassessment" },
};

export const operationKey = ({ method, path }: Pick<ApiRoute, "method" | "path">) =>
  `${method.toUpperCase()} ${path}`;

export const isNamedOperation = (route: ApiRoute): boolean => operationKey(route) in operations;

export function operationOf(route: ApiRoute): Operation {
  return operations[operationKey(route)] ?? { id: operationKey(route).replaceAll(/[^A-Za-z]+/g, "_") };
}

/** Tags in the order of the pipeline, with what falls under each. */
export const tags: ReadonlyArray<{ name: string; description: string; paths: RegExp }> = [
  {
    name: "Reports",
    description:
      "What came in: one failure, a batch, or the events of an agent runtime. Creates intake, never an outside effect.",
    paths: /^\/incident-monitor\/(?:report|intake\/(?:report|reports|events))$/,
  },
  {
    name: "Incidents",
    description: "Reports grouped by identity, counted.",
    paths: /^\/incident-monitor\/incidents\b/,
  },
  {
    name: "Drafts",
    description: "An issue somebody could file: reviewed, approved or denied by a person, then published.",
    paths: /^\/incident-monitor\/drafts\b/,
  },
  {
    name: "Posts",
    description: "Publish receipts: one per draft and destination, with every attempt.",
    paths: /^\/incident-monitor\/posts\b/,
  },
  {
    name: "Routing",
    description: "Where a record would go, and why; how the routes fare on what has been.",
    paths: /^\/incident-monitor\/(?:route-|shadow-decisions\b)/,
  },
  {
    name: "Silences",
    description: "What is held back for a while, by whom and why.",
    paths: /^\/incident-monitor\/silences\b/,
  },
  {
    name: "Destinations",
    description: "Where drafts may be sent, and the MCP servers whose tools they may call.",
    paths: /^\/incident-monitor\/(?:destinations|mcp-servers)\b/,
  },
  {
    name: "Configuration",
    description: "Projects, destinations, routes and safety defaults; pause and resume.",
    paths: /^\/(?:config\/|incident-monitor\/(?:pause|resume|config)\b)/,
  },
  {
    name: "Intake keys",
    description: "Scoped keys: each can report for its own project and do nothing else.",
    paths: /^\/incident-monitor\/intake\/keys\b/,
  },
  {
    name: "Log sources",
    description: "Watched log files, how they stand, and the evidence kept of them.",
    paths: /^\/incident-monitor\/(?:log-sources|evidence)\b/,
  },
  {
    name: "Security",
    description: "The security and governance layer.",
    paths: /^\/incident-monitor\/security\b/,
  },
  { name: "System", description: "Health, status, live changes and who is calling.", paths: /^/ },
];

export const tagOf = ({ path }: Pick<ApiRoute, "path">): string =>
  tags.find((tag) => tag.paths.test(path))?.name ?? "System";

const parameterWords: Readonly<Record<string, string>> = {
  draft_id: "The draft's id, as lists and reports answer it.",
  incident_id: "The incident's id.",
  post_id: "The receipt's id.",
  key_id: "The scoped key's id; not the key itself.",
  destination_id: "The destination's id in the configuration.",
  project_id: "The monitored project's id in the configuration.",
  source_id: "The log source's id within its project.",
  route_id: "The route's id in the configuration.",
  run_id: "The triage run's id, as a draft's `triage_run_id` says it.",
  version: "The revision's number, as the history lists it.",
  silence_id: "The silence's id.",
  server_name: "The MCP server's name, as destinations name it.",
  limit: "Rows in this page: 1 to 200, 50 when absent. 0 is 1, more than 200 is 200.",
  cursor: "`next_cursor` of the page before, with the same filters.",
  q: "Part of a title, the detail, a fingerprint, an id, a source, a component or an event, in any case.",
  state: "A group of the review queue.",
  status: "The state of the record, as its `status` says it.",
  severity: "Exactly this risk level.",
  risk: "This risk level or a higher one.",
  project: "The project's id.",
  source: "A log source's id, or what the report called its source.",
  destination: "The destination's id.",
  incident: "The incident's id.",
  draft: "The draft's id.",
  fingerprint: "The fingerprint as it is shown.",
  since: "Not before this moment: epoch ms, or ISO 8601 with its zone.",
  until: "Before this moment: epoch ms, or ISO 8601 with its zone.",
  held: "Only what a pause holds, or only what none does.",
  keys: "Only revisions that changed one of these keys of the configuration, by commas.",
  enabled: "Only keys that work, or only those that do not.",
  provenance: "How it came in.",
  approval: "The state of the draft's approval.",
  triage: "The state of the draft's triage.",
  issue: "The state of the draft's issue.",
  delivery: "The state of the newest delivery.",
  progress: "`false`: one JSON answer instead of a line for every step.",
  open: "`true`: what it holds now; `false`: what it let go.",
  moment: "When it was decided: as it was drafted, or as it was published.",
  hours: "The span to look back over: 1, 24 or 168 hours; 24 when absent.",
  bucket: "The width of a bar of the counts; an hour when absent.",
  dry_run: "`true` checks and answers as if saved, and saves nothing.",
  replayed: "`false`: what still waits; `true`: what was replayed.",
  root: "One of the allowed roots.",
  path: "A folder inside the root, relative to it; the root itself when absent.",
  reference: "`tandem://incident-monitor/...`, as records hold it.",
  reason: "Why; it is kept with the record.",
  mode: "How much is looked at.",
  rules: "Only these rules, separated by commas.",
  disabled_rules: "All rules but these, separated by commas.",
  min_severity: "Findings of at least this severity.",
};

/** What the parameter means; null where nobody has said so yet. */
export const wordsOfParameter = (name: string): string | null => parameterWords[name] ?? null;

export const requestHeaders: Readonly<Record<RequestHeader, { description: string; example: string }>> = {
  "Idempotency-Key": {
    description:
      "1 to 255 visible ASCII characters. The same request again under the same key is answered as the first was and not counted again; another body under it is 409.",
    example: "build-1842-attempt-1",
  },
  "If-Match": {
    description:
      "The ETag of what was read; another one by now is 409. Left out, the write is unconditional.",
    example: '"1767225600000"',
  },
  "If-None-Match": {
    description:
      "On a read, the ETag that you have: 304 without a body if it still holds. On a write, `*`: only if there is none yet.",
    example: '"1767225600000"',
  },
};
