import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { testServices } from "@/lib/testing/context";
import { main } from "../src/cli/main";
import { type TestIo, testIo } from "./cli-io";
import { type ServedApi, serveApi } from "./serve-api";

/* The commands about watched logs, against the server and the workers that read them. */
let api: TestApi;
let served: ServedApi;
let folder: string;
const made: TestIo[] = [];
const soon = { timeout: 20_000, interval: 20 };
const counted = () => api.db.prisma.occurrence.count({ where: { logSourceId: "api" } });

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-cli-logs-")));
  mkdirSync(join(folder, "shop"));
  const services = { ...testServices(), allowedRoots: [folder] };
  api = await createTestApi(services);
  served = await serveApi(api.db, services);
  const source = { source_id: "api", path: "api.log", start_position: "beginning" };
  const missing = { source_id: "web", path: "web.log" };
  const project = {
    project_id: "shop",
    name: "Shop",
    repo: "acme/shop",
    workspace_root: join(folder, "shop"),
  };
  await api.call("PATCH", "/config/incident-monitor", {
    body: { incident_monitor: { monitored_projects: [{ ...project, log_sources: [source, missing] }] } },
  });
  const line = { level: "error", message: "order refused", time: "2026-06-29T11:00:00Z" };
  appendFileSync(join(folder, "shop", "api.log"), `${JSON.stringify(line)}\n`);
  await vi.waitFor(async () => expect(await counted()).toBe(1), soon);
});
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});
afterAll(async () => {
  await served.close();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(argv: string[], change: Parameters<typeof testIo>[0] = {}) {
  const env = { INCIDENT_MONITOR_URL: served.url, INCIDENT_MONITOR_TOKEN: api.tokens.admin };
  const test = testIo({ ...change, env });
  made.push(test);
  return { code: await main(argv, test.io), out: test.out(), err: test.err() };
}

describe("sources", () => {
  it("how each stands, and what to do about the one that is not well", async () => {
    await expect.poll(async () => (await run(["sources"])).out, soon).toMatch(/shop +web +unreadable/);
    const { code, out } = await run(["sources", "--project", "shop"]);
    expect(code).toBe(0);
    expect(out).toMatch(/shop +api +healthy +0 B/);
    expect(out).toMatch(/^shop\/web: .*Check the path/m);
    const { sources } = JSON.parse((await run(["sources", "--state", "healthy", "--json"])).out);
    expect(sources.map((each: { source_id: string }) => each.source_id)).toEqual(["api"]);
    expect((await run(["sources", "--project", "none"])).out).toBe("No log source matches.\n");
  });
});

describe("sources reset", () => {
  it("says what it comes to and asks; no is 1, nobody to ask is 2, and nothing is changed", async () => {
    const refused = await run(["sources", "reset", "shop", "api"], { answer: false });
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(
        /Re-reads \d+ B, 1 line: 1 failure\.\n1 counted before, 0 of known incidents, 0 new\./,
      ),
    ]);
    expect((await run(["sources", "reset", "shop", "api"])).code).toBe(2);
    expect((await run(["sources", "reset", "shop", "api", "--dry-run"])).out).toContain("1 counted before");
    expect(
      await api.db.prisma.auditEntry.count({ where: { action: "incident_monitor.log_source.reset" } }),
    ).toBe(0);
  });

  it("yes does it", async () => {
    const { code, out } = await run(["sources", "reset", "shop", "api"], { answer: true });
    expect([code, out]).toEqual([0, "Reset: shop/api is read from offset 0.\n"]);
    expect(await counted()).toBe(1);
  });
});

describe("sources replay", () => {
  it("says which failure and counts it once more", async () => {
    const dry = await run(["sources", "replay", "shop", "api", "--dry-run"]);
    expect(dry.out).toMatch(/title +order refused/);
    expect(await counted()).toBe(1);
    const { code, out } = await run(["sources", "replay", "shop", "api", "--yes"]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^Counted once more: failure-incident-/)]);
    expect(await counted()).toBe(2);
  });

  it("of a source that is not there, or of which nothing was read, is refused in the server's words", async () => {
    expect((await run(["sources", "replay", "shop", "nope", "--yes"])).err).toContain("LOG_SOURCE_NOT_FOUND");
    expect((await run(["sources", "replay", "shop", "web", "--yes"])).err).toContain("REPLAY_NOT_FOUND");
  });
});

describe("sources backfill", () => {
  const range = ["--from", "2026-06-29T00:00:00Z", "--to", "2026-06-30T00:00:00Z"];

  it("adds up what was read, as words and as one answer", async () => {
    // The reset above put it back to the beginning: a backfill reads what was read up to now, and no further.
    const offset = async () =>
      (await api.db.prisma.logSourceState.findFirst({ where: { sourceId: "api" } }))?.offset;
    await expect.poll(async () => Number(await offset()), soon).toBeGreaterThan(0);
    const dry = await run(["sources", "backfill", "shop", "api", ...range, "--dry-run"]);
    expect(dry.out).toMatch(
      /^Nothing was changed.*\nRead \d+ B, 1 line: 1 failure of the range\.\n1 counted before/,
    );
    const { code, out } = await run(["sources", "backfill", "shop", "api", ...range, "--json"]);
    expect([code, JSON.parse(out)]).toMatchObject([0, { candidates: 1, already_counted: 1, dry_run: false }]);
  });

  it("a time that is none is a usage error", async () => {
    expect((await run(["sources", "backfill", "shop", "api", "--from", "yesterday"])).code).toBe(2);
    expect((await run(["sources", "backfill", "shop", "api"])).code).toBe(2);
  });
});

describe("evidence", () => {
  it("shows what a reference of an incident names", async () => {
    const { evidenceRefs } = await api.db.prisma.incident.findFirstOrThrow({ where: { logSourceId: "api" } });
    for (const reference of evidenceRefs) {
      const { code, out } = await run(["evidence", reference]);
      expect([code, out]).toEqual([0, expect.stringContaining("order refused")]);
    }
    expect((await run(["evidence", "tandem://incident-monitor/shop/evidence/api/none.json"])).code).toBe(1);
  });
});
