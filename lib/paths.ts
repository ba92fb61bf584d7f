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

export const inboxPath = (query: Query = {}) => withQuery("/", query);
export const draftsPath = (query: Query = {}) => withQuery("/drafts", query);
/** What waits for a decision and is not snoozed or muted: what the inbox counts. */
export const approvalsDuePath = () => draftsPath({ state: "approval_due", quiet: "false" });
export const draftPath = (id: string, query: Query = {}) => withQuery(`/drafts/${segment(id)}`, query);
export const incidentsPath = (query: Query = {}) => withQuery("/incidents", query);
export const incidentPath = (id: string, query: Query = {}) => withQuery(`/incidents/${segment(id)}`, query);
export const receiptsPath = (query: Query = {}) => withQuery("/receipts", query);
export const receiptPath = (id: string) => `/receipts/${segment(id)}`;
/** For anybody, signed in or not: checks a receipt's file in the browser alone. */
export const verifyReceiptPath = () => "/verify";
export const scenariosPath = (query: Query = {}) => withQuery("/security/scenarios", query);
export const breakGlassPath = () => "/security/break-glass";
/** Who and what may act here; `view` is one of its tabs. */
export const inventoryPath = (query: Query = {}) => withQuery("/security/inventory", query);
export const posturePath = (query: Query = {}) => withQuery("/security/posture", query);
export const probesPath = (query: Query = {}) => withQuery("/security/probes", query);
export const assessmentReportsPath = () => "/security/report";
export const assessmentReportPath = (id: string) => `/security/report/${segment(id)}`;
export const governanceMetricsPath = (query: Query = {}) => withQuery("/security/metrics", query);
export const reassessmentsPath = (query: Query = {}) => withQuery("/security/reassessments", query);
export const cardsPath = () => "/security/cards";
export const cardPath = (id: string) => `/security/cards/${segment(id)}`;
export const productionPath = () => "/security/production";
export const auditPath = (query: Query = {}) => withQuery("/security/audit", query);
export const evidencePath = (reference: string) => withQuery("/evidence", { reference });

const settings = "/settings/incident-monitor";
export const sourcesPath = (query: Query = {}) => withQuery(`${settings}/sources`, query);
export const destinationsPath = (query: Query = {}) => withQuery(`${settings}/destinations`, query);
export const routingPath = (query: Query = {}) => withQuery(`${settings}/routing`, query);
export const silencesPath = (query: Query = {}) => withQuery(`${settings}/routing/silences`, query);
export const groupingPath = (query: Query = {}) => withQuery(`${settings}/grouping`, query);
export const shadowDecisionsPath = () => `${settings}/routing/shadow`;
export const safetyPath = (query: Query = {}) => withQuery(`${settings}/safety`, query);
export const redactionPath = () => `${settings}/safety/redaction`;
export const retentionPath = () => `${settings}/safety/retention`;
/** Users, invitations, roles and API tokens; `tab` is one of these screens. */
export const accessPath = (query: Query = {}) => withQuery("/settings/access", query);

/** What a person is told of by e-mail. */
export const notificationsPath = () => "/settings/notifications";
/** Opens one draft's review once, for who got it. */
export const notificationLinkPath = (token: string) => `/notice/${segment(token)}`;
export const accountPath = () => "/account";

export const apiReferencePath = () => "/docs/api";
export const openApiDocumentPath = () => "/openapi.json";

/** `callbackUrl` is checked again where it is used: see safeCallbackUrl. */
export const signInPath = (callbackUrl?: string) => withQuery("/sign-in", { callbackUrl });

/** For the signed-out: whoever holds an invitation's link becomes a user here. */
export const invitationPath = () => "/invitation";
/** For the signed-out: whoever holds a reset's link sets another password here. */
export const passwordResetPath = () => "/reset-password";
/** The link's secret is behind the `#`: browsers keep that to themselves, so that no log and no referrer holds it. */
export const linkTo = (publicUrl: string, path: string, secret: string) =>
  `${publicUrl.replace(/\/$/, "")}${path}#${secret}`;

const im = "/incident-monitor";
const access = `${im}/access`;
const logSource = (projectId: string, sourceId: string) =>
  `${im}/log-sources/${segment(projectId)}/${segment(sourceId)}`;

