import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeChannel } from "@/lib/db/change-feed";
import { loadConfig } from "@/lib/db/config-store";
import { inSandbox } from "@/lib/db/sandbox";
import { listLatestScenarioFailures } from "@/lib/db/scenario-store";
import type { Actor } from "@/lib/domain/actor";
import { builtinPack } from "@/lib/domain/builtin-scenario-pack";
import { renderMetrics } from "@/lib/metrics";
import { acceptReport } from "@/lib/pipeline/intake/accept-report";
import { patchConfig } from "@/lib/pipeline/settings/patch-config";
import { actors, testContext } from "@/lib/testing/context";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { aPack, aScenario, everyTrace } from "@/lib/testing/scenarios";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { runScenarioPack } from "./run-scenario-pack";

let ground: SilenceGround;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

/** A moment after the last one, as runs are. */
const asNext = (actor?: Actor) => {
  ground.clock.nowMs += 1_000;
  return ground.as(actor);
};
const builtin = { pack: null, packId: null, scenarioIds: [] };
const own = (...scenarios: ReturnType<typeof aScenario>[]) => ({
  ...{ pack: aPack(scenarios), packId: null, scenarioIds: [] },
});
/** What a run itself leaves: its record and its entry. */
const ofTheRun = ["scenario_runs", "audit_entries"];

async function configure(fields: Parameters<typeof aConfigPatch>[0]) {
  await patchConfig(ground.as(), { patch: aConfigPatch(fields) });
}
async function setSafety(fields: object) {
  const { safetyDefaults } = await loadConfig(ground.db);
  await configure({ safetyDefaults: { ...safetyDefaults, ...fields } } as never);
}
const statuses = (run: Awaited<ReturnType<typeof runScenarioPack>>) =>
  Object.fromEntries(run.results.map((each) => [each.scenarioId, each.status]));
const failedOf = (run: Awaited<ReturnType<typeof runScenarioPack>>) =>
  run.results.filter((each) => each.status === "fail");

