import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { testServices } from "@/lib/testing/context";
import { main } from "../src/cli/main";
import { TandemClient } from "../src/index";
import { type TestIo, testIo } from "./cli-io";
import { type ServedApi, serveApi } from "./serve-api";

let api: TestApi;
let served: ServedApi;
let client: TandemClient;
const example = (name: string) => readFileSync(new URL(`../examples/${name}`, import.meta.url), "utf8");

beforeAll(async () => {
  api = await createTestApi();
  served = await serveApi(api.db, testServices());
  client = new TandemClient({ baseUrl: served.url, token: api.tokens.admin });
});
afterAll(async () => {
  await served.close();
  await api.close();
});

const made: TestIo[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});
type Change = Parameters<typeof testIo>[0] & { files?: Record<string, unknown> };

function prepare({ files = {}, ...change }: Change = {}): TestIo {
  const env = { INCIDENT_MONITOR_URL: served.url, INCIDENT_MONITOR_TOKEN: api.tokens.admin, ...change.env };
  const test = testIo({ ...change, env });
  made.push(test);
  for (const [name, content] of Object.entries(files)) test.file(name, content);
  return test;
}

async function run(argv: string[], change: Change = {}) {
  const test = prepare(change);
  const code = await main(argv, test.io);
  return { code, out: test.out(), err: test.err(), cwd: test.io.cwd };
}

describe("config: a file and the server", () => {
  const applied = { "monitor.json": example("monitor.json") };

  it("diff says what would change, with 4, and changes nothing", async () => {
    const before = await client.incidentMonitor.getConfig();
    const { code, out } = await run(["config", "diff", "monitor.json"], { files: applied });
    expect(code).toBe(4);
    expect(out).toMatch(/^\+ routes\[payments\]: \{.*"match_components":\["payments"\].*\}$/m);
    expect(out).not.toContain("match_tenant_ids");
    expect(out).toContain('~ default_destination_ids: [] -> ["audit-trail"]');
    expect(await client.incidentMonitor.getConfig()).toEqual(before);
  });

  it("apply shows it and asks; no is 1 and changes nothing; nobody to ask is 2", async () => {
    const refused = await run(["config", "apply", "monitor.json"], { files: applied, answer: false });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("+ routes[payments]");
    expect(refused.err).toMatch(/Apply \d+ changes to http.*\?\nNothing was changed/);
    expect((await run(["config", "apply", "monitor.json"], { files: applied })).code).toBe(2);
    expect(await client.incidentMonitor.listRoutes()).toEqual([]);
  });

  it("yes applies it, and then there is no difference", async () => {
    const { code, out } = await run(["config", "apply", "monitor.json"], { files: applied, answer: true });
    expect([code, /Applied \d+ changes\./.test(out)]).toEqual([0, true]);
    expect((await client.incidentMonitor.listRoutes()).map((each) => each.route_id)).toEqual([
      "payments",
      "ci",
    ]);
    const again = await run(["config", "diff", "monitor.json"], { files: applied });
    expect([again.code, again.out]).toEqual([0, "No difference.\n"]);
    expect((await run(["config", "apply", "monitor.json", "--yes"], { files: applied })).code).toBe(0);
  });

  it("an export that somebody overtook is refused, unless forced", async () => {
    const exported = await run(["config", "export", "--out", "out.json"]);
    const file = JSON.parse(readFileSync(join(exported.cwd, "out.json"), "utf8"));
    expect(file.incident_monitor.updated_at_ms).toBeGreaterThan(0);
    await client.incidentMonitor.patchConfig({ repo: "acme/monitor" });
    const files = { "out.json": { incident_monitor: { ...file.incident_monitor, repo: "acme/other" } } };
    const stale = await run(["config", "apply", "out.json", "--yes"], { files });
    expect([stale.code, /409.*STALE/.test(stale.err)]).toEqual([1, true]);
    expect((await client.incidentMonitor.getConfig()).incident_monitor.repo).toBe("acme/monitor");
    expect((await run(["config", "apply", "out.json", "--yes", "--force"], { files })).code).toBe(0);
    expect((await client.incidentMonitor.getConfig()).incident_monitor.repo).toBe("acme/other");
  });

  it("a change between showing and writing is refused: what was shown is what is written", async () => {
    const test = prepare({ files: { "f.json": { repo: "acme/shown" } } });
    const confirm = async () => {
      await client.incidentMonitor.patchConfig({ repo: "acme/meanwhile" });
      return true;
    };
    expect(await main(["config", "apply", "f.json"], { ...test.io, confirm })).toBe(1);
    expect((await client.incidentMonitor.getConfig()).incident_monitor.repo).toBe("acme/meanwhile");
  });

  it("a portable export leaves the time out and applies without a difference", async () => {
    const { out } = await run(["config", "export", "--portable"]);
    expect(JSON.parse(out).incident_monitor).not.toHaveProperty("updated_at_ms");
    expect((await run(["config", "diff", "-"], { stdin: out })).code).toBe(0);
  });

  it("what the server would not save is 1, naming the field", async () => {
    const files = { "bad.json": { repo: "no slash" } };
    const { code, err } = await run(["config", "diff", "bad.json"], { files });
    expect([code, /repo/.test(err)]).toEqual([1, true]);
  });
});

