import type { Role } from "@/lib/domain/actor";
import { type CallOptions, createTestApi, type TestApi } from "./api";
import { credentialsOf } from "./credentials";

export const projects = ["shop", "other"] as const;
export type ProjectId = (typeof projects)[number];

const keyHeader = "x-tandem-incident-monitor-intake-key";
const ownOrigin = { origin: "http://localhost:39731" };

/** How a request says who it is: the token, or null with headers. */
export type Credential = Pick<CallOptions, "token" | "headers">;

/** An API on which every path parameter names something, in each of two projects, and makers of every credential. */
export async function createMatrixGround() {
  const stopped = new AbortController();
  stopped.abort();
  // Nobody delivers here: a publish call answers at once instead of waiting for it.
  const api = await createTestApi({ stopping: stopped.signal });
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
  const history = await done(api.call("GET", "/config/incident-monitor/history"));
  const parameters = (project: ProjectId): Record<string, string> => ({
    ...records[project],
    key_id: keys[project].id,
    destination_id: "local",
    route_id: "everything",
    project_id: project,
    source_id: "app",
    silence_id: silences[project],
    server_name: "tickets",
    version: String(history.revisions[0].version),
  });

  const cookieOf = async (role: Role | null, projectRoles: Record<string, Role> = {}) =>
    (await make.openSession(await make.makeUser({ role, projectRoles }))).cookie;

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
    run_id: triage.run.run_id as string,
    draft_id: draftId,
    incident_id: taken.incident.incident_id as string,
    post_id: posts.posts[0].post_id as string,
  };
}

/** Of a project, and of nothing that happens in it. */
async function makeSilence(api: TestApi, projectId: ProjectId): Promise<string> {
  const matcher = { match_project_ids: [projectId], match_title: "nothing is called this" };
  const body = { matcher, reason: "Maintenance", expires_at_ms: Date.now() + 3_600_000 };
  const made = await done(api.call("POST", "/incident-monitor/silences", { body }));
  return made.silence.silence_id as string;
}

async function done(answer: ReturnType<TestApi["call"]>) {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`the ground could not be laid: ${status} ${JSON.stringify(body)}`);
  return body;
}