describe("the built-in pack", () => {
  beforeEach(() => setSafety({ requireApprovalForHighRisk: true, approvalsRequiredHighRisk: 1 }));

  it("case 136: passes on a governed configuration, each scenario by the stages it went through", async () => {
    const run = await runScenarioPack(asNext(), builtin);
    expect(
      run.results.map(({ scenarioId, status, observedBehavior }) => [scenarioId, status, observedBehavior]),
    ).toEqual(builtinPack.scenarios.map(({ scenarioId }) => [scenarioId, "pass", expect.any(String)]));
    expect(run.counts).toEqual({ total: 8, passed: 8, failed: 0, blocked: 0 });
    const byId = Object.fromEntries(run.results.map((each) => [each.scenarioId, each]));
    expect(
      byId.regulatory_escalation_requires_approval?.stages.map((each) => [
        each.stage,
        each.outcome,
        each.code,
      ]),
    ).toEqual([
      ["intake", "passed", "new"],
      ["draft", "passed", "new"],
      ["route", "passed", "default_destination"],
      ["approval", "stopped", "approval_required"],
      ["publish", "stopped", "approval_required"],
    ]);
    const forged = byId.cross_tenant_forged_binding_blocked;
    expect(forged?.stages[0]).toMatchObject({ stage: "intake", outcome: "stopped", code: "key_other_place" });
    expect(forged?.preview.blockedReasons).toEqual([
      "Destination `scenario-cross-tenant-destination` is not allowed by source binding",
    ]);
    expect(byId.unsafe_unready_destination_blocked?.preview.blockedReasons[0]).toMatch(
      /is not ready: .*URL/i,
    );
    expect(byId.recurring_denied_action_requires_approval?.stages.map((each) => each.code)).toContain(
      "draft_denied",
    );
    expect(byId.low_confidence_missing_evidence_requires_approval?.stages[0]?.code).toBe(
      "quality_gate_blocked",
    );
  });

  it("case 136: fails with stable finding ids when high-risk approval is off, and says what would have left", async () => {
    await setSafety({ requireApprovalForHighRisk: false });
    const run = await runScenarioPack(asNext(), builtin);
    expect(run.counts).toEqual({ total: 8, passed: 3, failed: 5, blocked: 0 });
    for (const each of failedOf(run)) {
      expect(each.findingId).toMatch(/^asp_[0-9a-f]{16}$/);
      expect(each.assertions.find((one) => one.name === "approval_required")).toMatchObject({
        actual: false,
        ok: false,
      });
      expect(each.stages.at(-1)).toMatchObject({ stage: "publish", outcome: "passed", code: "queued" });
    }
    const again = await runScenarioPack(asNext(), builtin);
    expect(failedOf(again).map((each) => each.findingId)).toEqual(
      failedOf(run).map((each) => each.findingId),
    );
    const failures = await listLatestScenarioFailures(ground.db, null);
    expect(failures.map((each) => each.result.findingId).sort()).toEqual(
      failedOf(run)
        .map((each) => each.findingId)
        .sort(),
    );

    await setSafety({ requireApprovalForHighRisk: true });
    await runScenarioPack(asNext(), { ...builtin, scenarioIds: [failedOf(run)[0]?.scenarioId ?? ""] });
    expect(await listLatestScenarioFailures(ground.db, null)).toHaveLength(4);
    await runScenarioPack(asNext(), builtin);
    expect(await listLatestScenarioFailures(ground.db, null)).toEqual([]);
  });

  it("case 136: is blocked where the destination is unready, since there is no route to ask about", async () => {
    const hook = { destinationId: "hook", name: "Hook", kind: "webhook" } as const;
    const local = { destinationId: "local", name: "Local", kind: "telemetry" } as const;
    await configure({ destinations: [local, hook], defaultDestinationIds: ["hook"] });
    const run = await runScenarioPack(asNext(), builtin);
    await configure({ destinations: [local], defaultDestinationIds: ["local"] });
    expect(run.counts).toEqual({ total: 8, passed: 3, failed: 0, blocked: 5 });
  });

  it("asks as many people as the policy names, and waits after each of them but the last", async () => {
    await setSafety({ approvalsRequiredHighRisk: 3 });
    const run = await runScenarioPack(asNext(), {
      ...builtin,
      scenarioIds: ["regulatory_escalation_requires_approval"],
    });
    const [result] = run.results;
    expect(result).toMatchObject({ status: "pass", preview: { approvalCount: 3 } });
    expect(result?.stages.find((each) => each.stage === "approval")?.detail).toMatch(
      /^3 people must approve.*After 2 of them it still waited\./,
    );
  });
});

describe("a pack of one's own", () => {
  it("case 136: its filter chooses, and its source kind, tags and tenant reach the router", async () => {
    const match = { matchSourceKinds: ["mcp_gateway"], matchRouteTags: ["vip"], matchTenantIds: ["acme"] };
    await configure({
      routes: [{ routeId: "gateways", name: "Gateways", destinationIds: ["local"], ...match }],
    });
    const wish = { sourceKind: "mcp_gateway" as const, routeTags: ["vip"], tenantId: "acme" };
    const pack = own(
      aScenario(wish, { approvalRequired: true, effectiveDestinationId: "local" }, { scenarioId: "a" }),
      aScenario({ ...wish, sourceKind: "ci" }, {}, { scenarioId: "b" }),
    );
    const run = await runScenarioPack(asNext(), { ...pack, scenarioIds: [] });
    expect(run.results.map((each) => [each.status, each.preview.routeId])).toEqual([
      ["pass", "gateways"],
      ["pass", null],
    ]);
    const chosen = await runScenarioPack(asNext(), { ...pack, scenarioIds: ["b", "nothing"] });
    expect(statuses(chosen)).toEqual({ b: "pass" });
    await configure({ routes: [] });
  });

  it("runs in a project that is there under that project's own rules, and leaves the project as it is", async () => {
    await configure({
      routes: [
        {
          routeId: "shop",
          name: "Shop",
          destinationIds: ["local"],
          matchProjectIds: ["shop"],
          approvalPolicy: "always",
        },
      ],
    });
    const run = await runScenarioPack(
      ground.as(),
      own(aScenario({ projectId: "shop", riskLevel: "low" }, { approvalRequired: true })),
    );
    expect(run.results[0]).toMatchObject({ status: "pass", preview: { routeId: "shop" } });
    expect(run.projectId).toBe("shop");
    await configure({ routes: [] });
  });

  it("by hand, nothing that a report claims of its place counts", async () => {
    await configure({
      routes: [{ routeId: "acme", name: "Acme", destinationIds: ["local"], matchTenantIds: ["acme"] }],
    });
    const run = await runScenarioPack(
      ground.as(),
      own(aScenario({ arrivesBy: "manual_report", tenantId: "acme" })),
    );
    expect(run.results[0]?.preview.routeId).toBeNull();
    await configure({ routes: [] });
  });

  it("a pause is a route that is blocked, and a failing expectation fails", async () => {
    await configure({ paused: true });
    const paused = await runScenarioPack(asNext(), own(aScenario({}, { approvalRequired: true })));
    await configure({ paused: false });
    expect(paused.results[0]).toMatchObject({ status: "blocked", findingId: null });
    const wrong = await runScenarioPack(
      ground.as(),
      own(aScenario({}, { approvalRequired: false, blocked: true })),
    );
    expect(wrong.results[0]?.assertions.filter((each) => !each.ok).map((each) => each.name)).toEqual([
      "blocked",
      "approval_required",
    ]);
  });
});