describe("routes test: golden cases", () => {
  it("the package's example holds on the package's configuration", async () => {
    const files = { "golden.json": example("routes.golden.json") };
    const { code, out } = await run(["routes", "test", "golden.json"], { files });
    expect(out).toMatch(/^ok {4}a critical payment failure/);
    expect([code, out.trimEnd().split("\n").at(-1)]).toEqual([0, "4 cases held, 0 differ"]);
  });

  const wrong = {
    cases: [
      { name: "holds", given: { source: "ci" }, expect: { destinations: ["audit-trail"] } },
      {
        name: "differs",
        given: { component: "payments", risk_level: "critical" },
        expect: { destinations: ["audit-trail"], approval_required: false },
      },
    ],
  };

  it("a case that differs is 4, with what was expected, what came, and why", async () => {
    const { code, out } = await run(["routes", "test", "-"], { stdin: JSON.stringify(wrong) });
    expect(code).toBe(4);
    const lines = out.split("\n");
    expect(lines[0]).toBe("ok    holds");
    expect(lines[1]).toBe("FAIL  differs");
    expect(out).toContain('expected ["audit-trail"]');
    expect(out).toContain('got      ["audit-trail","pager"]');
    expect(out).toContain("route payments won");
    expect(out).toContain("1 case held, 1 differ");
  });

  it("the same for machines", async () => {
    const { code, out } = await run(["routes", "test", "-", "--json"], { stdin: JSON.stringify(wrong) });
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({
      passed: 1,
      failed: 1,
      cases: [
        { name: "holds", passed: true, mismatches: [] },
        { mismatches: [{ what: "destinations" }, { what: "approval_required", expected: false, got: true }] },
      ],
    });
  });

  it("a file that is no set of cases is 2", async () => {
    expect((await run(["routes", "test", "-"], { stdin: '{"cases":[]}' })).code).toBe(2);
  });
});

