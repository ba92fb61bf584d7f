import { auditOperations, auditTag } from "./openapi-audit";
import { governanceOperations } from "./openapi-governance";
import { redactionOperations, redactionTag } from "./openapi-redaction";
import { retentionOperations, retentionTag } from "./openapi-retention";
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
  [`GET ${im}/account`]: { id: "getAccount" },
  [`POST ${im}/account/step-up`]: { id: "stepUp" },
  [`GET ${im}/account/sessions`]: { id: "listOwnSessions" },
  [`POST ${im}/account/sessions/revoke-others`]: { id: "revokeOtherSessions" },
  [`DELETE ${im}/account/sessions/{session_id}`]: { id: "revokeOwnSession" },
  [`POST ${im}/access/users/{user_id}/totp-reset`]: { id: "resetTotp" },
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
  [`GET ${im}/trends`]: { id: "getTrends" },
  [`GET ${im}/debug`]: { id: "debug" },
  [`GET ${im}/test-receiver`]: { id: "getTestReceiver" },
  [`POST ${im}/test-receiver`]: { id: "receiveTestDelivery" },
  [`POST ${im}/test-receiver/set-up`]: { id: "setUpTestReceiver" },
  [`DELETE ${im}/test-receiver/set-up`]: { id: "removeTestReceiver" },
  [`POST ${im}/test-reports`]: { id: "sendTestReport" },
  [`DELETE ${im}/test-reports`]: { id: "deleteTestReports" },
  [`GET ${im}/notifications`]: { id: "getNotifications" },
  [`PUT ${im}/notifications`]: { id: "putNotifications" },
  [`GET ${im}/notifications/preferences`]: { id: "getNotificationPreferences" },
  [`PUT ${im}/notifications/preferences`]: { id: "putNotificationPreferences" },
  [`POST ${im}/notifications/links/open`]: { id: "openNotificationLink" },
  [`GET ${im}/events`]: { id: "streamEvents" },
  [`POST ${im}/destinations/{destination_id}/test`]: { id: "testDestination" },
  [`GET ${im}/destinations/{destination_id}/activity`]: { id: "getDestinationActivity" },
  [`POST ${im}/route-preview`]: { id: "previewRoute" },
  ...redactionOperations,
  [`POST ${im}/issue-template/preview`]: { id: "previewIssueTemplate" },
  [`GET ${im}/route-lint`]: { id: "lintRoutes" },
  [`POST ${im}/route-backtest`]: { id: "backtestRoutes" },
  [`GET ${im}/shadow-decisions`]: { id: "listShadowDecisions" },
  ...auditOperations,
  ...governanceOperations,
  [`GET ${im}/silences`]: { id: "listSilences" },
  [`POST ${im}/silences`]: { id: "createSilence" },
  [`GET ${im}/silences/{silence_id}`]: { id: "getSilence" },
  [`PATCH ${im}/silences/{silence_id}`]: { id: "updateSilence", headers: guarded },
  [`POST ${im}/silences/{silence_id}/expire`]: { id: "expireSilence" },
  [`GET ${im}/silences/{silence_id}/holds`]: { id: "listSilenceHolds" },
  ...retentionOperations,
  [`POST ${im}/report`]: { id: "report", headers: idempotent },
  [`POST ${im}/intake/report`]: { id: "reportWithKey", headers: idempotent },
  [`POST ${im}/intake/reports`]: { id: "reportBatch" },
  [`POST ${im}/intake/events`]: { id: "reportEvents", headers: idempotent },
  [`GET ${im}/intake/keys`]: { id: "listIntakeKeys" },
  [`POST ${im}/intake/keys`]: { id: "createIntakeKey" },
  [`POST ${im}/intake/keys/{key_id}/rotate`]: { id: "rotateIntakeKey" },
  [`POST ${im}/intake/keys/{key_id}/disable`]: { id: "disableIntakeKey" },
  [`GET ${im}/access/roles`]: { id: "listRoles" },
  [`GET ${im}/access/users`]: { id: "listUsers" },
  [`GET ${im}/access/users/{user_id}`]: { id: "getUser" },
  [`PATCH ${im}/access/users/{user_id}`]: { id: "updateUser", headers: guarded },
  [`POST ${im}/access/users/{user_id}/disable`]: { id: "disableUser" },
  [`POST ${im}/access/users/{user_id}/enable`]: { id: "enableUser" },
  [`DELETE ${im}/access/users/{user_id}`]: { id: "removeUser" },
  [`GET ${im}/access/users/{user_id}/sessions`]: { id: "listUserSessions" },
  [`POST ${im}/access/users/{user_id}/sessions/revoke`]: { id: "revokeUserSessions" },
  [`POST ${im}/access/sessions/{session_id}/revoke`]: { id: "revokeSession" },
  [`GET ${im}/access/invitations`]: { id: "listInvitations" },
  [`POST ${im}/access/invitations`]: { id: "inviteUser" },
  [`POST ${im}/access/invitations/find`]: { id: "findInvitation" },
  [`POST ${im}/access/invitations/accept`]: { id: "acceptInvitation" },
  [`POST ${im}/access/invitations/{invitation_id}/renew`]: { id: "renewInvitation" },
  [`POST ${im}/access/invitations/{invitation_id}/revoke`]: { id: "revokeInvitation" },
  [`POST ${im}/access/users/{user_id}/password-reset`]: { id: "makePasswordReset" },
  [`POST ${im}/access/password-resets/find`]: { id: "findPasswordReset" },
  [`POST ${im}/access/password-resets/use`]: { id: "usePasswordReset" },
  [`GET ${im}/access/tokens`]: { id: "listTokens" },
  [`POST ${im}/access/tokens`]: { id: "createToken" },
  [`POST ${im}/access/tokens/{token_id}/rotate`]: { id: "rotateToken" },
  [`POST ${im}/access/tokens/{token_id}/disable`]: { id: "disableToken" },
  [`GET ${im}/incidents`]: { id: "listIncidents" },
  [`GET ${im}/incidents/{incident_id}`]: { id: "getIncident" },
  [`GET ${im}/incidents/{incident_id}/occurrences`]: { id: "listOccurrences" },
  [`POST ${im}/incidents/{incident_id}/merge`]: { id: "mergeIncidents" },
  [`POST ${im}/incidents/{incident_id}/unmerge`]: { id: "unmergeIncident" },
  [`GET ${im}/incidents/{incident_id}/merge-candidates`]: { id: "listMergeCandidates" },
  [`GET ${im}/incidents/{incident_id}/variations`]: { id: "listVariations" },
  [`POST ${im}/incidents/{incident_id}/split`]: { id: "splitIncident" },
  [`POST ${im}/incidents/{incident_id}/snooze`]: { id: "snoozeIncident" },
  [`POST ${im}/incidents/{incident_id}/unsnooze`]: { id: "unsnoozeIncident" },
  [`POST ${im}/incidents/{incident_id}/mute`]: { id: "muteIncident" },
  [`POST ${im}/incidents/{incident_id}/unmute`]: { id: "unmuteIncident" },
  [`POST ${im}/incidents/{incident_id}/resolve`]: { id: "resolveIncident" },
  [`POST ${im}/incidents/{incident_id}/reopen`]: { id: "reopenIncident" },
  [`GET ${im}/grouping-rules`]: { id: "listGroupingRules" },
  [`POST ${im}/grouping-rules`]: { id: "applyGrouping" },
  [`POST ${im}/grouping-rules/preview`]: { id: "previewGrouping" },
  [`POST ${im}/grouping-rules/{rule_id}/undo`]: { id: "undoGrouping" },
  [`POST ${im}/incidents/{incident_id}/replay`]: { id: "replayIncident" },
  [`DELETE ${im}/incidents/{incident_id}`]: { id: "deleteIncident" },
  [`POST ${im}/incidents/bulk-delete`]: { id: "bulkDeleteIncidents" },
  [`GET ${im}/drafts`]: { id: "listDrafts" },
  [`GET ${im}/drafts/{draft_id}`]: { id: "getDraft" },
  [`GET ${im}/drafts/{draft_id}/review`]: { id: "getDraftReview" },
  [`POST ${im}/drafts/{draft_id}/approve`]: { id: "approveDraft" },
  [`POST ${im}/drafts/{draft_id}/deny`]: { id: "denyDraft" },
  [`POST ${im}/drafts/{draft_id}/withdraw`]: { id: "withdrawApproval" },
  [`POST ${im}/drafts/{draft_id}/break-glass`]: { id: "breakGlass" },
  [`GET ${im}/break-glass-reviews`]: { id: "listBreakGlassReviews" },
  [`POST ${im}/break-glass-reviews/{break_glass_id}`]: { id: "reviewBreakGlass" },
  [`POST ${im}/drafts/{draft_id}/publish`]: { id: "publishDraft" },
  [`POST ${im}/drafts/{draft_id}/undo-publish`]: { id: "undoPublish" },
  [`POST ${im}/drafts/{draft_id}/claim`]: { id: "claimDraft" },
  [`POST ${im}/drafts/{draft_id}/release`]: { id: "releaseDraft" },
  [`POST ${im}/drafts/bulk-review`]: { id: "reviewDrafts" },
  [`POST ${im}/drafts/bulk-decide`]: { id: "decideDrafts" },
  [`POST ${im}/drafts/bulk-triage`]: { id: "triageDrafts" },
  [`POST ${im}/drafts/bulk-retry`]: { id: "retryDrafts" },
  [`GET ${im}/saved-views`]: { id: "listSavedViews" },
  [`POST ${im}/saved-views`]: { id: "createSavedView" },
  [`PATCH ${im}/saved-views/{view_id}`]: { id: "updateSavedView" },
  [`DELETE ${im}/saved-views/{view_id}`]: { id: "deleteSavedView" },
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
  [`GET ${im}/posts/{post_id}/portable-receipt`]: { id: "getPortableReceipt" },
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
    paths: /^\/incident-monitor\/(?:incidents|grouping-rules)\b/,
  },
  {
    name: "Drafts",
    description: "An issue somebody could file: reviewed, approved or denied by a person, then published.",
    paths: /^\/incident-monitor\/(?:drafts|saved-views|break-glass-reviews)\b/,
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
  auditTag,
  {
    name: "Destinations",
    description: "Where drafts may be sent, and the MCP servers whose tools they may call.",
    paths: /^\/incident-monitor\/(?:destinations|mcp-servers)\b/,
  },
  {
    name: "Notifications",
    description: "What people are told outside the panel: counts, ids and links, never a word of a report.",
    paths: /^\/incident-monitor\/notifications\b/,
  },
  {
    name: "First run",
    description: "A test report that goes the whole way, to a receiver inside the product.",
    paths: /^\/incident-monitor\/test-(?:receiver|reports)\b/,
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
    name: "Access",
    description: "Users, invitations, sessions and API tokens: who may do what, and since when.",
    paths: /^\/incident-monitor\/access\b/,
  },
  {
    name: "Log sources",
    description: "Watched log files, how they stand, and the evidence kept of them.",
    paths: /^\/incident-monitor\/(?:log-sources|evidence)\b/,
  },
  redactionTag,
  retentionTag,
  {
    name: "Security",
    description: "The security and governance layer.",
    paths: /^\/incident-monitor\/security\b/,
  },
  {
    name: "Account",
    description:
      "A signed-in person's own account: its sessions and the proofs of who they are. No token has one.",
    paths: /^\/incident-monitor\/account\b/,
  },
  { name: "System", description: "Health, status, live changes and who is calling.", paths: /^/ },
];

export const tagOf = ({ path }: Pick<ApiRoute, "path">): string =>
  tags.find((tag) => tag.paths.test(path))?.name ?? "System";

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
