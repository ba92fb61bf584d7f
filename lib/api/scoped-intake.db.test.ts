import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createShopApi, aSubmission as submission } from "@/lib/testing/shop-api";

let api: Awaited<ReturnType<typeof createShopApi>>;
let rawKey: string;

beforeAll(async () => {
  api = await createShopApi();
  rawKey = api.rawKey;
});

afterAll(() => api.close());

const keyHeader = () => ({ "x-tandem-incident-monitor-intake-key": rawKey });

describe("scoped intake", () => {
  const path = "/incident-monitor/intake/report";

  it("checks in the contract's order", async () => {
    const tries: Array<[unknown, Record<string, string>, number, string]> = [
      [{}, {}, 400, "INCIDENT_MONITOR_INTAKE_PROJECT_REQUIRED"],
      [{ project_id: "shop" }, {}, 401, "INCIDENT_MONITOR_INTAKE_KEY_REQUIRED"],
      [
        { project_id: "shop" },
        { "x-tandem-incident-monitor-intake-key": "tim_intake_wrong" },
        401,
        "INCIDENT_MONITOR_INTAKE_KEY_INVALID",
      ],
      [
        { project_id: "other", report: submission() },
        keyHeader(),
        401,
        "INCIDENT_MONITOR_INTAKE_KEY_INVALID",
      ],
      [{ project_id: "shop" }, keyHeader(), 400, "INCIDENT_MONITOR_REPORT_REQUIRED"],
    ];
    for (const [body, headers, status, code] of tries) {
      const answer = await api.call("POST", path, { token: null, body, headers });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
  });

  it("works by header and by bearer; identity comes from the configuration", async () => {
    const body = {
      project_id: "shop",
      report: submission({
        fingerprint: "scoped",
        repo: "evil/fork",
        tenant_id: "forged",
        route_tags: ["vip"],
      }),
    };
    const byHeader = await api.call("POST", path, { token: null, body, headers: keyHeader() });
    const byBearer = await api.call("POST", path, { token: rawKey, body });
    expect([byHeader.status, byBearer.status]).toEqual([200, 200]);
    expect(byHeader.body.draft).toMatchObject({
      project_id: "shop",
      repo: "halden/shop",
      route_tags: [],
      log_source_id: "external",
    });
    expect(byHeader.body.draft).not.toHaveProperty("tenant_id");
    expect(byBearer.body.incident).toMatchObject({
      occurrence_count: 2,
      status: "draft_created",
      event_payload: { intake: true },
    });
  });

  it("answers a batch item by item, as an array and as NDJSON", async () => {
    const good = submission({ fingerprint: "batch" });
    const array = await api.call("POST", "/incident-monitor/intake/reports?project_id=shop", {
      token: null,
      headers: keyHeader(),
      body: [good, { report: good }, { title: 7 }, { title: "t", event: "a.heartbeat" }],
    });
    expect(array.status).toBe(200);
    expect(array.body.results.map((each: { status: number }) => each.status)).toEqual([200, 200, 422, 400]);
    expect(array.body).toMatchObject({ accepted: 2, rejected: 2 });
    const lines = await api.call("POST", "/incident-monitor/intake/reports?project_id=shop", {
      token: null,
      headers: { ...keyHeader(), "content-type": "application/x-ndjson" },
      raw: `${JSON.stringify(good)}\n{broken\n${JSON.stringify(good)}\n`,
    });
    expect(lines.body.results.map((each: { status: number }) => each.status)).toEqual([200, 400, 200]);
    const many = await api.call("POST", "/incident-monitor/intake/reports?project_id=shop", {
      token: null,
      headers: keyHeader(),
      body: Array.from({ length: 501 }, () => good),
    });
    expect(many.status).toBe(413);
  });

  it.each([
    ["an array", "application/json", (items: string[]) => `[${items.join(" ,\n")}]`],
    ["NDJSON", "application/x-ndjson", (items: string[]) => items.join("\n")],
  ])("each report of a batch has the limits of one alone, as %s", async (_, type, written) => {
    const good = JSON.stringify(submission({ fingerprint: "limits" }));
    const padded = (bytes: number) => `${good.slice(0, -1)}${" ".repeat(bytes - good.length)}}`;
    const wide = JSON.stringify(submission({ detail: "é".repeat(140_000) }));
    const deep = `{"title":"t","detail":${"[".repeat(250)}${"]".repeat(250)}}`;
    const sent = [
      ...[good, padded(256 * 1024), padded(256 * 1024 + 1), wide],
      ...[deep, '{"title":"t","title":"u"}', '{"title":"a\\u0000b"}', good],
    ];
    const { body } = await api.call("POST", "/incident-monitor/intake/reports?project_id=shop", {
      ...{ token: null, headers: { ...keyHeader(), "content-type": type }, raw: written(sent) },
    });
    expect(
      body.results.map(({ status, code, field }: Record<string, unknown>) => [status, code, field]),
    ).toEqual([
      [200, undefined, undefined],
      [200, undefined, undefined],
      [413, "PAYLOAD_TOO_LARGE", undefined],
      [413, "PAYLOAD_TOO_LARGE", undefined],
      [422, "VALIDATION_FAILED", expect.stringMatching(/^detail\[0\]/)],
      [422, "VALIDATION_FAILED", "title"],
      [422, "VALIDATION_FAILED", "title"],
      [200, undefined, undefined],
    ]);
  });

  it("a key of one source reports for no other one, whatever a line of its batch says", async () => {
    const made = await api.call("POST", "/incident-monitor/intake/keys", {
      body: { project_id: "shop", name: "app only", source_ids: ["app"] },
    });
    const headers = { "x-tandem-incident-monitor-intake-key": made.body.raw_key };
    const body = ["app", "vault"].map((source_id) => ({
      source_id,
      report: submission({ title: source_id }),
    }));
    for (const source of ["", "&source_id=app"]) {
      const path = `/incident-monitor/intake/reports?project_id=shop${source}`;
      const { results } = (await api.call("POST", path, { token: null, headers, body })).body;
      expect(results).toMatchObject([{ status: 200 }, { status: 403, field: "source_id" }]);
    }
    expect(await api.db.prisma.occurrence.count({ where: { logSourceId: "vault" } })).toBe(0);
  });

  it("a batch without a key that may report is refused before a word of it is read", async () => {
    const reports = "/incident-monitor/intake/reports?project_id=shop";
    const raw = "[".repeat(5_000_000) + "]".repeat(5_000_000);
    const wrong = { "x-tandem-incident-monitor-intake-key": "tim_intake_wrong" };
    expect((await api.call("POST", reports, { token: null, headers: wrong, raw })).status).toBe(401);
    expect((await api.call("POST", reports, { token: null, raw })).status).toBe(401);
    const read = await api.call("POST", reports, { token: null, headers: keyHeader(), raw });
    expect(read.body.results).toMatchObject([{ status: 413 }]);
  });

  it("429 with Retry-After over the key's rate; a disabled key stops at once", async () => {
    const made = await api.call("POST", "/incident-monitor/intake/keys", {
      body: { project_id: "shop", name: "slow", rate_per_second: 1, burst: 2 },
    });
    const headers = { "x-tandem-incident-monitor-intake-key": made.body.raw_key };
    const body = { project_id: "shop", report: submission({ fingerprint: "rate" }) };
    const statuses: number[] = [];
    let retryAfter: string | null = null;
    for (let index = 0; index < 4; index++) {
      const answer = await api.call("POST", path, { token: null, body, headers });
      statuses.push(answer.status);
      retryAfter = answer.headers.get("retry-after") ?? retryAfter;
    }
    expect(statuses.slice(0, 2)).toEqual([200, 200]);
    expect(statuses).toContain(429);
    expect(Number(retryAfter)).toBeGreaterThan(0);
    const disabled = await api.call("POST", `/incident-monitor/intake/keys/${made.body.key.key_id}/disable`);
    expect(disabled.body.key).toMatchObject({ enabled: false, key_hash: "[redacted]" });
  });

  it("429 over its day's quota, until the day ends; every refused use is counted, and on record", async () => {
    const made = await api.call("POST", "/incident-monitor/intake/keys", {
      body: { project_id: "shop", name: "metered", daily_quota: 2 },
    });
    expect(made.body.key).toMatchObject({ daily_quota: 2 });
    const headers = { "x-tandem-incident-monitor-intake-key": made.body.raw_key };
    const body = { project_id: "shop", report: submission({ fingerprint: "quota" }) };
    for (let index = 0; index < 2; index++) {
      expect((await api.call("POST", path, { token: null, body, headers })).status).toBe(200);
    }
    const over = await api.call("POST", path, { token: null, body, headers });
    expect([over.status, over.body.code, over.body.retryable]).toEqual([429, "RATE_LIMITED", true]);
    const wait = Number(over.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(86_400);
    const keyId = made.body.key.key_id as string;
    expect(await api.db.prisma.intakeKey.findUnique({ where: { id: keyId } })).toMatchObject({
      rejectedCount: 1,
    });
    const entries = await api.db.prisma.auditEntry.findMany({
      where: { subjectId: keyId, outcome: "denied" },
    });
    expect(entries.map((entry) => [entry.action, entry.detail])).toEqual([
      ["incident_monitor.intake_key.rejected", { reason: "key_over_quota" }],
    ]);
    for (const daily_quota of [0, 1.5, "many"]) {
      const body = { project_id: "shop", name: "wrong", daily_quota };
      const refused = await api.call("POST", "/incident-monitor/intake/keys", { body });
      expect([refused.status, refused.body.field]).toEqual([422, "daily_quota"]);
    }
  });

  it("raw_key only on create; the list shows no hash", async () => {
    const list = await api.call("GET", "/incident-monitor/intake/keys");
    expect(list.text).not.toContain(rawKey);
    expect(list.body.keys.every((key: { key_hash: string }) => key.key_hash === "[redacted]")).toBe(true);
  });
});
