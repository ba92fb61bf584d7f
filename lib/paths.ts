/** Every path of the panel and of the API, in one place. Pure: ids in, path out. */

type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

function segment(id: string): string {
  return encodeURIComponent(id);
}

/** Adds a query string; empty values are left out, lists repeat their key. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export const inboxPath = () => "/";
export const draftsPath = (query: Query = {}) => withQuery("/drafts", query);
export const draftPath = (id: string, query: Query = {}) => withQuery(`/drafts/${segment(id)}`, query);
export const incidentsPath = (query: Query = {}) => withQuery("/incidents", query);
export const incidentPath = (id: string) => `/incidents/${segment(id)}`;
export const receiptsPath = (query: Query = {}) => withQuery("/receipts", query);
export const receiptPath = (id: string) => `/receipts/${segment(id)}`;
export const evidencePath = (reference: string) => withQuery("/evidence", { reference });

const settings = "/settings/incident-monitor";
export const sourcesPath = (query: Query = {}) => withQuery(`${settings}/sources`, query);
export const destinationsPath = (query: Query = {}) => withQuery(`${settings}/destinations`, query);
export const routingPath = (query: Query = {}) => withQuery(`${settings}/routing`, query);
export const silencesPath = (query: Query = {}) => withQuery(`${settings}/routing/silences`, query);
export const shadowDecisionsPath = () => `${settings}/routing/shadow`;
export const safetyPath = () => `${settings}/safety`;

export const apiReferencePath = () => "/docs/api";
export const openApiDocumentPath = () => "/openapi.json";

/** `callbackUrl` is checked again where it is used: see safeCallbackUrl. */
export const signInPath = (callbackUrl?: string) => withQuery("/sign-in", { callbackUrl });

const im = "/incident-monitor";
const logSource = (projectId: string, sourceId: string) =>
  `${im}/log-sources/${segment(projectId)}/${segment(sourceId)}`;

export const api = {
  config: () => "/config/incident-monitor",
  configHistory: (query: Query = {}) => withQuery("/config/incident-monitor/history", query),
  configRevision: (version: number) => `/config/incident-monitor/history/${version}`,
  restoreConfig: (version: number) => `/config/incident-monitor/history/${version}/restore`,
  session: () => `${im}/session`,
  status: () => `${im}/status`,
  recomputeStatus: () => `${im}/status/recompute`,
  pause: () => `${im}/pause`,
  resume: () => `${im}/resume`,
  debug: () => `${im}/debug`,
  overview: () => `${im}/overview`,
  events: () => `${im}/events`,
  report: () => `${im}/report`,
  intakeReport: () => `${im}/intake/report`,
  routePreview: () => `${im}/route-preview`,
  redactionTest: () => `${im}/redaction-test`,
  routeLint: () => `${im}/route-lint`,
  routeBacktest: () => `${im}/route-backtest`,
  shadowDecisions: (query: Query = {}) => withQuery(`${im}/shadow-decisions`, query),

  silences: (query: Query = {}) => withQuery(`${im}/silences`, query),
  silence: (id: string) => `${im}/silences/${segment(id)}`,
  silenceHolds: (id: string, query: Query = {}) => withQuery(`${im}/silences/${segment(id)}/holds`, query),

  incidents: (query: Query = {}) => withQuery(`${im}/incidents`, query),
  incident: (id: string) => `${im}/incidents/${segment(id)}`,
  occurrences: (id: string, query: Query = {}) =>
    withQuery(`${im}/incidents/${segment(id)}/occurrences`, query),
  replayIncident: (id: string) => `${im}/incidents/${segment(id)}/replay`,
  bulkDeleteIncidents: () => `${im}/incidents/bulk-delete`,

  drafts: (query: Query = {}) => withQuery(`${im}/drafts`, query),
  draft: (id: string) => `${im}/drafts/${segment(id)}`,
  draftReview: (id: string) => `${im}/drafts/${segment(id)}/review`,
  approveDraft: (id: string) => `${im}/drafts/${segment(id)}/approve`,
  denyDraft: (id: string) => `${im}/drafts/${segment(id)}/deny`,
  triageReview: (id: string) => `${im}/drafts/${segment(id)}/triage`,
  triageRun: (id: string) => `${im}/drafts/${segment(id)}/triage-run`,
  triageSummary: (id: string) => `${im}/drafts/${segment(id)}/triage-summary`,
  issueDraft: (id: string) => `${im}/drafts/${segment(id)}/issue-draft`,
  cancelTriageRun: (runId: string) => `${im}/triage-runs/${segment(runId)}/cancel`,
  takeBackTriageRun: (runId: string) => `${im}/triage-runs/${segment(runId)}/take-back`,
  publishDraft: (id: string) => `${im}/drafts/${segment(id)}/publish`,
  recheckMatch: (id: string) => `${im}/drafts/${segment(id)}/recheck-match`,
  bulkDeleteDrafts: () => `${im}/drafts/bulk-delete`,

  posts: (query: Query = {}) => withQuery(`${im}/posts`, query),
  post: (id: string) => `${im}/posts/${segment(id)}`,
  destinationActivity: (id: string, query: Query = {}) =>
    withQuery(`${im}/destinations/${segment(id)}/activity`, query),
  bulkDeletePosts: () => `${im}/posts/bulk-delete`,

  intakeKeys: () => `${im}/intake/keys`,
  rotateIntakeKey: (id: string) => `${im}/intake/keys/${segment(id)}/rotate`,
  disableIntakeKey: (id: string) => `${im}/intake/keys/${segment(id)}/disable`,
  logSources: (query: Query = {}) => withQuery(`${im}/log-sources`, query),
  logSource: (projectId: string, sourceId: string) => logSource(projectId, sourceId),
  logSourceRoots: () => `${im}/log-sources/roots`,
  logSourceBrowse: (query: Query) => withQuery(`${im}/log-sources/browse`, query),
  previewLogSource: () => `${im}/log-sources/preview`,
  resetLogSourceOffset: (projectId: string, sourceId: string, query: Query = {}) =>
    withQuery(`${logSource(projectId, sourceId)}/reset-offset`, query),
  replayLatestLogSource: (projectId: string, sourceId: string, query: Query = {}) =>
    withQuery(`${logSource(projectId, sourceId)}/replay-latest`, query),
  backfillLogSource: (projectId: string, sourceId: string, query: Query = {}) =>
    withQuery(`${logSource(projectId, sourceId)}/backfill`, query),
  logSourceQuarantine: (projectId: string, sourceId: string, query: Query = {}) =>
    withQuery(`${logSource(projectId, sourceId)}/quarantine`, query),
  replayLogSourceQuarantine: (projectId: string, sourceId: string, query: Query = {}) =>
    withQuery(`${logSource(projectId, sourceId)}/quarantine/replay`, query),
  mcpServers: () => `${im}/mcp-servers`,
  evidence: (query: Query) => withQuery(`${im}/evidence`, query),
};
