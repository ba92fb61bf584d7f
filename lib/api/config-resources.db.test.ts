import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configSchema } from "@/lib/contracts/config";
import {
  configHistorySchema,
  configRestoreResponseSchema,
  configRevisionResponseSchema,
} from "@/lib/contracts/config-history";
import {
  configDeleteResponseSchema,
  destinationListSchema,
  destinationResourceSchema,
  logSourceResourceSchema,
  projectListSchema,
  putOutcomeShape,
} from "@/lib/contracts/config-resource";
import { type CallOptions, createTestApi, type TestApi } from "@/lib/testing/api";

let api: TestApi;
const config = "/config/incident-monitor";
const hooks = `${config}/destinations/hook`;
const secretUrl = "https://hooks.example.test/T0KEN/in?key=K3Y";
const hook = { name: "Hook", kind: "webhook", webhook_url: secretUrl, webhook_secret_ref: "env:TANDEM_HOOK" };
const shop = { name: "Shop", repo: "acme/shop", workspace_root: "/workspace/repos/shop" };
const put = (path: string, body: object, options: CallOptions = {}) =>
  api.call("PUT", path, { body, ...options });
const patch = (body: object) => api.call("PATCH", config, { body: { incident_monitor: body } });

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  await patch({ destinations: null, routes: null, monitored_projects: null, default_destination_ids: null });
});