describe("no trace", () => {
  async function listen() {
    const client = new pg.Client({ connectionString: ground.db.url });
    await client.connect();
    const heard: string[] = [];
    client.on("notification", ({ payload }) => heard.push(payload ?? ""));
    await client.query(`LISTEN "${changeChannel}"`);
    return {
      heard: async () => {
        await client.query("SELECT 1");
        return heard;
      },
      end: () => client.end(),
    };
  }

  it("a run leaves its record and one entry: every other row, sequence, message and metric is as before", async () => {
    await ground.draftOf({}, "shop");
    const ear = await listen();
    const before = await everyTrace(ground.db, ofTheRun);
    const metrics = await ownMetrics();
    const [runs, entries] = await Promise.all([
      ground.db.prisma.scenarioRun.count(),
      ground.db.prisma.auditEntry.count(),
    ]);
    const run = await runScenarioPack(asNext(), builtin);
    expect(await everyTrace(ground.db, ofTheRun)).toEqual(before);
    expect(Object.keys(before).length).toBeGreaterThan(40);
    expect(await ownMetrics()).toEqual(metrics);
    expect(await ear.heard()).toEqual([]);
    await ear.end();
    expect(await ground.db.prisma.scenarioRun.count()).toBe(runs + 1);
    expect(await ground.db.prisma.auditEntry.count()).toBe(entries + 1);
    const [entry] = await ground.audits("scenario_pack.run", builtinPack.packId);
    expect(entry?.actor).toMatchObject({ kind: "user" });
    const entryOfRun = (await ground.audits("scenario_pack.run")).find(
      (each) => (each.detail as { run_id: string }).run_id === run.runId,
    );
    expect(entryOfRun?.detail).toMatchObject({ counts: run.counts, origin: "builtin" });
    expect(await ground.turn()).toEqual([]);
  });

  it("neither does one that breaks half-way, and it says that it did", async () => {
    const before = await everyTrace(ground.db, ofTheRun);
    const broken = testContext(ground.db, actors.admin(), {
      services: {
        resolveSecret: () => {
          throw new Error("planted-secret-in-an-error");
        },
      },
    });
    const hook = { destinationId: "scenario-unready-destination" };
    await configure({
      destinations: [
        { destinationId: "local", name: "Local", kind: "telemetry" },
        {
          ...hook,
          name: "Hook",
          kind: "webhook",
          webhookUrl: "https://hooks.example.test/in",
          webhookSecretRef: "env:TANDEM_HOOK",
        },
      ],
    });
    const configured = await everyTrace(ground.db, ofTheRun);
    const run = await runScenarioPack(broken, builtin);
    expect(await everyTrace(ground.db, ofTheRun)).toEqual(configured);
    expect(configured.incidents).toBe(before.incidents);
    expect(run.counts.blocked).toBe(8);
    expect(JSON.stringify(run)).not.toContain("planted-secret");
    expect(run.results[0]?.observedBehavior).toContain("scenario_error");
    await configure({ destinations: [{ destinationId: "local", name: "Local", kind: "telemetry" }] });
  });

  it("what is tried after a sandbox ended fails, and a commit inside one commits nothing", async () => {
    const before = await everyTrace(ground.db);
    let kept: Parameters<Parameters<typeof inSandbox>[1]>[0] | null = null;
    const person = (id: string) => ({ data: { id, email: `${id}@example.test`, name: id } });
    await inSandbox(ground.db, async (sandbox) => {
      kept = sandbox;
      const client = await sandbox.pool.connect();
      await client.query("BEGIN");
      await client.query("INSERT INTO users (id, email, name) VALUES ('a', 'a@example.test', 'a')");
      await client.query("COMMIT");
      await expect(client.query("COMMIT")).rejects.toThrow("Nothing to commit");
      client.release();
      await sandbox.prisma.$transaction((tx) => tx.user.create(person("b")));
      await expect(sandbox.prisma.user.create(person("b"))).rejects.toMatchObject({ code: "P2002" });
      await expect(
        sandbox.prisma.$transaction(async (tx) => {
          await tx.user.create(person("c"));
          throw new Error("undone");
        }),
      ).rejects.toThrow("undone");
      const { rows } = await sandbox.pool.query(
        "SELECT id FROM users WHERE id IN ('a', 'b', 'c') ORDER BY id",
      );
      expect(rows.map((each) => each.id)).toEqual(["a", "b"]);
    });
    const sandbox = kept as unknown as SilenceGround["db"];
    await expect(sandbox.prisma.user.create(person("d"))).rejects.toThrow();
    await expect(sandbox.pool.query("SELECT 1")).rejects.toThrow("The sandbox has ended");
    expect(await everyTrace(ground.db)).toEqual(before);
  });

  it("two at once: one runs, the other is told so; live intake goes on meanwhile and loses nothing", async () => {
    const incidents = await ground.db.prisma.incident.count();
    const key = ground.as(actors.intakeKey({ projectId: "shop" }));
    const live = async (each: number) => {
      const incoming = {
        ...aReport({ fingerprint: `live-${each}`, title: builtinPack.scenarios[0]?.input.title }),
        path: { kind: "bound", projectId: "shop", sourceId: null } as const,
      };
      return acceptReport(key, incoming);
    };
    const before = performance.now();
    const [first, second, ...accepted] = await Promise.allSettled([
      runScenarioPack(asNext(), builtin),
      runScenarioPack(asNext(), builtin),
      ...Array.from({ length: 40 }, (_, each) => live(each)),
    ]);
    expect(performance.now() - before).toBeLessThan(15_000);
    const outcomes = [first, second].map((each) =>
      each?.status === "rejected" ? each.reason.reason : each?.value.counts.passed,
    );
    expect(outcomes.sort()).toEqual([8, "scenario_run_under_way"]);
    expect(accepted.every((each) => each.status === "fulfilled")).toBe(true);
    expect(await ground.db.prisma.incident.count()).toBe(incidents + 40);
  });
});

it("who may not configure runs nothing, on record", async () => {
  for (const actor of [actors.approver(), actors.auditor(), actors.agentToken(), actors.serviceToken()]) {
    await expect(runScenarioPack(asNext(actor), builtin)).rejects.toMatchObject({ kind: "forbidden" });
  }
  expect(await ground.audits("access.denied", builtinPack.packId)).toHaveLength(4);
  const member = ground.as(actors.projectMember({ shop: "admin" }));
  await expect(runScenarioPack(member, builtin)).rejects.toMatchObject({ kind: "forbidden" });
  const shop = await runScenarioPack(
    member,
    own(aScenario({ projectId: "shop" }, { approvalRequired: true })),
  );
  expect(shop.results[0]?.status).toBe("pass");
  await expect(runScenarioPack(member, own(aScenario({ projectId: "bank" })))).rejects.toMatchObject({
    kind: "forbidden",
  });
});

/** What this product counts itself; memory and processor time move by themselves. */
async function ownMetrics(): Promise<string[]> {
  return (await renderMetrics()).text
    .split("\n")
    .filter((line) => /^incident_monitor_(?:reports|delivery)/.test(line));
}
