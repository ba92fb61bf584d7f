import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hostileUrls } from "@/e2e/fakes/hostile-urls";
import { ticketDestination } from "@/e2e/fakes/mcp-ground";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import { createMcpClient } from "@/lib/mcp/mcp-client";
import { type ClosableSafeFetch, createSafeFetch } from "@/lib/net/safe-fetch";
import { configDatabase } from "@/lib/testing/config-database";
import { aReport } from "@/lib/testing/reports";
import { AppError } from "../errors";
import { acceptReport } from "../intake/accept-report";
import { inspectMcpServer } from "../mcp/inspect-mcp-server";
import { putMcpServer } from "../mcp/put-mcp-server";
import { publishDraft } from "./publish-draft";
import { testDestination } from "./test-destination";

const { context, patch } = configDatabase();
const rowsAtOnce = 50;
let receiver: WebhookReceiver;
let fetch: ClosableSafeFetch;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  // Every name leads to where somebody listens.
  fetch = createSafeFetch({ resolve: async () => [{ address: "127.0.0.1", family: 4 }] });
});
afterAll(async () => {
  await fetch.destroy();
  await receiver.close();
});
beforeEach(() => expect(receiver.connectionCount).toBe(0));

/** As the server has them: secrets that are set, no private network open to the host. */
function as() {
  const resolveSecret = () => ({
    ok: true as const,
    values: ["a-secret-of-some-length-a-secret-of-some-length"],
  });
  const mcp = createMcpClient({ fetch, resolveSecret, privateNetworks: [], hostServers: [] });
  const ctx = context();
  return { ...ctx, services: { ...ctx.services, fetch, resolveSecret, mcp } };
}

type Row = Record<string, unknown> & { destination_id: string };

const kinds: Record<string, (id: string, url: string) => Row> = {
  webhook: (id, url) => ({
    ...{ destination_id: id, name: id, kind: "webhook", webhook_url: url },
    webhook_secret_ref: "env:TANDEM_SECRET",
  }),
  github_issue: (id, url) => ({
    ...{ destination_id: id, name: id, kind: "github_issue", repo: "acme/shop" },
    config: { token_ref: "env:TANDEM_SECRET", api_base_url: url },
  }),
  linear_issue: (id, url) => ({
    ...{
      destination_id: id,
      name: id,
      kind: "linear_issue",
      linear_team: "SHOP",
      linear_project: "Reliability",
    },
    config: { api_key_ref: "env:TANDEM_SECRET", api_url: url },
  }),
};

/**
 * Every second form, so each host once: all of them are in lib/destinations/hostile-urls.test.ts. A tracker without an address
 * is at its own, which is no hostile place.
 */
const urls = () =>
  [...new Set(hostileUrls(receiver.port))].filter((url, index) => url !== "" && index % 2 === 0);

describe.each(Object.entries(kinds))("a %s at a hostile URL", (kind, rowOf) => {
  it("is not saved, or neither tested nor delivered to: nobody is knocked at", async () => {
    const all = urls().map((url, index) => rowOf(`${kind}-${index}`, url));
    let testedCount = 0;
    let refusedCount = 0;
    for (let from = 0; from < all.length; from += rowsAtOnce) {
      const { saved, refused } = await save(all.slice(from, from + rowsAtOnce));
      refusedCount += refused;
      for (const row of saved) {
        const tested = await testDestination(as(), { destinationId: row.destination_id });
        expect([row, tested.outcome]).toEqual([row, "not_ready"]);
        testedCount += 1;
      }
      await expectUndelivered(saved);
    }
    expect(testedCount + refusedCount).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(140);
    expect(receiver.connectionCount).toBe(0);
  }, 120_000);
});

/** What is no URL at all, or holds a sign-in, is refused at once, with its row named; the rest is saved. */
async function save(rows: readonly Row[]): Promise<{ saved: Row[]; refused: number }> {
  const attempt = async (destinations: readonly Row[]) => {
    try {
      await patch({ destinations, default_destination_ids: destinations.map((row) => row.destination_id) });
      return [];
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== "invalid") throw error;
      const issues = error.context?.issues as Array<{ path: string; level: string }>;
      return issues.map(({ path }) =>
        Number(/^destinations\[(\d+)\]\.(?:webhook_url|config\.[a-z_]+)$/.exec(path)?.[1] ?? "NaN"),
      );
    }
  };
  const refused = await attempt(rows);
  const saved = rows.filter((_, index) => !refused.includes(index));
  if (refused.length > 0) expect(await attempt(saved)).toEqual([]);
  return { saved, refused: rows.length - saved.length };
}

async function expectUndelivered(rows: readonly Row[]): Promise<void> {
  const { draft } = await acceptReport(
    as(),
    aReport({ riskLevel: "low", fingerprint: rows[0]?.destination_id }),
  );
  const work = publishDraft(as(), { draftId: draft?.draftId ?? "", destinationIds: [] });
  await expect(work).rejects.toMatchObject({ kind: "not_ready", reason: "publish_blocked" });
}

describe("an MCP server at a hostile URL", () => {
  it("is not saved, or neither inspected, tested nor called: nobody is knocked at", async () => {
    const { destinationId, name, kind, mcpServer, mcpTool, config } = ticketDestination();
    await patch({
      destinations: [
        { destination_id: destinationId, name, kind, mcp_server: mcpServer, mcp_tool: mcpTool, config },
      ],
      default_destination_ids: [destinationId],
    });
    const { draft } = await acceptReport(as(), aReport({ riskLevel: "low", fingerprint: "to-a-tool" }));
    for (const [index, url] of urls().entries()) {
      const settings = {
        ...{ name: "tickets", url, enabled: true, allowedTools: null },
        ...{ authHeader: "authorization", authRef: null },
      };
      if ((await putMcpServer(as(), { settings }).catch(asRefusal)) === "refused") continue;
      const { lastError, missing } = await inspectMcpServer(as(), { name: "tickets" });
      expect([url, lastError !== null, missing.length > 0]).toEqual([url, true, true]);
      const tested = await testDestination(as(), { destinationId });
      expect([url, tested.outcome]).toEqual([url, "not_ready"]);
      // The same readiness decides; asking it of every tenth is enough.
      if (index % 10 > 0) continue;
      const work = publishDraft(as(), { draftId: draft?.draftId ?? "", destinationIds: [] });
      await expect(work).rejects.toMatchObject({ kind: "not_ready", reason: "publish_blocked" });
    }
    expect(receiver.connectionCount).toBe(0);
  }, 120_000);
});

function asRefusal(error: unknown): "refused" {
  expect(error).toMatchObject({ kind: "invalid", reason: "mcp_server_invalid" });
  return "refused";
}