describe("rows of the configuration", () => {
  it("PUT makes and replaces, GET answers with a strong ETag, DELETE takes away; each in its declared shape", async () => {
    const made = await put(hooks, hook);
    expect([made.status, made.body.created, made.body.dry_run]).toEqual([200, true, false]);
    expect(destinationResourceSchema.extend(putOutcomeShape).strict().parse(made.body)).toEqual(made.body);
    const etag = made.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);

    const read = await api.call("GET", hooks);
    expect(read.body).toEqual({ destination: { ...made.body.destination, destination_id: "hook" } });
    expect(read.headers.get("etag")).toBe(etag);
    const known = await api.call("GET", hooks, { headers: { "if-none-match": `"x", ${etag}` } });
    expect([known.status, known.text, known.headers.get("etag")]).toEqual([304, "", etag]);
    const list = await api.call("GET", `${config}/destinations`);
    expect(destinationListSchema.strict().parse(list.body)).toMatchObject({ count: 1 });

    const replaced = await put(hooks, { ...hook, name: "Other" }, { headers: { "if-match": etag } });
    expect([replaced.status, replaced.body.diff[0].path]).toEqual([200, "destinations.hook.name"]);
    const gone = await api.call("DELETE", hooks, {
      headers: { "if-match": replaced.headers.get("etag") ?? "" },
    });
    expect(configDeleteResponseSchema.strict().parse(gone.body)).toMatchObject({ ok: true, deleted: 1 });
    expect((await api.call("GET", hooks)).status).toBe(404);
  });

  it("projects and their log sources are rows too", async () => {
    const path = `${config}/projects/shop`;
    expect((await put(`${path}/log-sources/api`, { path: "api.log" })).status).toBe(404);
    expect((await put(path, shop)).status).toBe(200);
    expect((await put(`${config}/routes/r`, { name: "R", match_project_ids: ["shop"] })).status).toBe(200);
    const source = await put(`${path}/log-sources/api`, { path: "api.log" });
    expect(logSourceResourceSchema.parse(source.body)).toMatchObject({ log_source: { source_id: "api" } });
    const projects = await api.call("GET", `${config}/projects`);
    expect(projectListSchema.strict().parse(projects.body)).toMatchObject({ count: 1 });
    const sources = await api.call("GET", `${path}/log-sources`);
    expect(sources.body).toMatchObject({ count: 1, log_sources: [{ source_id: "api" }] });
    const read = await api.call("GET", `${path}/log-sources/api`);
    expect(read.headers.get("etag")).toBe(source.headers.get("etag"));
    expect((await api.call("DELETE", `${path}/log-sources/api`)).body.deleted).toBe(1);
    expect((await api.call("GET", `${config}/routes/r`)).body.route.match_project_ids).toEqual(["shop"]);
    expect((await api.call("DELETE", `${config}/routes/r`)).status).toBe(200);
  });

  it("refuses by status: 400, 401, 403, 404, 409, 422, each naming what is wrong", async () => {
    await put(hooks, hook);
    const otherId = await put(hooks, { ...hook, destination_id: "another" });
    expect([otherId.status, otherId.body.field]).toEqual([422, "destination_id"]);
    const noName = await put(`${config}/routes/r`, {});
    expect([noName.status, noName.body.field]).toEqual([422, "name"]);
    const unknownKind = await put(hooks, { ...hook, kind: "pager" });
    expect([unknownKind.status, unknownKind.body.field]).toEqual([422, "kind"]);
    const badId = await put(`${config}/destinations/${encodeURIComponent("a/b")}`, { name: "X" });
    expect([badId.status, badId.body.code]).toEqual([400, "INCIDENT_MONITOR_CONFIG_INVALID"]);
    expect(badId.body.issues[0].code).toBe("id_invalid");
    expect((await put(hooks, hook, { token: null })).status).toBe(401);
    for (const token of [api.tokens.service, api.tokens.agent]) {
      expect((await put(hooks, hook, { token })).status).toBe(403);
      expect((await api.call("DELETE", hooks, { token })).status).toBe(403);
    }
    const missing = await api.call("DELETE", `${config}/routes/none`);
    expect([missing.status, missing.body.code]).toEqual([404, "INCIDENT_MONITOR_ROUTE_NOT_FOUND"]);
    const stale = await put(hooks, { ...hook, name: "x" }, { headers: { "if-match": '"old"' } });
    expect([stale.status, stale.body.code]).toEqual([409, "INCIDENT_MONITOR_CONFIG_STALE"]);
    expect(stale.body.current_etag).toBe((await api.call("GET", hooks)).headers.get("etag"));
    const exists = await put(hooks, hook, { headers: { "if-none-match": "*" } });
    expect([exists.status, exists.body.code]).toEqual([409, "INCIDENT_MONITOR_CONFIG_EXISTS"]);
    await put(`${config}/projects/shop`, { ...shop, allowed_destination_ids: ["hook"] });
    const used = await api.call("DELETE", hooks);
    expect([used.status, used.body.code]).toEqual([409, "INCIDENT_MONITOR_DESTINATION_IN_USE"]);
    expect(used.body.referenced_by).toEqual(["monitored_projects.shop.allowed_destination_ids"]);
    const flag = await put(`${hooks}?dry_run=perhaps`, hook);
    expect([flag.status, flag.body.field]).toEqual([400, "dry_run"]);
  });

  it.each([
    ["destinations", "destination_id", 201],
    ["routes", "route_id", 2_001],
    ["monitored_projects", "project_id", 501],
  ])("%s are capped, by name", async (list, id, count) => {
    const rows = Array.from({ length: count }, (_, index) => ({ [id]: `r${index}`, ...shop }));
    const answer = await patch({ [list]: rows });
    expect([answer.status, answer.body.field]).toEqual([422, `incident_monitor.${list}`]);
  });

  it("lists of ids and the sources of a project are capped too", async () => {
    const ids = Array.from({ length: 201 }, (_, index) => `d${index}`);
    const defaults = await patch({ default_destination_ids: ids });
    expect([defaults.status, defaults.body.field]).toEqual([422, "incident_monitor.default_destination_ids"]);
    const route = await put(`${config}/routes/r`, { name: "R", destination_ids: ids });
    expect([route.status, route.body.field]).toEqual([422, "destination_ids"]);
    const sources = ids.map((source_id) => ({ source_id, path: "a.log" }));
    const project = await put(`${config}/projects/shop`, { ...shop, log_sources: sources });
    expect([project.status, project.body.field]).toEqual([422, "log_sources"]);
  });
});

describe("dry_run", () => {
  it("of every change answers what would be stored and the diff, and writes nothing", async () => {
    await put(hooks, hook);
    await patch({ default_destination_ids: ["hook"] });
    const before = await api.call("GET", config);
    const version = JSON.parse(before.headers.get("etag") ?? "");
    const audited = () => api.db.prisma.auditEntry.count();
    const entries = await audited();
    const tries: Array<[string, string, object | undefined]> = [
      ["PUT", `${config}/destinations/new-one?dry_run=true`, { name: "N", kind: "telemetry" }],
      ["DELETE", `${hooks}?dry_run=true`, undefined],
      ["PATCH", `${config}?dry_run=true`, { incident_monitor: { repo: "acme/elsewhere" } }],
      ["POST", "/incident-monitor/pause?dry_run=true", {}],
      ["POST", `${config}/history/${Number(version) - 1}/restore?dry_run=true`, {}],
    ];
    for (const [method, path, body] of tries) {
      const answer = await api.call(method, path, { body });
      expect([path, answer.status, answer.body.dry_run]).toEqual([path, 200, true]);
      expect(answer.body.diff.length).toBeGreaterThan(0);
      expect(answer.body.warnings).toBeInstanceOf(Array);
    }
    const resumed = await api.call("POST", "/incident-monitor/resume?dry_run=true");
    expect(resumed.body).toMatchObject({ ok: true, dry_run: true, diff: [] });
    const after = await api.call("GET", config);
    expect([after.body, after.headers.get("etag")]).toEqual([before.body, before.headers.get("etag")]);
    expect(await audited()).toBe(entries);
  });
});

