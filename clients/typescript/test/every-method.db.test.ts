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
const signal = AbortSignal.timeout(20_000);

/** Every method once, with arguments that make it ask the server. A new method has no row here and fails below. */
const calls: { [Name in keyof IncidentMonitor]: (im: IncidentMonitor) => Promise<unknown> } = {
  getStatus: (im) => im.getStatus(),
  recomputeStatus: (im) => im.recomputeStatus(),
  pause: (im) => im.pause(),
  resume: (im) => im.resume(),
  debug: (im) => im.debug(),
  getOverview: (im) => im.getOverview(),
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
  lintRoutes: (im) => im.lintRoutes(),
  backtestRoutes: (im) => im.backtestRoutes({ days: 1 }),
  listShadowDecisions: (im) => im.listShadowDecisions(),
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
  events: (im) => first(im.events({ signal })),
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
  listIncidents: (im) => im.listIncidents(),
  iterateIncidents: (im) => first(im.iterateIncidents()),
  getIncident: (im) => im.getIncident("none"),
  listOccurrences: (im) => im.listOccurrences("none"),
  replayIncident: (im) => im.replayIncident("none"),
  deleteIncident: (im) => im.deleteIncident("none"),
  bulkDeleteIncidents: (im) => im.bulkDeleteIncidents({ ids: ["none"] }),
  listDrafts: (im) => im.listDrafts(),
  iterateDrafts: (im) => first(im.iterateDrafts()),
  getDraft: (im) => im.getDraft("none"),
  getDraftReview: (im) => im.getDraftReview("none"),
  approveDraft: (im) => im.approveDraft("none"),
  denyDraft: (im) => im.denyDraft("none"),
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
  recheckMatch: (im) => im.recheckMatch("none"),
  deleteDraft: (im) => im.deleteDraft("none"),
  bulkDeleteDrafts: (im) => im.bulkDeleteDrafts({ ids: ["none"] }),
  listPosts: (im) => im.listPosts(),
  iteratePosts: (im) => first(im.iteratePosts()),
  getPost: (im) => im.getPost("none"),
  getDestinationActivity: (im) => im.getDestinationActivity("none", { hours: 24 }),
  retryPost: (im) => im.retryPost("none"),
  retryPosts: (im) => im.retryPosts(["none"]),
  cancelPost: (im) => im.cancelPost("none"),
  reconcilePost: (im) => im.reconcilePost("none"),
  resolvePost: (im) => im.resolvePost("none", { resolution: "give_up", reason: "a test" }),
  deletePost: (im) => im.deletePost("none"),
  bulkDeletePosts: (im) => im.bulkDeletePosts({ ids: ["none"] }),
  getAuthorityInventory: (im) => im.getAuthorityInventory(),
  getPostureChecks: (im) => im.getPostureChecks({ mode: "dry_run" }),
  runAssessmentProbes: (im) => im.runAssessmentProbes(),
  generateAssessmentReport: (im) => im.generateAssessmentReport({ persistArtifact: false }),
  generateDeploymentCards: (im) => im.generateDeploymentCards({ includeMarkdown: false }),
  listScenarioPacks: (im) => im.listScenarioPacks(),
  runScenarioPack: (im) => im.runScenarioPack(),
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
    expect([400, 401, 404, 409, 501], String(error)).toContain(status);
    expect(["VALIDATION_FAILED", "MALFORMED_JSON"]).not.toContain(code);
  });

  it("health too, without a token", async () => {
    expect(await new TandemClient({ baseUrl: served.url }).health()).toMatchObject({ ready: true });
  });
});

describe("every route of the server has a method", () => {
  const without = ["GET /metrics"];

  it.each(apiRoutes.map((route) => `${route.method.toUpperCase()} ${route.path}`))("%s", (route) => {
    if (without.includes(route) || route === "GET /global/health") return;
    const pattern = new RegExp(`^${route.replaceAll(/\{\w+\}/g, "[^/]+").replaceAll("/", "\\/")}$`);
    expect([...asked].filter((each) => pattern.test(each))).not.toEqual([]);
  });
});
