import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { aDestination } from "@/lib/testing/configs";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { splitIncident } from "../incidents/split-incident";
import { acceptReport } from "../intake/accept-report";
import { patchConfig } from "../settings/patch-config";
import { approveDraft } from "./approve-draft";
import { getDraft } from "./get-draft";

let database: TestDatabase;
let db: Database;
let serial = 0;
let nowMs = Date.UTC(2026, 5, 29, 12);

const as = (actor: Parameters<typeof testContext>[1]) => testContext(db, actor, { nowMs });
const ada = () => as(actors.approver({ userId: "ada", name: "ada" }));
const bob = () => as(actors.approver({ userId: "bob", name: "bob" }));

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  const destinations = [aDestination({ requireApproval: true })];
  const patch = aConfigPatch({ destinations, defaultDestinationIds: ["local"] });
  const safetyDefaults = { authorMayNotApprove: true };
  await patchConfig(as(actors.admin()), { patch: { ...patch, safetyDefaults } });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

describe("its author, after the incident was taken apart", () => {
  async function seenTwice() {
    serial += 1;
    const report = (release: string) =>
      aReport({ fingerprint: `parts-${serial}`, riskLevel: "medium", attributes: { release } });
    const { incident, draft } = await acceptReport(ada(), report("1"));
    nowMs += 1_000;
    await acceptReport(as(actors.adminToken()), report("2"));
    return { incidentId: incident.incidentId, draftId: draft?.draftId ?? "" };
  }
  const mayNot = { kind: "forbidden", reason: "author_may_not_approve" };

  it.each(["1", "2"])("is the author of both drafts, whichever sightings left: release %s", async (value) => {
    const { incidentId, draftId } = await seenTwice();
    const split = { incidentId, attribute: "release", value };
    const { incident } = await splitIncident(ada(), split);
    const copyId = incident.draftId ?? "";
    // The copy holds the words of the first report, though another sighting may be its own first.
    expect((await getDraft(ada(), copyId)).content.detail).toBe(
      (await getDraft(ada(), draftId)).content.detail,
    );
    for (const each of [draftId, copyId]) {
      await expect(approveDraft(ada(), { draftId: each })).rejects.toMatchObject(mayNot);
      expect(await approveDraft(bob(), { draftId: each })).toMatchObject({ missing: 0 });
    }
  });

  it("also of a part of a part", async () => {
    const { incidentId } = await seenTwice();
    nowMs += 1_000;
    const third = { fingerprint: `parts-${serial}`, riskLevel: "medium" };
    await acceptReport(
      as(actors.adminToken()),
      aReport({ ...third, attributes: { release: "2", environment: "prod" } }),
    );
    const { incident: part } = await splitIncident(ada(), { incidentId, attribute: "release", value: "2" });
    const again = { incidentId: part.incidentId, attribute: "environment", value: "prod" };
    const { incident: rest } = await splitIncident(ada(), again);
    for (const each of [part, rest]) {
      const draftId = each.draftId ?? "";
      await expect(approveDraft(ada(), { draftId })).rejects.toMatchObject(mayNot);
    }
  });
});