describe("from a report to a receipt", () => {
  const failure = ["--title", "Card \u001b[31mdeclined", "--detail", "exit code 1", "--source", "shop"];
  let draftId = "";

  it("report answers with the incident and its draft; flags win over the file", async () => {
    const stdin = JSON.stringify({ report: { title: "from the file", component: "payments" } });
    const argv = ["report", "-", ...failure, "--risk-level", "critical", "--excerpt", "a", "--excerpt", "b"];
    const { code, out } = await run([...argv, "--json"], { stdin });
    expect(code).toBe(0);
    const { draft } = JSON.parse(out);
    expect(draft).toMatchObject({ component: "payments", risk_level: "critical", excerpt: ["a", "b"] });
    draftId = draft.draft_id;
    const repeated = await run(argv, { stdin });
    expect(repeated.out).toMatch(/^outcome {3}recurrence/);
  });

  it("lists and shows it, without what it would do to the terminal", async () => {
    const list = await run(["drafts", "--state", "approval_due"]);
    expect(list.out).toContain(draftId);
    expect(list.out).toContain("Card \ufffd[31mdeclined");
    expect(list.out).toMatch(/1 draft\n$/);
    const shown = await run(["drafts", "show", draftId, "--payload"]);
    expect(shown.out).toMatch(/approval +required/);
    expect(shown.out).toMatch(/digest +\w{20}/);
    expect(shown.out).toContain("audit-trail");
    const incidents = await run(["incidents", "--query", "declined", "--json"]);
    expect(JSON.parse(incidents.out)).toMatchObject({ count: 1, total: 1 });
    const { incident_id: id } = JSON.parse(incidents.out).incidents[0];
    expect((await run(["incidents", "show", id])).out).toMatch(/seen +2x/);
    expect((await run(["drafts", "list", "--state", "denied"])).out).toBe("No draft matches.\n");
  });

  it("preview says where it would go and why", async () => {
    const { out } = await run(["preview", "--draft", draftId, "--why"]);
    expect(out).toMatch(/goes to +pager, audit-trail/);
    expect(out).toMatch(/approval +required/);
    expect(out).toContain("Payments: won");
  });

  it("publish before approval is 1 and says what is next", async () => {
    const { code, out } = await run(["publish", draftId]);
    expect(code).toBe(1);
    expect(out).toContain(`incident-monitor approve ${draftId}`);
  });

  it("approve asks, after showing; nobody to ask is 2, no is 1", async () => {
    expect((await run(["approve", draftId])).code).toBe(2);
    const no = await run(["approve", draftId], { answer: false });
    expect([no.code, no.err.includes("because")]).toEqual([1, true]);
    expect((await client.incidentMonitor.getDraft(draftId)).facets?.approval).toBe("required");
  });

  it("a digest of something else is refused", async () => {
    const { code, err } = await run(["approve", draftId, "--digest", "0".repeat(64)]);
    expect([code, /DRAFT_CHANGED/.test(err)]).toEqual([1, true]);
  });

  it("approve what was shown, then publish, is a receipt", async () => {
    const approved = await run(["approve", draftId, "--reason", "seen"], { answer: true });
    expect([approved.code, approved.out]).toEqual([0, expect.stringContaining("approved")]);
    const { code, out } = await run(["publish", draftId, "--destination", "audit-trail"]);
    expect(code).toBe(0);
    expect(out).toMatch(/audit-trail +posted +failure-post-/);
  });

  it("deny closes another one; doing it again is refused", async () => {
    const { out } = await run([
      "report",
      "--title",
      "Other",
      "--detail",
      "x",
      "--risk-level",
      "high",
      "--json",
    ]);
    const id = JSON.parse(out).draft.draft_id;
    expect((await run(["deny", id, "--reason", "harmless"])).code).toBe(0);
    const again = await run(["deny", id]);
    expect([again.code, /NOT_PENDING_APPROVAL/.test(again.err)]).toEqual([1, true]);
  });
});

