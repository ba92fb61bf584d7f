import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Actor } from "@/lib/domain/actor";
import { aProject } from "@/lib/testing/configs";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aDraftRow } from "@/lib/testing/records";
import { aConfigPatch } from "@/lib/testing/reports";
import { patchConfig } from "../settings/patch-config";
import { type BacktestInput, type BacktestResult, backtestRoutes } from "./backtest-routes";

let database: TestDatabase;
let db: Database;
const nowMs = Date.UTC(2026, 5, 29, 12);
const day = 86_400_000;
const as = (actor: Actor = actors.admin()) => testContext(db, actor, { nowMs });

const sources = ["ci", "cron", "payments"] as const;

/** An incident a minute, the newest first: `ci`, `cron`, `payments`, `ci`, ...; every fourth is of high risk. */
async function seed(count: number): Promise<void> {
  for (let place = 0; place < count; place++) {
    const at = new Date(nowMs - place * 60_000);
    const source = sources[place % 3] as string;
    const riskLevel = place % 4 === 0 ? "high" : "low";
    const draft = await aDraftRow(db, {
      ...{ title: `Failure ${place}`, source, riskLevel, createdAt: at, updatedAt: at },
      ...(source === "payments" && { projectId: "shop" }),
    });
    await db.prisma.incident.update({ where: { id: draft.incidentId }, data: { updatedAt: at } });
  }
}

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  const destinations = ["local", "other"].map((id) => ({ destinationId: id, name: id, kind: "telemetry" }));
  await patchConfig(as(), {
    patch: aConfigPatch({
      destinations,
      defaultDestinationIds: ["local"],
      monitoredProjects: [aProject({ projectId: "shop", defaultDestinationIds: ["local"] })],
    }),
  });
  await seed(24);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const input = (fields: Partial<BacktestInput> = {}): BacktestInput => ({
  ...{ sinceMs: nowMs - day, untilMs: nowMs + 1, patch: {}, limit: 10_000, examples: 50 },
  ...fields,
});

it("two at once in a process, and room again when one has ended or was left", async () => {
  const begin = async () => (await backtestRoutes(as(), input())).run(new AbortController().signal);
  const [first, second] = [await begin(), await begin()];
  await Promise.all([first.next(), second.next()]);
  await expect(backtestRoutes(as(), input())).rejects.toMatchObject({
    kind: "limited",
    reason: "backtests_running",
  });
  await first.return(null);
  const third = await begin();
  for (let step = await third.next(); !step.done; step = await third.next());
  await second.return(null);
  expect((await run()).result).not.toBeNull();
});

async function run(fields: Partial<BacktestInput> = {}, signal = new AbortController().signal) {
  const backtest = await backtestRoutes(as(), input(fields));
  const steps = backtest.run(signal);
  const progress: number[] = [];
  for (;;) {
    const step = await steps.next();
    if (step.done) return { total: backtest.total, progress, result: step.value };
    progress.push(step.value.done);
  }
}

const countsOf = (result: BacktestResult | null) => {
  const { total, same, changes } = result?.summary ?? { total: 0, same: 0, changes: {} };
  const moved = Object.entries(changes).filter(([, count]) => count > 0);
  return { total, same, ...Object.fromEntries(moved) };
};