export const api = {
  config: () => "/config/incident-monitor",
  configHistory: (query: Query = {}) => withQuery("/config/incident-monitor/history", query),
  configRevision: (version: number) => `/config/incident-monitor/history/${version}`,
  restoreConfig: (version: number) => `/config/incident-monitor/history/${version}/restore`,
  session: () => `${im}/session`,
  account: () => `${im}/account`,
  stepUp: () => `${im}/account/step-up`,
  ownSessions: () => `${im}/account/sessions`,
  status: () => `${im}/status`,
  recomputeStatus: () => `${im}/status/recompute`,
  pause: () => `${im}/pause`,
  resume: () => `${im}/resume`,
  debug: () => `${im}/debug`,
  overview: () => `${im}/overview`,
  trends: (query: Query = {}) => withQuery(`${im}/trends`, query),
  events: () => `${im}/events`,
  testReceiver: () => `${im}/test-receiver`,
  testReceiverSetUp: () => `${im}/test-receiver/set-up`,
  testReports: () => `${im}/test-reports`,
  notifications: () => `${im}/notifications`,
  notificationPreferences: () => `${im}/notifications/preferences`,
  openNotificationLink: () => `${im}/notifications/links/open`,
  report: () => `${im}/report`,
  intakeReport: () => `${im}/intake/report`,
  routePreview: () => `${im}/route-preview`,
  redactionTest: () => `${im}/redaction-test`,
  redactionPreview: () => `${im}/redaction/preview`,
  redactionRuns: () => `${im}/redaction/runs`,
  issueTemplatePreview: () => `${im}/issue-template/preview`,
  routeLint: () => `${im}/route-lint`,
  routeBacktest: () => `${im}/route-backtest`,
  shadowDecisions: (query: Query = {}) => withQuery(`${im}/shadow-decisions`, query),

  groupingRules: () => `${im}/grouping-rules`,
  groupingPreview: () => `${im}/grouping-rules/preview`,
  mergeCandidates: (id: string) => `${im}/incidents/${segment(id)}/merge-candidates`,
  variations: (id: string) => `${im}/incidents/${segment(id)}/variations`,
  scenarioPacks: () => `${im}/security/scenario-packs`,
  scenarioRuns: (query: Query = {}) => withQuery(`${im}/security/scenario-runs`, query),
  scenarioRun: (id: string) => `${im}/security/scenario-runs/${segment(id)}`,
  retentionPreview: () => `${im}/retention/preview`,
  retentionHolds: () => `${im}/retention/holds`,
  retentionRuns: () => `${im}/retention/runs`,
  erasures: () => `${im}/retention/erasures`,
  audit: (query: Query = {}) => withQuery("/audit/ledger", query),
  auditState: () => "/audit/ledger/state",
  auditEntry: (id: string) => `/audit/ledger/entries/${segment(id)}`,
  auditExport: (query: Query = {}) => withQuery("/audit/ledger/export", query),
  silences: (query: Query = {}) => withQuery(`${im}/silences`, query),
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
  withdrawApproval: (id: string) => `${im}/drafts/${segment(id)}/withdraw`,
  authorityInventory: () => `${im}/security/authority-inventory`,
  authorityGraph: () => `${im}/security/authority-graph`,
  authoritySubjects: () => `${im}/security/authority-subjects`,
  breakGlass: (id: string) => `${im}/drafts/${segment(id)}/break-glass`,
  breakGlassReviews: (query: Query = {}) => withQuery(`${im}/break-glass-reviews`, query),
  breakGlassReview: (id: string) => `${im}/break-glass-reviews/${segment(id)}`,
  triageReview: (id: string) => `${im}/drafts/${segment(id)}/triage`,
  triageRun: (id: string) => `${im}/drafts/${segment(id)}/triage-run`,
  triageSummary: (id: string) => `${im}/drafts/${segment(id)}/triage-summary`,
  issueDraft: (id: string) => `${im}/drafts/${segment(id)}/issue-draft`,
  cancelTriageRun: (runId: string) => `${im}/triage-runs/${segment(runId)}/cancel`,
  takeBackTriageRun: (runId: string) => `${im}/triage-runs/${segment(runId)}/take-back`,
  publishDraft: (id: string) => `${im}/drafts/${segment(id)}/publish`,
  recheckMatch: (id: string) => `${im}/drafts/${segment(id)}/recheck-match`,
  claimDraft: (id: string) => `${im}/drafts/${segment(id)}/claim`,
  undoPublish: (id: string) => `${im}/drafts/${segment(id)}/undo-publish`,
  bulkReview: () => `${im}/drafts/bulk-review`,
  bulkDecide: () => `${im}/drafts/bulk-decide`,
  savedViews: () => `${im}/saved-views`,
  bulkDeleteDrafts: () => `${im}/drafts/bulk-delete`,

  posts: (query: Query = {}) => withQuery(`${im}/posts`, query),
  post: (id: string) => `${im}/posts/${segment(id)}`,
  portableReceipt: (id: string) => `${im}/posts/${segment(id)}/portable-receipt`,
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
  postureChecks: (query: Query = {}) => withQuery(`${im}/security/posture-checks`, query),
  assessmentReports: (query: Query = {}) => withQuery(`${im}/security/assessment-reports`, query),
  assessmentReport: (id: string, query: Query = {}) =>
    withQuery(`${im}/security/assessment-reports/${segment(id)}`, query),
  probeRuns: (query: Query = {}) => withQuery(`${im}/security/assessment-probes`, query),
  probeRun: (id: string) => `${im}/security/assessment-probes/${segment(id)}`,
  governanceMetrics: () => `${im}/security/governance-metrics`,
  reassessments: () => `${im}/security/reassessments`,
  productionReadiness: () => `${im}/security/production-readiness`,
  deploymentCards: (query: Query = {}) => withQuery(`${im}/security/deployment-cards`, query),
  cardMetadata: (id: string) => `${im}/security/deployment-cards/${segment(id)}/metadata`,
  mcpServers: () => `${im}/mcp-servers`,
  users: (query: Query = {}) => withQuery(`${access}/users`, query),
  user: (id: string) => `${access}/users/${segment(id)}`,
  userSessions: (id: string) => `${access}/users/${segment(id)}/sessions`,
  invitations: (query: Query = {}) => withQuery(`${access}/invitations`, query),
  findPasswordReset: () => `${access}/password-resets/find`,
  usePasswordReset: () => `${access}/password-resets/use`,
  findInvitation: () => `${access}/invitations/find`,
  acceptInvitation: () => `${access}/invitations/accept`,
  tokens: (query: Query = {}) => withQuery(`${access}/tokens`, query),
  token: (id: string) => `${access}/tokens/${segment(id)}`,
  roles: () => `${access}/roles`,
  evidence: (query: Query) => withQuery(`${im}/evidence`, query),
};
