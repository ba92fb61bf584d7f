import type { Role } from "@/lib/domain/actor";
import { newId } from "@/lib/ids";
import type { Services } from "@/lib/pipeline/context";
import { type CallOptions, createTestApi, type TestApi } from "./api";
import { credentialsOf } from "./credentials";

export const projects = ["shop", "other"] as const;
export type ProjectId = (typeof projects)[number];

const keyHeader = "x-tandem-incident-monitor-intake-key";
const ownOrigin = { origin: "http://localhost:39731" };

/** How a request says who it is: the token, or null with headers. */
export type Credential = Pick<CallOptions, "token" | "headers">;

/** An API on which every path parameter names something, in each of two projects, and makers of every credential. */
export async function createMatrixGround(services: Partial<Services> = {}) {
  const stopped = new AbortController();
  stopped.abort();
  // Nobody delivers here: a publish call answers at once instead of waiting for it.
  const api = await createTestApi({ ...services, stopping: stopped.signal });
  const make = credentialsOf(() => api.process);
  await configure(api);
  const keys = Object.fromEntries(
    await Promise.all(projects.map(async (id) => [id, await makeKey(api, id)] as const)),
  ) as Record<ProjectId, { raw: string; id: string }>;
  const records = {
    shop: await makeRecords(api, "shop", keys.shop.raw),
    other: await makeRecords(api, "other", keys.other.raw),
  };
  const silences = { shop: await makeSilence(api, "shop"), other: await makeSilence(api, "other") };
  const holds = { shop: await makeHold(api, "shop"), other: await makeHold(api, "other") };
  const access = await makeAccess(api, make);
  const view = await done(
    api.call("POST", "/incident-monitor/saved-views", { body: { name: "Open", query: { state: "open" } } }),
  );
  const rules = { shop: await makeGroupingRule(api, "shop"), other: await makeGroupingRule(api, "other") };
  const scenarios = { shop: await makeScenarios(api, "shop"), other: await makeScenarios(api, "other") };
  const probed = await done(
    api.call("POST", "/incident-monitor/security/assessment-probes", {
      body: { probes: ["webhook_url_policy"] },
    }),
  );
  const audit = await done(api.call("GET", "/audit/ledger?limit=1"));
  const history = await done(api.call("GET", "/config/incident-monitor/history"));
  const parameters = (project: ProjectId): Record<string, string> => ({
    ...records[project],
    ...access,
    key_id: keys[project].id,
    destination_id: "local",
    route_id: "everything",
    project_id: project,
    source_id: "app",
    silence_id: silences[project],
    ...scenarios[project],
    hold_id: holds[project],
    redaction_run_id: "redaction-run-none",
    // No control of the customer's: whoever may vouch is told so before it is asked whether they are a person.
    control_id: "none",
    card_id: `monitored_source:${project}:project`,
    report_id: reports[project],
    probe_run_id: probed.evidence_pack.artifact_id as string,
    entry_id: audit.entries[0].entry_id as string,
    view_id: view.view.view_id as string,
    rule_id: rules[project],
    server_name: "tickets",
    runtime_id: "engine",
    version: String(history.revisions[0].version),
  });

  const cookieOf = async (role: Role | null, projectRoles: Record<string, Role> = {}) =>
    (await make.openSession(await make.makeUser({ role, projectRoles }))).cookie;

  const reportOf = async (project: ProjectId): Promise<string> => {
    const headers = { cookie: await cookieOf(null, { [project]: "auditor" }), ...ownOrigin };
    const made = await done(
      api.call("POST", "/incident-monitor/security/assessment-report", {
        ...{ token: null, headers, body: { probes: ["webhook_url_policy"] } },
      }),
    );
    return made.evidence_pack.artifact_id;
  };
  const reports = { shop: await reportOf("shop"), other: await reportOf("other") };

  return {
    api,
    parameters,
    credentials: {
      none: async (): Promise<Credential> => ({ token: null }),
      token: async (fields: Parameters<typeof make.makeToken>[0], header = "authorization") =>
        inHeader(await make.makeToken(fields), header),
      wrong: async (header: string) => inHeader("tim_token_nobody_has_this", header),
      keyHeader: async (raw: string): Promise<Credential> => ({ token: null, headers: { [keyHeader]: raw } }),
      keyBearer: async (raw: string): Promise<Credential> => ({ token: raw }),
      keyBeside: async (raw: string): Promise<Credential> => ({
        token: await make.makeToken({ kind: "admin" }),
        headers: { [keyHeader]: raw },
      }),
      cookie: async (role: Role | null, projectRoles?: Record<string, Role>): Promise<Credential> => ({
        token: null,
        headers: { cookie: await cookieOf(role, projectRoles), ...ownOrigin },
      }),
      cookieFrom: async (headers: Record<string, string>): Promise<Credential> => ({
        token: null,
        headers: { cookie: await cookieOf("admin"), ...headers },
      }),
    },
    keys: {
      shop: keys.shop.raw,
      other: keys.other.raw,
      disabled: await makeDisabledKey(api),
      expired: await makeExpiredKey(api),
    },
    close: () => api.close(),
  };
}