describe("keys", () => {
  it("make one into a file nobody else can read, report with it, and disable it", async () => {
    await client.incidentMonitor.patchConfig({
      monitored_projects: [
        { project_id: "shop", name: "Shop", repo: "halden/shop", workspace_root: "/workspace/repos/shop" },
      ],
    });
    const argv = ["keys", "create", "--project", "shop", "--name", "ci", "--out", "ci.key", "--json"];
    const { code, out, cwd } = await run(argv);
    expect(code).toBe(0);
    const raw = readFileSync(join(cwd, "ci.key"), "utf8").trim();
    expect(raw).toMatch(/^tim_intake_[0-9a-f]{64}$/);
    expect(out).not.toContain(raw);
    expect(statSync(join(cwd, "ci.key")).mode & 0o777).toBe(0o600);
    const { key } = JSON.parse(out);

    const scoped = { files: { "ci.key": raw }, env: { INCIDENT_MONITOR_TOKEN: "" } };
    const report = [
      "report",
      "--title",
      "Smoke failed",
      "--detail",
      "x",
      "--level",
      "error",
      "--project",
      "shop",
      "--intake-key-file",
      "ci.key",
    ];
    expect(await run(report, scoped)).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringMatching(/^outcome +new/),
    });
    expect((await run(["keys", "list"])).out).toContain(key.key_id);
    expect((await run(["keys", "disable", key.key_id])).code).toBe(0);
    await vi.waitFor(async () => {
      const refused = await run(report, scoped);
      expect([refused.code, /INTAKE_KEY_INVALID/.test(refused.err)]).toEqual([1, true]);
    }, 10_000);
  });

  it("a file that is there already is not overwritten, and no key is made", async () => {
    const before = (await client.incidentMonitor.listIntakeKeys()).keys.length;
    const argv = ["keys", "create", "--project", "shop", "--name", "x", "--out", "taken"];
    expect((await run(argv, { files: { taken: "mine" } })).code).toBe(2);
    expect((await client.incidentMonitor.listIntakeKeys()).keys).toHaveLength(before);
  });
});

describe("status", () => {
  it("says what is on, what waits and which destination is ready", async () => {
    const { code, out } = await run(["status"]);
    expect(code).toBe(0);
    expect(out).toContain("monitoring");
    expect(out).toMatch(/^audit-trail +telemetry +ready/m);
    await client.incidentMonitor.pause();
    expect((await run(["status"])).out).toContain("paused: reports are taken in and held");
    await client.incidentMonitor.resume();
  });

  it("a member without the right to do it is told so, with 1", async () => {
    const { code, err } = await run(["approve", "failure-draft-x", "--yes"], {
      env: { INCIDENT_MONITOR_TOKEN: api.tokens.agent },
    });
    expect([code, /HTTP 40[34]/.test(err)]).toEqual([1, true]);
  });
});

describe("--watch", () => {
  it("draws again when something changes, and ends cleanly when told to", async () => {
    const test = prepare();
    const watching = main(["incidents", "--watch", "--json"], test.io);
    const frames = () =>
      test
        .out()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    await vi.waitFor(() => expect(frames().length).toBeGreaterThan(0), 10_000);
    await client.incidentMonitor.report({
      title: "Seen while watching",
      detail: "x",
      fingerprint: "watched",
    });
    await vi.waitFor(() => expect(frames().at(-1).incidents[0].title).toBe("Seen while watching"), 10_000);
    test.stop();
    expect([await watching, test.err()]).toEqual([0, ""]);
  });

  it("redraws in place in a terminal, no longer than it is", async () => {
    const test = prepare({ isTty: true, size: () => ({ columns: 70, rows: 6 }) });
    const watching = main(["status", "--watch"], test.io);
    await vi.waitFor(() => expect(test.out()).toContain("\u001b[J"), 10_000);
    test.stop();
    expect(await watching).toBe(0);
    const [frame = ""] = test.out().split("\u001b[J");
    expect(frame.startsWith("\u001b[H")).toBe(true);
    expect(frame.split("\n").filter(Boolean).length).toBeLessThanOrEqual(5);
  });

  it("a server that refuses the stream ends it with 1", async () => {
    const { code, err } = await run(["drafts", "--watch"], { env: { INCIDENT_MONITOR_TOKEN: "wrong" } });
    expect([code, /AUTH_REQUIRED/.test(err)]).toEqual([1, true]);
  });
});