describe("history", () => {
  const history = `${config}/history`;

  it("lists, shows, restores, and a stale restore is refused", async () => {
    await patch({ repo: "acme/first" });
    const first = (await api.call("GET", `${history}?limit=1`)).body;
    expect(configHistorySchema.strict().parse(first)).toMatchObject({ count: 1 });
    const [revision] = first.revisions;
    expect(revision).toMatchObject({ summary: expect.stringContaining("repo"), actor: { kind: "token" } });
    const next = await api.call("GET", `${history}?limit=1&cursor=${encodeURIComponent(first.next_cursor)}`);
    expect(next.body.revisions[0].version).toBe(revision.version - 1);
    const one = await api.call("GET", `${history}/${revision.version}`);
    expect(configRevisionResponseSchema.strict().parse(one.body)).toMatchObject({ revision });

    await patch({ repo: "acme/second" });
    const restore = `${history}/${revision.version}/restore`;
    const stale = await api.call("POST", restore, { body: { updated_at_ms: 1 } });
    expect([stale.status, stale.body.code]).toEqual([409, "INCIDENT_MONITOR_CONFIG_STALE"]);
    const restored = await api.call("POST", restore, { body: {} });
    expect(configRestoreResponseSchema.strict().parse(restored.body)).toMatchObject({
      incident_monitor: { repo: "acme/first" },
      dry_run: false,
    });
    expect((await api.call("POST", restore, { body: {}, token: api.tokens.service })).status).toBe(403);
    expect((await api.call("GET", `${history}/999999`)).status).toBe(404);
    const word = await api.call("GET", `${history}/latest`);
    expect([word.status, word.body.field]).toEqual([400, "version"]);
  });
});

describe("what may be seen of a webhook's URL", () => {
  it("whole for who may configure, scheme and host for everybody else, wherever it is shown", async () => {
    await put(hooks, hook);
    await patch({ default_destination_ids: ["hook"] });
    const version = JSON.parse((await api.call("GET", config)).headers.get("etag") ?? "");
    const shown = async (token: string) => {
      const answers = await Promise.all([
        api.call("GET", config, { token }),
        api.call("GET", hooks, { token }),
        api.call("GET", `${config}/destinations`, { token }),
        api.call("GET", `${config}/history/${version}`, { token }),
        api.call("POST", "/incident-monitor/route-preview", { token, body: {} }),
      ]);
      expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
      return answers;
    };
    for (const answer of await shown(api.tokens.admin)) expect(answer.text).toContain(secretUrl);
    for (const token of [api.tokens.service, api.tokens.agent]) {
      const answers = await shown(token);
      for (const { text } of answers) {
        expect(text).toContain("https://hooks.example.test/…");
        expect(text).not.toMatch(/T0KEN|K3Y/);
      }
      expect(configSchema.parse(answers[0]?.body.incident_monitor)).toBeTruthy();
    }
    const lists = await api.call("GET", `${config}/history`, { token: api.tokens.agent });
    expect(lists.text).not.toMatch(/T0KEN|K3Y/);
  });

  it("two views have two ETags, and the masked one is no version to write over", async () => {
    await put(hooks, hook);
    const [whole, part] = await Promise.all([
      api.call("GET", config),
      api.call("GET", config, { token: api.tokens.agent }),
    ]);
    const etag = part.headers.get("etag") ?? "";
    expect(etag).not.toBe(whole.headers.get("etag"));
    const again = await api.call("GET", config, {
      token: api.tokens.agent,
      headers: { "if-none-match": etag },
    });
    expect(again.status).toBe(304);
    const body = { incident_monitor: part.body.incident_monitor };
    const stored = await api.call("PATCH", config, { body });
    expect([stored.status, stored.body.issues[0].code]).toEqual([400, "url_masked"]);
    const stale = await api.call("PATCH", config, {
      body: { incident_monitor: {} },
      headers: { "if-match": etag },
    });
    expect(stale.status).toBe(409);
  });
});