export type MatrixGround = Awaited<ReturnType<typeof createMatrixGround>>;

function inHeader(raw: string, header: string): Credential {
  return header === "authorization" ? { token: raw } : { token: null, headers: { [header]: raw } };
}

async function configure(api: TestApi): Promise<void> {
  const project = (id: ProjectId) => ({
    project_id: id,
    name: id,
    repo: `acme/${id}`,
    workspace_root: `/workspace/repos/${id}`,
    log_sources: [
      { source_id: "app", path: "app.log", enabled: false },
      { source_id: "external", path: "external.log", enabled: false },
    ],
  });
  const incident_monitor = {
    destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }],
    default_destination_ids: ["local"],
    routes: [{ route_id: "everything", name: "Everything", destination_ids: ["local"] }],
    monitored_projects: projects.map(project),
  };
  await done(api.call("PATCH", "/config/incident-monitor", { body: { incident_monitor } }));
  const server = { url: "https://mcp.example.com/mcp" };
  await done(api.call("PUT", "/incident-monitor/mcp-servers/tickets", { body: server }));
  const subjects = { runtime_id: "engine" };
  await done(api.call("PUT", "/incident-monitor/security/authority-subjects", { body: subjects }));
}

async function makeKey(api: TestApi, projectId: ProjectId, more: Record<string, unknown> = {}) {
  const body = { project_id: projectId, name: `Key of ${projectId}`, ...more };
  const made = await done(api.call("POST", "/incident-monitor/intake/keys", { body }));
  return { raw: made.raw_key as string, id: made.key.key_id as string };
}

async function makeDisabledKey(api: TestApi): Promise<string> {
  const { raw, id } = await makeKey(api, "shop");
  await done(api.call("POST", `/incident-monitor/intake/keys/${id}/disable`));
  return raw;
}

async function makeExpiredKey(api: TestApi): Promise<string> {
  const { raw, id } = await makeKey(api, "shop", { expires_at_ms: Date.now() + 3_600_000 });
  await api.db.prisma.intakeKey.update({
    where: { id },
    data: { createdAt: new Date(0), expiresAt: new Date(1_000) },
  });
  return raw;
}

/** A draft with its incident and a delivery under way, reported by the project's own key. */
async function makeRecords(api: TestApi, projectId: ProjectId, rawKey: string) {
  const report = { title: "Settlement failed", detail: "exit code 1", source: "ci", event: "ci.failed" };
  const headers = { [keyHeader]: rawKey };
  const body = { project_id: projectId, source_id: "external", report };
  const taken = await done(
    api.call("POST", "/incident-monitor/intake/report", { token: null, headers, body }),
  );
  const draftId = taken.draft.draft_id as string;
  await done(api.call("POST", `/incident-monitor/drafts/${draftId}/publish`, { body: {} }));
  const posts = await done(api.call("GET", `/incident-monitor/posts?draft_id=${draftId}`));
  const triage = await done(api.call("POST", `/incident-monitor/drafts/${draftId}/triage-run`, { body: {} }));
  return {
    break_glass_id: await makeBreakGlassUse(api, projectId, draftId),
    run_id: triage.run.run_id as string,
    draft_id: draftId,
    incident_id: taken.incident.incident_id as string,
    post_id: posts.posts[0].post_id as string,
  };
}

