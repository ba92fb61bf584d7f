import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiRoutes } from "@/lib/api/routes";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { testServices } from "@/lib/testing/context";
import { type IncidentMonitor, IncidentMonitorError, TandemClient } from "../src/index";
import { type ServedApi, serveApi } from "./serve-api";

let api: TestApi;
let served: ServedApi;
beforeAll(async () => {
  api = await createTestApi();
  served = await serveApi(api.db, testServices());
});
afterAll(async () => {
  await served.close();
  await api.close();
});

const first = async <T>(rows: AsyncGenerator<T>) => void (await rows.next());
const monitorCard = "tandem:self_monitoring:incident_monitor";
const signal = () => AbortSignal.timeout(20_000);

/** Every method once, with arguments that make it ask the server. A new method has no row here and fails below. */
const calls: { [Name in keyof IncidentMonitor]: (im: IncidentMonitor) => Promise<unknown> } = {
  getStatus: (im) => im.getStatus(),
  recomputeStatus: (im) => im.recomputeStatus(),
  pause: (im) => im.pause(),
  resume: (im) => im.resume(),
  debug: (im) => im.debug(),
  getOverview: (im) => im.getOverview(),
  getTrends: (im) => im.getTrends("7d"),
  getTestReceiver: (im) => im.getTestReceiver(),
  setUpTestReceiver: (im) => im.setUpTestReceiver(),
  sendTestReport: (im) => im.sendTestReport(),
  deleteTestReports: (im) => im.deleteTestReports(),
  removeTestReceiver: (im) => im.removeTestReceiver(),
  getNotifications: (im) => im.getNotifications(),
  putNotifications: (im) =>
    im.putNotifications({
      ...{ enabled: true, kinds: ["approvals"], minimum_risk: "any", interval_minutes: 5 },
      ...{ webhook_destination_id: null, version: 1 },
    }),
  getSession: (im) => im.getSession(),
  testRedaction: (im) => im.testRedaction("token=abc"),
  testDestination: (im) => im.testDestination("none"),
  getConfig: (im) => im.getConfig(),
  patchConfig: (im) => im.patchConfig({}, { dryRun: true }),
  listDestinations: (im) => im.listDestinations(),
  upsertDestination: (im) => im.upsertDestination({ destination_id: "x", name: "X", kind: "telemetry" }),
  removeDestination: (im) => im.removeDestination("x"),
  listRoutes: (im) => im.listRoutes(),
  upsertRoute: (im) => im.upsertRoute({ route_id: "r", name: "R" }),
  removeRoute: (im) => im.removeRoute("r"),
  listDestinationRows: (im) => im.listDestinationRows(),
  getDestination: (im) => im.getDestination("none"),
  putDestination: (im) => im.putDestination("y", { name: "Y", kind: "telemetry" }, { dryRun: true }),
  deleteDestination: (im) => im.deleteDestination("none"),
  listRouteRows: (im) => im.listRouteRows(),
  getRoute: (im) => im.getRoute("none"),
  putRoute: (im) => im.putRoute("s", { name: "S" }, { dryRun: true }),
  deleteRoute: (im) => im.deleteRoute("none"),
  listProjects: (im) => im.listProjects(),
  getProject: (im) => im.getProject("none"),
  putProject: (im) =>
    im.putProject("p", { name: "P", repo: "a/b", workspace_root: "/workspace/repos/p" }, { dryRun: true }),
  deleteProject: (im) => im.deleteProject("none"),
  listLogSources: (im) => im.listLogSources("none"),
  getLogSource: (im) => im.getLogSource("none", "none"),
  putLogSource: (im) => im.putLogSource("none", "none", { path: "a.log" }, { dryRun: true }),
  deleteLogSource: (im) => im.deleteLogSource("none", "none"),
  listMcpServers: (im) => im.listMcpServers(),
  getMcpServer: (im) => im.getMcpServer("none"),
  putMcpServer: (im) => im.putMcpServer("tickets", { url: "https://mcp.example.com/mcp" }),
  inspectMcpServer: (im) => im.inspectMcpServer("none"),
  deleteMcpServer: (im) => im.deleteMcpServer("none"),
  getConfigHistory: (im) => im.getConfigHistory({ limit: 1 }),
  getConfigRevision: (im) => im.getConfigRevision(1),
  restoreConfig: (im) => im.restoreConfig(1, { dryRun: true }),
  previewRoute: (im) => im.previewRoute(),
  previewIssueTemplate: (im) => im.previewIssueTemplate(),
  lintRoutes: (im) => im.lintRoutes(),
  backtestRoutes: (im) => im.backtestRoutes({ days: 1 }),
  listShadowDecisions: (im) => im.listShadowDecisions(),
  listAuditEntries: (im) => im.listAuditEntries(),
  iterateAuditEntries: (im) => first(im.iterateAuditEntries()),
  getAuditEntry: (im) => im.getAuditEntry("none"),
  getAuditLedger: (im) => im.getAuditLedger(),
  getAuditCheckpoint: (im) => im.getAuditCheckpoint(),
  getAuditConsistency: (im) => im.getAuditConsistency(0),
  exportAuditLedger: async (im) => (await im.exportAuditLedger({ format: "cef" }))?.cancel(),
  verifyAuditLedger: (im) => im.verifyAuditLedger(10),
  putAuditWitness: (im) => im.putAuditWitness({ destination_id: null, interval_minutes: 60, version: 1 }),
  listSilences: (im) => im.listSilences(),
  iterateSilences: (im) => first(im.iterateSilences()),
  getSilence: (im) => im.getSilence("none"),
  createSilence: (im) =>
    im.createSilence({
      matcher: { match_sources: ["x"] },
      reason: "a test",
      expires_at_ms: Date.now() + 60_000,
    }),
  updateSilence: (im) => im.updateSilence("none", { reason: "another" }),
  expireSilence: (im) => im.expireSilence("none"),
  listSilenceHolds: (im) => im.listSilenceHolds("none"),
  previewRereading: (im) => im.previewRereading(),
  listRedactionRuns: (im) => im.listRedactionRuns(),
  startRereading: (im) => im.startRereading(),
  stopRereading: (im) => im.stopRereading("none"),
  previewRetention: (im) => im.previewRetention(),
  listRetentionRuns: (im) => im.listRetentionRuns(),
  listHolds: (im) => im.listHolds({ open: "true" }),
  placeHold: (im) => im.placeHold({ scope: "project", project_id: "none", reason: "a test" }),
  previewErasure: (im) => im.previewErasure({ kind: "project", project_id: "none" }),
  resetTotp: (im) => im.resetTotp("none"),
  events: (im) => first(im.events({ signal: signal() })),
  report: (im) => im.report({ title: "x", detail: "y" }),
  reportWithKey: (im) => im.reportWithKey({ project_id: "none", report: { title: "x" } }),
  reportBatch: (im) => im.reportBatch([{ title: "x", detail: "y" }]),
  sendEvents: (im) => im.sendEvents([{ type: "session.error", properties: { error: "x" } }]),
  listIntakeKeys: (im) => im.listIntakeKeys(),
  createIntakeKey: (im) => im.createIntakeKey({ project_id: "none", name: "x" }),
  rotateIntakeKey: (im) => im.rotateIntakeKey("none"),
  disableIntakeKey: (im) => im.disableIntakeKey("none"),
  listLogSourceHealth: (im) => im.listLogSourceHealth({ state: "silent" }),
  getLogSourceHealth: (im) => im.getLogSourceHealth("none", "none"),
  backfillLogSource: (im) => im.backfillLogSource("none", "none", { from_ms: 1, to_ms: 2 }, { dryRun: true }),
  listQuarantine: (im) => im.listQuarantine("none", "none", { replayed: false }),
  replayQuarantine: (im) => im.replayQuarantine("none", "none", { all: true }, { dryRun: true }),
  previewLogSource: (im) => im.previewLogSource({ workspace_root: "/workspace/repos/none", path: "a.log" }),
  browseLogs: (im) => im.browseLogs({ root: "/workspace/repos" }),
  listAllowedRoots: (im) => im.listAllowedRoots(),
  getEvidence: (im) => im.getEvidence("tandem://incident-monitor/none/evidence/none/none.json"),
  resetLogSourceOffset: (im) => im.resetLogSourceOffset("none", "none"),
  replayLatestLogSourceCandidate: (im) => im.replayLatestLogSourceCandidate("none", "none"),
  listRoles: (im) => im.listRoles(),
  listUsers: (im) => im.listUsers(),
  iterateUsers: (im) => first(im.iterateUsers()),
  getUser: (im) => im.getUser("none"),
  updateUser: (im) => im.updateUser("none", { name: "Ada" }),
  disableUser: (im) => im.disableUser("none"),
  enableUser: (im) => im.enableUser("none"),
  removeUser: (im) => im.removeUser("none"),
  listUserSessions: (im) => im.listUserSessions("none"),
  revokeUserSessions: (im) => im.revokeUserSessions("none"),
  revokeSession: (im) => im.revokeSession("none"),
  listInvitations: (im) => im.listInvitations(),
  inviteUser: (im) => im.inviteUser({ email: "ada@example.test", role: "viewer" }),
  renewInvitation: (im) => im.renewInvitation("none"),
  revokeInvitation: (im) => im.revokeInvitation("none"),
  findInvitation: (im) => im.findInvitation("none"),
  acceptInvitation: (im) => im.acceptInvitation({ token: "none", name: "Ada", password: "x" }),
  makePasswordReset: (im) => im.makePasswordReset("none"),
  findPasswordReset: (im) => im.findPasswordReset("none"),
  usePasswordReset: (im) => im.usePasswordReset({ token: "none", password: "x" }),
  listTokens: (im) => im.listTokens(),
  createToken: (im) => im.createToken({ name: "CI", kind: "service", scopes: ["read"] }),
  rotateToken: (im) => im.rotateToken("none"),
  disableToken: (im) => im.disableToken("none"),
  listIncidents: (im) => im.listIncidents(),
  iterateIncidents: (im) => first(im.iterateIncidents()),
  getIncident: (im) => im.getIncident("none"),
  listOccurrences: (im) => im.listOccurrences("none"),
  mergeIncidents: (im) => im.mergeIncidents("none", { incident_ids: ["other"] }),
  unmergeIncident: (im) => im.unmergeIncident("none"),
  listMergeCandidates: (im) => im.listMergeCandidates("none"),
  listVariations: (im) => im.listVariations("none"),
  splitIncident: (im) => im.splitIncident("none", { attribute: "release", value: "1" }),
  snoozeIncident: (im) => im.snoozeIncident("none", { next_release: true }),
  unsnoozeIncident: (im) => im.unsnoozeIncident("none"),
  muteIncident: (im) => im.muteIncident("none", { until_ms: 1 }),
  unmuteIncident: (im) => im.unmuteIncident("none"),
  resolveIncident: (im) => im.resolveIncident("none"),
  reopenIncident: (im) => im.reopenIncident("none"),
  listGroupingRules: (im) => im.listGroupingRules(),
  previewGrouping: (im) => im.previewGrouping({ effect: { kind: "ignore", parts: ["component"] } }),
  applyGrouping: (im) => im.applyGrouping({ effect: { kind: "ignore", parts: ["component"] } }),
  undoGrouping: (im) => im.undoGrouping("none"),
  replayIncident: (im) => im.replayIncident("none"),
  deleteIncident: (im) => im.deleteIncident("none"),
  bulkDeleteIncidents: (im) => im.bulkDeleteIncidents({ ids: ["none"] }),
  listDrafts: (im) => im.listDrafts(),
  iterateDrafts: (im) => first(im.iterateDrafts()),
  getDraft: (im) => im.getDraft("none"),
  getDraftReview: (im) => im.getDraftReview("none"),
  approveDraft: (im) => im.approveDraft("none"),
  denyDraft: (im) => im.denyDraft("none"),
  withdrawApproval: (im) => im.withdrawApproval("none"),
  listBreakGlassReviews: (im) => im.listBreakGlassReviews(),
  createTriageRun: (im) => im.createTriageRun("none"),
  createTriageSummary: (im) => im.createTriageSummary("none", {}),
  createIssueDraft: (im) => im.createIssueDraft("none"),
  getTriageReview: (im) => im.getTriageReview("none"),
  takeBackTriageRun: (im) => im.takeBackTriageRun("none"),
  getTriageRun: (im) => im.getTriageRun("none"),
  cancelTriageRun: (im) => im.cancelTriageRun("none"),
  claimTriageRun: (im) => im.claimTriageRun("none"),
  heartbeatTriageRun: (im) => im.heartbeatTriageRun("none", { claim_id: "none" }),
  submitTriageArtifact: (im) =>
    im.submitTriageArtifact("none", {
      ...{ claim_id: "none", phase: "propose" },
      artifact: { likely_cause: "x", recommended_fix: "y" },
    }),
  completeTriageRun: (im) => im.completeTriageRun("none", { claim_id: "none" }),
  publishDraft: (im) => im.publishDraft("none"),
  publishDraftToDestinations: (im) => im.publishDraftToDestinations("none", ["x"]),
  undoPublish: (im) => im.undoPublish("none", ["none"]),
  claimDraft: (im) => im.claimDraft("none"),
  releaseDraft: (im) => im.releaseDraft("none"),
  reviewDrafts: (im) => im.reviewDrafts("approve", ["none"]),
  decideDrafts: (im) =>
    im.decideDrafts({ decision: "deny", reason: "a test", items: [{ draft_id: "none" }] }),
  triageDrafts: (im) => im.triageDrafts(["none"]),
  retryDrafts: (im) => im.retryDrafts(["none"]),
  listSavedViews: (im) => im.listSavedViews(),
  createSavedView: (im) => im.createSavedView({ name: "A test", query: { state: "open", sort: "risk" } }),
  updateSavedView: (im) => im.updateSavedView("none", { default: true }),
  deleteSavedView: (im) => im.deleteSavedView("none"),
  recheckMatch: (im) => im.recheckMatch("none"),
  deleteDraft: (im) => im.deleteDraft("none"),
  bulkDeleteDrafts: (im) => im.bulkDeleteDrafts({ ids: ["none"] }),
  listPosts: (im) => im.listPosts(),
  iteratePosts: (im) => first(im.iteratePosts()),
  getPost: (im) => im.getPost("none"),
  getPortableReceipt: (im) => im.getPortableReceipt("none"),
  getDestinationActivity: (im) => im.getDestinationActivity("none", { hours: 24 }),
  retryPost: (im) => im.retryPost("none"),
  retryPosts: (im) => im.retryPosts(["none"]),
  cancelPost: (im) => im.cancelPost("none"),
  reconcilePost: (im) => im.reconcilePost("none"),
  resolvePost: (im) => im.resolvePost("none", { resolution: "give_up", reason: "a test" }),
  deletePost: (im) => im.deletePost("none"),
  bulkDeletePosts: (im) => im.bulkDeletePosts({ ids: ["none"] }),
  getAuthorityInventory: (im) => im.getAuthorityInventory(),
  getAuthorityGraph: (im) => im.getAuthorityGraph(),
  listAuthoritySubjects: (im) => im.listAuthoritySubjects(),
  putAuthoritySubjects: (im) => im.putAuthoritySubjects({ runtime_id: "engine" }, { ifNoneMatch: "*" }),
  deleteAuthoritySubjects: (im) => im.deleteAuthoritySubjects("none"),
  getPostureChecks: (im) => im.getPostureChecks({ mode: "dry_run" }),
  draftPostureFinding: (im) => im.draftPostureFinding("sha256:none"),
  listProbeRuns: (im) => im.listProbeRuns({ limit: 5 }),
  getProbeRun: (im) => im.getProbeRun("none"),
  runAssessmentProbes: (im) => im.runAssessmentProbes(),
  generateAssessmentReport: (im) => im.generateAssessmentReport({ persistArtifact: false }),
  listAssessmentReports: (im) => im.listAssessmentReports({ limit: 5 }),
  getAssessmentReport: (im) => im.getAssessmentReport("none"),
  generateDeploymentCards: (im) => im.generateDeploymentCards({ includeMarkdown: false }),
  listDeploymentCards: (im) => im.listDeploymentCards({ include_markdown: true }),
  putCardMetadata: (im) => im.putCardMetadata(monitorCard, { business_owner: "Ada" }, { ifNoneMatch: "*" }),
  getCardMetadata: (im) => im.getCardMetadata(monitorCard),
  reviewCard: (im) => im.reviewCard(monitorCard, { ifMatch: '"1"' }),
  deleteCardMetadata: (im) => im.deleteCardMetadata(monitorCard),
  getProductionReadiness: (im) => im.getProductionReadiness(),
  listScenarioPacks: (im) => im.listScenarioPacks(),
  runScenarioPack: (im) => im.runScenarioPack({ scenario_ids: ["unsafe_unready_destination_blocked"] }),
  putScenarioPack: (im) =>
    im.putScenarioPack("own", { pack: { version: "1", scenarios: [{ scenario_id: "one" }] } }),
  deleteScenarioPack: (im) => im.deleteScenarioPack("own"),
  listScenarioRuns: (im) => im.listScenarioRuns({ limit: 5 }),
  getScenarioRun: (im) => im.getScenarioRun("none"),
  getGovernanceMetrics: (im) => im.getGovernanceMetrics(),
  listReassessments: (im) => im.listReassessments(),
  runReassessment: (im) => im.runReassessment(),
};

