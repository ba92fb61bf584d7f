import { afterAll, beforeAll, expect, it } from "vitest";
import { type McpFake, startMcpFake } from "@/e2e/fakes/mcp";
import { loopbackMcpClient, ticketDestination } from "@/e2e/fakes/mcp-ground";
import { type Database, openDatabase } from "@/lib/db/client";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { approveDraft } from "../drafts/approve-draft";
import { acceptReport } from "../intake/accept-report";
import { inspectMcpServer } from "../mcp/inspect-mcp-server";
import { putMcpServer } from "../mcp/put-mcp-server";
import { patchConfig } from "../settings/patch-config";
import { publishDraft } from "./publish-draft";

const fetch = createSafeFetch();
const services = { fetch, mcp: loopbackMcpClient(fetch) };
let database: TestDatabase;
let db: Database;
let places: McpFake[];

const admin = () => testContext(db, actors.admin(), { nowMs: Date.now(), services });

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  places = await Promise.all([startMcpFake(), startMcpFake()]);
});
afterAll(async () => {
  await Promise.all(places.map((each) => each.close()));
  await fetch.close();
  await db.close();
  await database.drop();
});

/** The server of this name is there from now on, and was asked for its tools. */
async function serverAt(place: McpFake | undefined): Promise<void> {
  const settings = {
    ...{ name: "tickets", url: place?.url ?? "", enabled: true, allowedTools: null },
    ...{ authHeader: "authorization", authRef: null },
  };
  await putMcpServer(admin(), { settings });
  await inspectMcpServer(admin(), { name: "tickets" });
}

it.each(["content", "draft"] as const)(
  "bound to %s, an approval is of the server that it was given for and of no other with its name",
  async (approvalBinding) => {
    await serverAt(places[0]);
    const row = ticketDestination({}, { destinationId: "tool", requireApproval: true });
    const safetyDefaults = { approvalBinding };
    await patchConfig(admin(), {
      patch: aConfigPatch({ destinations: [row], defaultDestinationIds: ["tool"], safetyDefaults }),
    });
    const { draft } = await acceptReport(
      admin(),
      aReport({ fingerprint: `moved-${approvalBinding}`, riskLevel: "low" }),
    );
    const draftId = draft?.draftId ?? "";
    await approveDraft(admin(), { draftId });

    await serverAt(places[1]);
    const published = await publishDraft(admin(), { draftId, destinationIds: [] });
    expect(published).toMatchObject({ action: "approval_required" });
    expect("reasons" in published && published.reasons.map((each) => each.code)).toContain(
      "destination_changed",
    );
    expect(await db.prisma.delivery.count({ where: { draftId } })).toBe(0);
  },
);
