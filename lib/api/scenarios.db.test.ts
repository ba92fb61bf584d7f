import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  scenarioPackListSchema,
  scenarioPackRunSchema,
  scenarioRunListSchema,
} from "@/lib/contracts/scenario";
import { createTestApi, type TestApi } from "@/lib/testing/api";

let api: TestApi;
let rawKey: string;
const packs = "/incident-monitor/security/scenario-packs";
const runs = "/incident-monitor/security/scenario-runs";
const adminRequired = "INCIDENT_MONITOR_SCENARIO_PACKS_ADMIN_REQUIRED";
const builtinId = "tandem_default_adversarial";
const one = {
  scenario_id: "one",
  input: { event_type: "agent.refund", risk_level: "high" },
  expect: { approval_required: true },
};
const pack = (fields: object = {}) => ({ version: "1", scenarios: [one], ...fields });
const put = (id: string, body: object) => api.call("PUT", `${packs}/${id}`, { body });
const run = (body: object = {}) => api.call("POST", packs, { body });

beforeAll(async () => {
  api = await createTestApi();
  const project = {
    project_id: "shop",
    name: "Shop",
    repo: "acme/shop",
    workspace_root: "/workspace/repos/shop",
  };
  await api.call("PATCH", "/config/incident-monitor", {
    body: {
      incident_monitor: {
        destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }],
        default_destination_ids: ["local"],
        monitored_projects: [project],
      },
    },
  });
  rawKey = (
    await api.call("POST", "/incident-monitor/intake/keys", { body: { project_id: "shop", name: "ci" } })
  ).body.raw_key;
});
afterAll(() => api.close());

it("lists the built-in pack without running anything, in the contract's shape", async () => {
  const { status, body } = await api.call("GET", packs);
  expect(status).toBe(200);
  expect(scenarioPackListSchema.strict().parse(body)).toEqual(body);
  expect(body).toMatchObject({
    schema_version: 1,
    scope: { source: "incident_monitor_adversarial_scenario_packs" },
  });
  expect(
    body.packs.map((each: { pack_id: string; version: string }) => [each.pack_id, each.version]),
  ).toEqual([[builtinId, "1.0.0"]]);
  expect(body.packs[0].scenarios).toHaveLength(8);
  expect(await api.db.prisma.scenarioRun.count()).toBe(0);
});

it("case 136: runs it, keeps the run, and answers it again; hostile text is said to be there and not repeated", async () => {
  const { status, body } = await run();
  expect([status, body.pack.counts]).toEqual([200, { total: 8, passed: 8, failed: 0, blocked: 0 }]);
  expect(scenarioPackRunSchema.strict().parse(body)).toEqual(body);
  expect(body.pack).toMatchObject({ pack_id: builtinId, mode: "dry_run", mutates_external_systems: false });
  expect(body.pack.results[2].prompt_injection).toEqual({ present: true });
  expect(JSON.stringify(body)).not.toContain("SYSTEM:");
  const listed = (await api.call("GET", runs)).body;
  expect(scenarioRunListSchema.strict().parse(listed)).toEqual(listed);
  expect((await api.call("GET", `${runs}/${listed.runs[0].run_id}`)).body).toEqual(body);
  const missing = await api.call("GET", `${runs}/none`);
  expect([missing.status, missing.body.code]).toEqual([404, "INCIDENT_MONITOR_SCENARIO_RUN_NOT_FOUND"]);
});

it("a pack's own packs: stored over the revision that was read, run by id, deleted; runs stay", async () => {
  const made = await put("refunds", { pack: pack() });
  expect([made.status, made.body.pack.revision, made.body.pack.scenarios[0].input]).toEqual([
    200,
    1,
    one.input,
  ]);
  for (const revision of [undefined, 2]) {
    const answer = await put("refunds", { pack: pack(), revision });
    expect([answer.status, answer.body.code, answer.body.current_revision]).toEqual([
      409,
      "INCIDENT_MONITOR_SCENARIO_PACK_MOVED",
      1,
    ]);
  }
  const both = await Promise.all(
    [1, 2].map((version) => put("refunds", { pack: pack({ version: `2.${version}` }), revision: 1 })),
  );
  expect(both.map((each) => each.status).sort()).toEqual([200, 409]);
  const ran = (await run({ pack_id: "refunds" })).body.pack;
  expect([ran.origin, ran.counts.passed]).toEqual(["stored", 1]);
  expect((await api.call("DELETE", `${packs}/refunds`)).body).toEqual({ ok: true });
  for (const answer of [await api.call("DELETE", `${packs}/refunds`), await run({ pack_id: "refunds" })]) {
    expect([answer.status, answer.body.code]).toEqual([404, "INCIDENT_MONITOR_SCENARIO_PACK_NOT_FOUND"]);
  }
  expect((await api.call("GET", `${runs}/${ran.run_id}`)).status).toBe(200);
  const entries = await api.db.prisma.auditEntry.findMany({
    where: { subjectId: "refunds" },
    orderBy: { at: "asc" },
  });
  expect(entries.map((each) => each.action.split(".").at(-1))).toEqual(["saved", "saved", "run", "deleted"]);
});