/** What was asked, as it went over the wire. */
const asked = new Set<string>();
const clientOf = () =>
  new TandemClient({
    baseUrl: served.url,
    token: api.tokens.admin,
    intakeKey: "tim_intake_unknown",
    retries: 0,
    fetch: (input, init) => {
      asked.add(`${init?.method} ${new URL(String(input)).pathname}`);
      return fetch(input, init);
    },
  });

describe("every method meets a route of the server", () => {
  it("and none is left out", () => {
    expect(Object.keys(calls).sort()).toEqual(Object.keys(clientOf().incidentMonitor).sort());
  });

  it.each(Object.keys(calls) as (keyof IncidentMonitor)[])("%s", async (name) => {
    const error = await calls[name](clientOf().incidentMonitor).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (error === null) return;
    // A refusal of the route itself is fine: what is asked for does not exist. Its absence is not, nor our own fault.
    expect(error).toBeInstanceOf(IncidentMonitorError);
    const { status, code } = error as IncidentMonitorError;
    expect([status, code]).not.toEqual([404, "NOT_FOUND"]);
    expect([400, 401, 404, 409], String(error)).toContain(status);
    expect(["VALIDATION_FAILED", "MALFORMED_JSON"]).not.toContain(code);
  });

  it("health too, without a token", async () => {
    expect(await new TandemClient({ baseUrl: served.url }).health()).toMatchObject({ ready: true });
  });
});

