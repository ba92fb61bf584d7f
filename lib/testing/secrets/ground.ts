import { randomBytes } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ledgerFiles } from "@/lib/audit/ledger-files";
import { createSecretResolver } from "@/lib/destinations/secret-reference";
import { createMcpClient } from "@/lib/mcp/mcp-client";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import type { Services } from "@/lib/pipeline/context";
import { runWorkers } from "@/lib/workers/run-workers";
import { GitGround } from "../git-ground";
import { createMatrixGround, type MatrixGround } from "../matrix-ground";
import { startEchoServer } from "./echo-server";
import { Planted } from "./planted";

const secretNames = ["HOOK", "GITHUB", "LINEAR", "MCP", "MODEL", "HEADER"] as const;
export const webhookAddress = "a webhook's address";

/**
 * A deployment with secrets wherever it takes any, its workers at work: what the host holds, what projects keep in their code,
 * history and logs, and what the services that it speaks to answer.
 */
export async function createSecretsGround() {
  const planted = new Planted();
  const echo = await startEchoServer(planted);
  const git = projectWithSecrets(planted);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-secrets-")));
  const fetch = createSafeFetch();
  const env = Object.fromEntries(
    secretNames.map((name) => [
      `INCIDENT_MONITOR_SECRET_${name}`,
      planted.opaque(`the variable INCIDENT_MONITOR_SECRET_${name}`),
    ]),
  );
  const file = planted.opaque("a file of the secrets folder");
  const resolveSecret = createSecretResolver({
    ...{ env, allowedNames: [], secretsDir: folder, readFile: () => file },
  });
  const seed = randomBytes(32).toString("base64url");
  planted.given("the key that signs the audit", seed);
  const privateNetworks = ["127.0.0.0/8"];
  const services: Partial<Services> = {
    ...{ resolveSecret, fetch, privateNetworks, allowedRoots: [git.folder] },
    mcp: createMcpClient({ fetch, resolveSecret, privateNetworks, hostServers: [] }),
    pepper: planted.opaque("the pepper of keys"),
    model: { url: `${echo.url}/v1`, keyRef: "env:INCIDENT_MONITOR_SECRET_MODEL" },
    telemetry: { folder },
    ledger: ledgerFiles(folder, seed),
    publicUrl: "http://localhost:39731",
  };
  const matrix = await createMatrixGround(services);
  const { api } = matrix;
  await configure(api.call, planted, echo.url, git.root);
  const workers = runWorkers(api.db, api.process.services);
  const records = await walk(matrix, planted);
  return {
    ...{ planted, echo, matrix, api, folder, records, root: git.root, allowedRoot: git.folder },
    close: async () => {
      await workers.stop();
      await matrix.close();
      await fetch.destroy();
      await echo.close();
      git.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type SecretsGround = Awaited<ReturnType<typeof createSecretsGround>>;

function projectWithSecrets(planted: Planted): GitGround {
  const git = new GitGround("shop");
  const code = (place: string) => `// ${planted.prose(place).replaceAll("\n", "\n// ")}\n`;
  git.commit(`Charge cards\n\n${planted.prose("an older commit's message")}`, {
    files: {
      "src/charge.ts": `${code("the code")}export function charge(order) {\n  return order.total.amount;\n}\n`,
      ".env": `STRIPE_KEY=${planted.text("a settings file", "vendor token")}\n`,
      ".github/ISSUE_TEMPLATE/bug.md": `---\nname: Bug\nabout: ${planted.text("an issue template's head", "pair")}\n---\n\n${planted.prose("an issue template")}\n`,
      "app.log": Array.from(
        { length: 3 },
        (_, at) =>
          `${JSON.stringify({ level: "error", message: planted.prose(`line ${at} of a log`), password: planted.opaque("a field of a log line") })}\n`,
      ).join(""),
    },
  });
  git.commit(`Charge faster ${planted.text("a commit's subject", "vendor token")}`, {
    files: {
      "src/charge.ts": `${code("the code")}export function charge(order) {\n  const { total } = order;\n  return total.amount;\n}\n`,
    },
  });
  return git;
}

const destinationIds = ["local", "memory", "fails", "moves", "takes", "tool"];

/**
 * One failure from its report to what became of it: looked into, approved, sent everywhere, refused and echoed there; and one
 * that waits for a decision, found in a watched log. Answers the ids that the rest is asked with.
 */
async function walk({ api, credentials, keys }: MatrixGround, planted: Planted) {
  const report = {
    ...{ title: `Charge failed in ${planted.plain}`, source: "shop", event: "charge.failed", level: "error" },
    ...{ risk_level: "low", confidence: "high", excerpt: ["    at charge (src/charge.ts:16:10)"] },
    detail: `TypeError: Cannot read properties of undefined (reading 'amount')\n${planted.prose("a report")}`,
  };
  const { headers } = await credentials.keyHeader(keys.shop);
  const body = { project_id: "shop", source_id: "external", report };
  const taken = await api.call("POST", "/incident-monitor/intake/report", {
    ...{ token: null, body },
    ...(headers && { headers }),
  });
  const draftId = taken.body.draft.draft_id as string;
  const draft = `/incident-monitor/drafts/${draftId}`;
  const call = (path: string, sent = {}) => api.call("POST", path, { body: sent });
  await call(`${draft}/triage-run`);
  await until("triage", async () => {
    const { run } = (await api.call("GET", `${draft}/triage`)).body;
    return run && !["queued", "running"].includes(run.status);
  });
  // A worker asks it: this API answers as one that is stopping, so that no call waits for a delivery.
  await until("the MCP server", async () => {
    const { mcp_server } = (await api.call("GET", "/incident-monitor/mcp-servers/tickets")).body;
    return mcp_server.connected;
  });
  for (const id of [...destinationIds, "github", "linear"])
    await call(`/incident-monitor/destinations/${id}/test`);
  await call(`${draft}/approve`, { reason: planted.prose("a reason of an approval") });
  await call(`${draft}/publish`, { destination_ids: destinationIds });
  await until("deliveries", async () => {
    const deliveries = await api.db.prisma.delivery.findMany({
      where: { draftId },
      include: { attempts: true },
    });
    const done = deliveries.filter((each) => each.attempts.length > 0);
    return done.length === destinationIds.length;
  });
  const found = await until("the watched log", () =>
    api.db.prisma.draft.findFirst({ where: { logSourceId: "app", evidenceRefs: { isEmpty: false } } }),
  );
  const failed = await api.db.prisma.delivery.findFirst({ where: { draftId, destinationId: "moves" } });
  const receipt = `/incident-monitor/posts/${failed?.postId}/portable-receipt`;
  await until("the sealed receipt", async () => (await api.call("GET", receipt)).status === 200);
  return {
    ...{ draft_id: found.id, incident_id: found.incidentId, evidence: found.evidenceRefs[0] ?? "" },
    post_id: failed?.postId ?? "none",
  };
}

async function until<T>(what: string, look: () => Promise<T>): Promise<NonNullable<T>> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(50)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`${what}: not in a minute`);
}

type Call = (
  method: string,
  path: string,
  options?: { body?: unknown },
) => Promise<{ status: number; text: string }>;

async function configure(call: Call, planted: Planted, url: string, root: string): Promise<void> {
  const open = { allow_insecure_http: true, allow_private_networks: true, timeout_ms: 2_000 };
  const hook = (id: string) => ({
    ...{
      destination_id: id,
      name: id,
      kind: "webhook",
      webhook_secret_ref: "env:INCIDENT_MONITOR_SECRET_HOOK",
    },
    webhook_url: `${url}/${id}?access_token=${planted.opaque(webhookAddress)}`,
    config: { ...open, headers: { "X-Api-Key": "env:INCIDENT_MONITOR_SECRET_HEADER" } },
  });
  const destinations = [
    { destination_id: "local", name: "Local", kind: "telemetry" },
    { destination_id: "memory", name: "Memory", kind: "internal_memory" },
    ...["fails", "moves", "takes"].map(hook),
    {
      ...{ destination_id: "github", name: "GitHub", kind: "github_issue", repo: "acme/shop" },
      config: { ...open, token_ref: "env:INCIDENT_MONITOR_SECRET_GITHUB", api_base_url: `${url}/github` },
    },
    {
      ...{
        destination_id: "linear",
        name: "Linear",
        kind: "linear_issue",
        linear_team: "SHOP",
        linear_project: "Shop",
      },
      config: { ...open, api_key_ref: "env:INCIDENT_MONITOR_SECRET_LINEAR", api_url: `${url}/linear` },
    },
    {
      ...{
        destination_id: "tool",
        name: "Tool",
        kind: "mcp_tool",
        mcp_server: "tickets",
        mcp_tool: "create_ticket",
      },
      config: { allow_publish: true, payload: { title: "$draft.title" } },
    },
  ];
  const incident_monitor = {
    destinations,
    default_destination_ids: destinationIds,
    routes: [{ route_id: "everything", name: "Everything", destination_ids: destinationIds }],
    require_approval_for_new_issues: true,
    monitored_projects: ["shop", "other"].map((id) => ({
      ...{ project_id: id, name: id, repo: `acme/${id}`, workspace_root: root },
      log_sources: [
        { source_id: "app", path: "app.log", enabled: id === "shop", start_position: "beginning" },
        { source_id: "external", path: "external.log", enabled: false },
      ],
    })),
  };
  const done = async (method: string, path: string, body: unknown) => {
    const { status, text } = await call(method, path, { body });
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
  };
  await done("PUT", "/incident-monitor/mcp-servers/tickets", {
    ...{ url: `${url}/mcp`, auth_ref: "env:INCIDENT_MONITOR_SECRET_MCP", enabled: true },
  });
  await done("PATCH", "/config/incident-monitor", { incident_monitor });
}
