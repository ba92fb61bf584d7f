import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { aRoute } from "@/lib/testing/configs";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { acceptReport } from "../intake/accept-report";
import { getOverview } from "../settings/get-overview";
import { patchConfig } from "../settings/patch-config";
import { approveDraft } from "./approve-draft";
import { listDrafts } from "./list-drafts";
import { withdrawApproval } from "./withdraw-approval";

let database: TestDatabase;
let db: Database;
const as = (actor: Parameters<typeof testContext>[1]) => testContext(db, actor);
const approver = (userId: string) => as(actors.approver({ userId, name: userId }));
const ada = () => approver("ada");
const bob = () => approver("bob");

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  for (const id of ["ada", "bob"]) {
    const email = `${id}@example.test`;
    await db.prisma.user.create({ data: { id, email, name: id, role: "approver" } });
  }
  const local = { destinationId: "local", name: "Local", kind: "telemetry", enabled: true } as const;
  const destinations = [{ ...local, requireApproval: false, routeTags: [] }];
  const routes = [aRoute({ routeId: "pay", name: "Pay", destinationIds: ["local"], approvalsRequired: 2 })];
  const patch = aConfigPatch({ destinations, defaultDestinationIds: ["local"] });
  await patchConfig(as(actors.admin()), { patch: { ...patch, routes } });
}, 60_000);
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

async function newDraft(): Promise<string> {
  const { draft } = await acceptReport(as(actors.adminToken()), aReport({ riskLevel: "medium" }));
  return draft?.draftId ?? "";
}

it("in lists says to whom it gave an approval that others are missing, until that is taken back", async () => {
  const draftId = await newDraft();
  await approveDraft(ada(), { draftId, reason: "seen" });
  const seenBy = async (ctx: ReturnType<typeof as>) => {
    const { drafts } = await listDrafts(ctx, { filter: {}, page: { limit: 50 } });
    const { approvalsDue } = await getOverview(ctx);
    return [...drafts, ...approvalsDue]
      .filter((each) => each.draftId === draftId)
      .map((each) => each.approvedByYou ?? false);
  };
  expect(await seenBy(ada())).toEqual([true, true]);
  expect(await seenBy(bob())).toEqual([false, false]);
  await withdrawApproval(ada(), { draftId, reason: "Not yet" });
  expect(await seenBy(ada())).toEqual([false, false]);
});