describe("every route of the server has a method", () => {
  const without = [
    "GET /metrics",
    // The product's own deliveries, and what is for a person in a browser alone.
    "POST /incident-monitor/test-receiver",
    "GET /incident-monitor/notifications/preferences",
    "PUT /incident-monitor/notifications/preferences",
    "POST /incident-monitor/notifications/links/open",
    "POST /incident-monitor/drafts/{draft_id}/break-glass",
    "POST /incident-monitor/break-glass-reviews/{break_glass_id}",
    "POST /incident-monitor/retention/holds/{hold_id}/release",
    "POST /incident-monitor/retention/erasures",
    "PUT /incident-monitor/security/production-readiness/{control_id}/attestation",
    "DELETE /incident-monitor/security/production-readiness/{control_id}/attestation",
  ];
  /** A signed-in person's own account: no token has one, and the client holds tokens alone. */
  const personal = / \/incident-monitor\/account(?:\/|$)/;

  it.each(apiRoutes.map((route) => `${route.method.toUpperCase()} ${route.path}`))("%s", (route) => {
    if (without.includes(route) || personal.test(route) || route === "GET /global/health") return;
    const pattern = new RegExp(`^${route.replaceAll(/\{\w+\}/g, "[^/]+").replaceAll("/", "\\/")}$`);
    expect([...asked].filter((each) => pattern.test(each))).not.toEqual([]);
  });
});
