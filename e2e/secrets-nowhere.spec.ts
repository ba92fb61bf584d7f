import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { startEchoServer } from "@/lib/testing/secrets/echo-server";
import { type Leak, Planted } from "@/lib/testing/secrets/planted";
import type { Monitor } from "./support/monitor";
import { ownServer } from "./support/own-server";
import { keepSecret } from "./support/secret";
import { expect, test } from "./support/test";

test.use({ as: "admin" });
// Three requests to every page there is.
test.slow();

const root = join(import.meta.dirname, "..");
const webhookAddress = "a webhook's address";

/** Every page there is, by the folders of `app`, its parameters filled from what the journey made. */
function pagePaths(parameters: Readonly<Record<string, string>>): string[] {
  return readdirSync(join(root, "app"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("page.tsx"))
    .map((file) => {
      const folders = file
        .split("/")
        .slice(0, -1)
        .filter((each) => !each.startsWith("("));
      const noun = folders.at(-2) ?? "";
      return `/${folders.map((each) => (each.startsWith("[") ? (parameters[noun] ?? "none") : each)).join("/")}`;
    })
    .sort();
}

test("what is planted in reports, logs, settings and answers is on no page and in no line of the server's log", async ({
  page,
  browser,
  sessionOf,
  monitor,
  dataDir,
  logRoot,
  marker,
  keptConfig: _,
}) => {
  const planted = new Planted();
  const echo = await startEchoServer(planted);
  try {
    for (const [place, value] of hostSecrets(dataDir)) planted.given(place, value);
    const made = await walk(monitor, planted, { dataDir, logRoot, marker, url: echo.url });

    const leaks: Leak[] = [];
    const shown = new Set<string>();
    const look = async (
      path: string,
      who: string,
      request: APIRequestContext,
      headers?: Record<string, string>,
    ) => {
      const response = await request.get(path, headers && { headers });
      const text = await response.text();
      expect(response.status(), path).toBeLessThan(500);
      leaks.push(...planted.leaks(`${path} (${who})`, text));
      if (text.includes(planted.plain)) shown.add(path);
    };
    const viewer = await browser.newContext({
      baseURL: monitor.url,
      storageState: await sessionOf("viewer"),
    });
    for (const path of pagePaths(made)) {
      // As a browser first asks for it, and as the panel does when somebody follows a link.
      await look(path, "admin", page.request);
      await look(path, "admin", page.request, { RSC: "1" });
      await look(path, "viewer", viewer.request);
    }
    await viewer.close();
    // A webhook's address is for those who may configure, and in the settings alone.
    const onPurpose = ({ planted: place, at }: Leak) =>
      place === webhookAddress && /^\/settings(?:\/\S+)? \(admin\)$/.test(at);
    const said = (each: Leak) => `${each.at}: ${each.planted}: ${JSON.stringify(each.around)}`;
    expect(leaks.filter((each) => !onPurpose(each)).map(said)).toEqual([]);
    expect(leaks.filter(onPurpose)).not.toEqual([]);
    const records = Object.entries(made).map(([noun, id]) => `/${noun}/${id}`);
    expect([...shown]).toEqual(expect.arrayContaining([...records, "/incidents", "/drafts"]));

    const log = readFileSync(join(root, "test-results", `server-${new URL(monitor.url).port}.log`), "utf8");
    expect(log).toContain(monitor.url);
    expect(planted.leaks("the server's log", log).map(said)).toEqual([]);
  } finally {
    await echo.close();
  }
});

/** What the host itself holds: files of the secrets folder, and what the start was given. */
function hostSecrets(dataDir: string): Array<[string, string]> {
  const folder = join(dataDir, "secrets");
  const { token, password } = ownServer();
  const files = readdirSync(folder).flatMap((name): Array<[string, string]> => {
    const value = readFileSync(join(folder, name), "utf8").trim();
    return value.length >= 12 ? [[`the host's file ${name}`, value]] : [];
  });
  return [...files, ["the bootstrap token", token], ["the admin's password", password]];
}

type Ground = { dataDir: string; logRoot: string; marker: string; url: string };

/** One failure from its report, and one from a watched log, to receipts of services that say back whatever they get. */
async function walk(monitor: Monitor, planted: Planted, { dataDir, logRoot, marker, url }: Ground) {
  const projectId = `secrets-${marker}`;
  const folder = join(logRoot, projectId);
  mkdirSync(join(folder, "src"), { recursive: true });
  const line = {
    level: "error",
    message: planted.prose("a log's line"),
    password: planted.opaque("its field"),
  };
  writeFileSync(join(folder, "app.log"), `${JSON.stringify(line)}\n`);
  const code = planted.prose("the code").replaceAll("\n", "\n// ");
  writeFileSync(
    join(folder, "src", "charge.ts"),
    `// ${code}\nexport const charge = (order) => order.total.amount;\n`,
  );

  const secretRef = keepSecret(dataDir, "echoed", planted.opaque("a file of the secrets folder"));
  const open = { allow_insecure_http: true, allow_private_networks: true };
  const ids = ["fails", "moves", "takes"].map((kind) => `${kind}-${marker}`);
  for (const id of ids)
    await monitor.addDestination({
      ...{ destination_id: id, name: id, kind: "webhook", webhook_secret_ref: secretRef },
      webhook_url: `${url}/${id.split("-")[0]}?access_token=${planted.opaque(webhookAddress)}`,
      config: { ...open, headers: { "X-Api-Key": secretRef } },
    });
  await monitor.addProject(projectId, {
    ...{ workspace_root: folder, allowed_destination_ids: ids, default_destination_ids: ids },
    log_sources: [{ source_id: "app", path: "app.log", start_position: "beginning" }],
  });
  const rawKey = await monitor.createKey(projectId);
  planted.given("an intake key", rawKey);
  const report = {
    ...{ title: `Charge failed in ${planted.plain}`, source: "shop", event: "charge.failed", level: "error" },
    ...{ risk_level: "low", confidence: "high", excerpt: ["    at charge (src/charge.ts:12:10)"] },
    detail: `TypeError: amount of undefined\n${planted.prose("a report")}`,
  };
  const taken = await monitor.intake(rawKey, { project_id: projectId, source_id: "app", report });
  const { draft_id: draftId, incident_id: incidentId } = (taken.body.draft ?? {}) as Record<string, string>;
  expect(taken.status).toBe(200);
  await monitor.call("POST", `/incident-monitor/drafts/${draftId}/triage-run`, {});
  await monitor.call("POST", `/incident-monitor/drafts/${draftId}/publish`, { destination_ids: ids });
  await expect
    .poll(async () => (await monitor.postsOf(draftId ?? "")).filter((each) => each.attempt_count > 0).length)
    .toBe(ids.length);
  const posts = await monitor.postsOf(draftId ?? "");
  const failed = posts.find((each) => each.destination_id === ids[0]);
  return {
    ...{ drafts: draftId ?? "", receipts: failed?.post_id ?? "" },
    incidents: incidentId ?? (taken.body.incident as { incident_id: string }).incident_id,
  };
}