/** Used by somebody who is none of the callers, so that every one of them might review it. */
async function makeBreakGlassUse(api: TestApi, projectId: ProjectId, draftId: string): Promise<string> {
  const actor = { kind: "user", id: "somebody", name: "Somebody" };
  const at = new Date();
  const id = `break-glass-${projectId}`;
  const approvalId = `approval-${projectId}`;
  await api.db.prisma.approval.create({
    data: {
      ...{ id: approvalId, draftId, state: "expired", actor, actorKey: "user:somebody", breakGlass: true },
      ...{
        digest: "0",
        basis: { draft: {}, destinations: {}, payloads: {}, policy: "0" },
        policyVersion: "0",
      },
      createdAt: at,
    },
  });
  await api.db.prisma.breakGlassUse.create({
    data: {
      ...{ id, approvalId, draftId, projectId, actor, actorKey: "user:somebody", reason: "Nobody was awake" },
      ...{ usedAt: at, dueAt: at },
    },
  });
  return id;
}

/** Of a project, and of nothing that happens in it. */
async function makeSilence(api: TestApi, projectId: ProjectId): Promise<string> {
  const matcher = { match_project_ids: [projectId], match_title: "nothing is called this" };
  const body = { matcher, reason: "Maintenance", expires_at_ms: Date.now() + 3_600_000 };
  const made = await done(api.call("POST", "/incident-monitor/silences", { body }));
  return made.silence.silence_id as string;
}

/** A pack that stays in the project, and a run of it. */
async function makeScenarios(api: TestApi, projectId: ProjectId) {
  const scenarios = [{ scenario_id: "one", input: { project_id: projectId }, expect: { blocked: true } }];
  const packId = `pack-of-${projectId}`;
  const path = "/incident-monitor/security/scenario-packs";
  await done(api.call("PUT", `${path}/${packId}`, { body: { pack: { version: "1", scenarios } } }));
  const ran = await done(api.call("POST", path, { body: { pack_id: packId } }));
  return { pack_id: packId, scenario_run_id: ran.pack.run_id as string };
}

/** Released: it stops nothing that the others try, and releasing it again asks nobody for a proof. */
async function makeHold(api: TestApi, projectId: ProjectId): Promise<string> {
  const placed = { placedBy: { kind: "system", id: "test", name: "test" }, placedAt: new Date(0) };
  const hold = {
    scope: "incident",
    incidentId: "none",
    projectId,
    reason: "Case 7",
    ...placed,
    releasedAt: new Date(1),
  };
  return (await api.db.prisma.retentionHold.create({ data: { id: newId.retentionHold(), ...hold } })).id;
}

/** A person with a session, an invitation and a token, for whoever is let in to change or end them. */
async function makeAccess(api: TestApi, make: ReturnType<typeof credentialsOf>) {
  const userId = await make.makeUser({ role: "viewer" });
  const { sessionId } = await make.openSession(userId);
  const path = "/incident-monitor/access";
  const invited = { email: "invited@example.test", role: "viewer" };
  const invitation = await done(api.call("POST", `${path}/invitations`, { body: invited }));
  const token = await done(api.call("POST", `${path}/tokens`, { body: { name: "Nobody's", kind: "agent" } }));
  return {
    user_id: userId,
    session_id: sessionId,
    invitation_id: invitation.invitation.invitation_id as string,
    token_id: token.token.token_id as string,
  };
}

/** A split of an incident that is gone: whoever decides may take it back, as often as the matrix asks. */
async function makeGroupingRule(api: TestApi, projectId: ProjectId): Promise<string> {
  const id = newId.groupingRule();
  const split = { kind: "split", scopeKey: "none", version: 2, fingerprint: "none" };
  const rule = { ...split, attribute: "release", value: "1" };
  const outcome = { continued: [], merged: [] };
  const applied = {
    outcome,
    appliedBy: { kind: "system", id: "test", name: "test" },
    appliedAt: new Date(0),
  };
  await api.db.prisma.groupingRule.create({ data: { id, kind: "split", projectId, rule, ...applied } });
  return id;
}

async function done(answer: ReturnType<TestApi["call"]>) {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`the ground could not be laid: ${status} ${JSON.stringify(body)}`);
  return body;
}