describe("a backtest", () => {
  it("of an unchanged configuration says that all is the same", async () => {
    const { total, progress, result } = await run();
    expect([total, progress.at(-1), result?.diff, result?.truncated]).toEqual([24, 24, [], false]);
    expect(countsOf(result)).toEqual({ total: 24, same: 24 });
    expect(result?.examples).toEqual([]);
    expect(result?.newest).toHaveLength(24);
    expect(result?.newest[0]).toMatchObject({ title: "Failure 0", atMs: nowMs, changes: [] });
  });

  it.each<[string, Record<string, unknown>, Record<string, number>]>([
    [
      "another destination by a route",
      { routes: [{ routeId: "r", name: "R", matchSources: ["ci"], destinationIds: ["other"] }] },
      { same: 16, elsewhere: 8, other_route: 8 },
    ],
    [
      "one more destination",
      { routes: [{ routeId: "r", name: "R", matchSources: ["cron"], destinationIds: ["local", "other"] }] },
      { same: 16, more_destinations: 8, other_route: 8 },
    ],
    [
      "approval for everything",
      { routes: [{ routeId: "r", name: "R", approvalPolicy: "always" }] },
      { same: 6, approval_newly: 18, other_route: 24 },
    ],
    [
      "no approval for high risk",
      { safetyDefaults: { requireApprovalForHighRisk: false } },
      { same: 18, approval_no_longer: 6 },
    ],
    ["no destination", { defaultDestinationIds: [] }, { same: 8, fewer_destinations: 16, blocked_newly: 16 }],
    [
      "a project that allows another one alone",
      {
        monitoredProjects: [aProject({ projectId: "shop", allowedDestinationIds: ["other"] })],
      },
      { same: 16, blocked_newly: 8 },
    ],
    [
      "a route that says what was said",
      { routes: [{ routeId: "r", name: "R", matchSources: ["ci"], destinationIds: ["local"] }] },
      { same: 24, other_route: 8 },
    ],
    [
      "a shadow route changes nothing",
      { routes: [{ routeId: "r", name: "R", mode: "shadow", destinationIds: ["other"] }] },
      { same: 24 },
    ],
  ])("counts %s", async (_, patch, counts) => {
    const before = await db.prisma.configRevision.count();
    const { result } = await run({ patch: aConfigPatch(patch) });
    expect(countsOf(result)).toEqual({ total: 24, ...counts });
    expect(await db.prisma.configRevision.count()).toBe(before);
  });

  it("shows rows side by side, the newest that differ, no more than asked for", async () => {
    const routes = [{ routeId: "r", name: "R", matchSources: ["ci"], destinationIds: ["other"] }];
    const { result } = await run({ patch: aConfigPatch({ routes }), examples: 2 });
    expect(result?.examples).toMatchObject([
      {
        title: "Failure 0",
        before: { routeId: null, destinationIds: ["local"], approvalRequired: true },
        after: { routeId: "r", routeName: "R", destinationIds: ["other"], approvalRequired: true },
        changes: ["elsewhere", "other_route"],
      },
      { title: "Failure 3" },
    ]);
    expect(result?.summary.routes).toEqual([
      { routeId: null, routeName: null, before: 24, after: 16 },
      { routeId: "r", routeName: "R", before: 0, after: 8 },
    ]);
    expect(result?.diff.map((each) => each.path)).toEqual(["routes.r"]);
  });

  it("decides for the time of each incident, not for now", async () => {
    const minute = new Date(nowMs - 60_000).toISOString().slice(11, 16);
    const end = new Date(nowMs).toISOString().slice(11, 16);
    const activeWindows = [{ zone: "UTC", from: minute, to: end }];
    const routes = [{ routeId: "r", name: "R", destinationIds: ["other"], activeWindows }];
    const { result } = await run({ patch: aConfigPatch({ routes }) });
    expect(result?.examples.map((row) => row.title)).toEqual(["Failure 1"]);
  });

  it("looks at the newest, at most the limit, inside the span", async () => {
    const limited = await run({ limit: 5 });
    expect([limited.total, limited.result?.truncated, limited.result?.newest.at(-1)?.title]).toEqual([
      5,
      true,
      "Failure 4",
    ]);
    const span = await run({ sinceMs: nowMs - 3 * 60_000, untilMs: nowMs });
    expect(span.result?.newest.map((row) => row.title)).toEqual(["Failure 1", "Failure 2", "Failure 3"]);
  });

  it("leaves out what was deleted and what was never drafted", async () => {
    const [first] = await db.prisma.incident.findMany({ orderBy: { updatedAt: "desc" }, take: 1 });
    const id = first?.id ?? "";
    await db.prisma.incident.update({ where: { id }, data: { deletedAt: new Date(nowMs) } });
    expect((await run()).result?.newest[0]?.title).toBe("Failure 1");
    await db.prisma.incident.update({ where: { id }, data: { deletedAt: null } });
  });

  it("stops when the caller goes", async () => {
    const gone = new AbortController();
    gone.abort();
    expect(await run({}, gone.signal)).toMatchObject({ progress: [], result: null });
  });

  it("refuses a configuration that could not be saved, naming what is wrong", async () => {
    const patch = aConfigPatch({
      routes: [
        { routeId: "r", name: "R" },
        { routeId: "r", name: "Again" },
      ],
    });
    await expect(backtestRoutes(as(), input({ patch }))).rejects.toMatchObject({
      ...{ kind: "invalid", reason: "config_invalid" },
      context: { issues: [expect.objectContaining({ path: expect.stringContaining("routes") })] },
    });
  });

  it.each<[string, Actor]>([
    ["a viewer", actors.viewer()],
    ["an approver", actors.approver()],
    ["an admin of one project", actors.projectMember({ shop: "admin" })],
    ["an agent", actors.agentToken()],
    ["a service", actors.serviceToken()],
  ])("is not for %s", async (_, actor) => {
    await expect(backtestRoutes(as(actor), input())).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("writes nothing", async () => {
    const counts = async () => [await db.prisma.auditEntry.count(), await db.prisma.configRevision.count()];
    const before = await counts();
    await run({ patch: aConfigPatch({ defaultDestinationIds: ["other"] }) });
    expect(await counts()).toEqual(before);
  });
});