it("the built-in pack keeps its name, and an id fits a path", async () => {
  const own = await put(builtinId, { pack: pack() });
  expect([own.status, own.body.code]).toEqual([400, "INCIDENT_MONITOR_SCENARIO_PACK_BUILTIN"]);
  for (const answer of [
    await put("a%2Fb", { pack: pack() }),
    await put("a", { pack: pack({ pack_id: "b" }) }),
  ]) {
    expect([answer.status, answer.body.field]).toEqual([422, "pack.pack_id"]);
  }
});

describe("a pack is read strictly", () => {
  const given = (fields: object) => ({ pack: { pack_id: "p", version: "1", scenarios: [one], ...fields } });
  const scenario = (fields: object) => given({ scenarios: [{ ...one, ...fields }] });
  it.each<[string, object, string]>([
    ["no version", { pack: { pack_id: "p", scenarios: [one] } }, "pack.version"],
    ["no scenario", given({ scenarios: [] }), "pack.scenarios"],
    [
      "too many",
      given({ scenarios: Array.from({ length: 51 }, (_, n) => ({ scenario_id: `s${n}` })) }),
      "pack.scenarios",
    ],
    ["the same id twice", given({ scenarios: [one, one] }), "pack.scenarios[1].scenario_id"],
    ["a blank id", scenario({ scenario_id: " " }), "pack.scenarios[0].scenario_id"],
    ["a kind that is none", scenario({ input: { source_kind: "x" } }), "pack.scenarios[0].input.source_kind"],
    [
      "a misspelt expectation",
      scenario({ expect: { approval_requried: true } }),
      "pack.scenarios[0].expect.approval_requried",
    ],
    ["a misspelt input", scenario({ input: { risk: "high" } }), "pack.scenarios[0].input.risk"],
    ["too long a text", scenario({ input: { detail: "x".repeat(2_001) } }), "pack.scenarios[0].input.detail"],
    [
      "too long a reason",
      scenario({ expect: { reason_contains: "x".repeat(501) } }),
      "pack.scenarios[0].expect.reason_contains",
    ],
    [
      "too many destinations",
      scenario({ input: { requested_destination_ids: Array(21).fill("a") } }),
      "pack.scenarios[0].input.requested_destination_ids",
    ],
    ["ids that are no list", { scenario_ids: "one" }, "scenario_ids"],
  ])("422: %s", async (_, body, field) => {
    const answer = await run(body);
    expect([answer.status, answer.body.field]).toEqual([422, field]);
  });

  it("nulls and unknown ids to run are no fault; a pack that says cross_tenant forges its place", async () => {
    const nothing = await run({ pack: null, scenario_ids: ["none"] });
    expect([nothing.status, nothing.body.pack.counts.total]).toEqual([200, 0]);
    const forged = {
      scenario_id: "f",
      category: "cross_tenant",
      description: null,
      input: { prompt_injection: true, tenant_id: "t" },
      expect: { intake_refused: true, injection_changes_nothing: true },
    };
    const { results } = (await run(given({ scenarios: [forged] }))).body.pack;
    expect(results[0]).toMatchObject({
      status: "pass",
      category: "cross_tenant",
      prompt_injection: { present: true },
    });
  });
});

it.each(["GET", "POST"])(
  "case 34: %s is 403 with a scoped key's header, 401 without a full token, in its own words",
  async (method) => {
    const call = (options: object) =>
      api.call(method, packs, { ...(method === "POST" && { body: {} }), ...options });
    const headers = { "x-tandem-incident-monitor-intake-key": rawKey };
    for (const token of [api.tokens.admin, null, "wrong"]) {
      const answer = await call({ token, headers });
      expect([answer.status, answer.body.code]).toEqual([403, adminRequired]);
    }
    for (const token of [null, "wrong", rawKey]) {
      const answer = await call({ token });
      expect([answer.status, answer.body.code]).toEqual([401, adminRequired]);
    }
    for (const token of [api.tokens.service, api.tokens.agent]) {
      const answer = await call({ token });
      expect([answer.status, answer.body.code]).toEqual([403, adminRequired]);
    }
  },
);
