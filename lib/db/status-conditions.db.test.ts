import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draftStatuses, incidentStatuses } from "@/lib/contracts/status-words";
import { destinationKinds } from "@/lib/domain/config";
import { newId } from "@/lib/ids";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aDelivery, aDraftRow, anIncident } from "@/lib/testing/records";
import { draftToWire } from "@/lib/wire/draft";
import { incidentToWire } from "@/lib/wire/incident";
import { type Database, openDatabase } from "./client";
import { listDraftRecords } from "./draft-store";
import type { Prisma } from "./generated/client";
import { listIncidentRecords } from "./incident-store";

let testDatabase: TestDatabase;
let db: Database;
const everything = { limit: 2_000, after: null };

const approvals = ["not_required", "granted", "required", "voided", "denied"] as const;
const triages = ["none", "queued", "running", "ready", "timed_out", "failed"] as const;
const states = [
  ...(["due", "sending", "retrying", "published", "failed", "ambiguous", "blocked", "cancelled"] as const),
];
const operations = [
  ["github_issue", "comment_issue"],
  ["linear_issue", "match_issue"],
] as const;

/** Copies of one whole record, each with other facets: what is not about them is the same. */
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = openDatabase(testDatabase.url);
  const deliveries = [
    null,
    ...destinationKinds.flatMap((kind) =>
      states.map((state) => ({ kind, state, operation: "whatever", earlier: null })),
    ),
    ...operations.map(([kind, operation]) => ({
      kind,
      operation,
      state: "published" as const,
      earlier: null,
    })),
    { kind: "webhook" as const, state: "cancelled" as const, operation: "x", earlier: "published" as const },
    { kind: "webhook" as const, state: "failed" as const, operation: "x", earlier: "published" as const },
  ];
  const model = {
    draft: await aDraftRow(db),
    delivery: await aDelivery(db),
    incident: await anIncident(db, { disposition: "suppressed" }),
  };
  const rows = {
    incidents: [] as Prisma.IncidentCreateManyInput[],
    drafts: [] as Prisma.DraftCreateManyInput[],
    deliveries: [] as Prisma.DeliveryCreateManyInput[],
  };
  const deliver = (draft: { id: string; incidentId: string }, fields: object) =>
    rows.deliveries.push({
      ...(model.delivery as Prisma.DeliveryCreateManyInput),
      ...{ id: newId.delivery(), postId: newId.post(), idempotencyKey: newId.delivery() },
      ...{ draftId: draft.id, incidentId: draft.incidentId },
      ...fields,
    });
  for (const approval of approvals) {
    for (const triage of triages) {
      for (const delivery of deliveries) {
        const draft = { id: newId.draft(), incidentId: newId.incident() };
        const whole = model.incident as Prisma.IncidentCreateManyInput;
        rows.incidents.push({
          ...whole,
          ...{
            id: draft.incidentId,
            fingerprint: draft.incidentId,
            draftId: draft.id,
            disposition: "drafted",
          },
        });
        rows.drafts.push({ ...(model.draft as Prisma.DraftCreateManyInput), ...draft, approval, triage });
        if (!delivery) continue;
        const { earlier, ...newest } = delivery;
        if (earlier) deliver(draft, { state: earlier, createdAt: new Date(0) });
        deliver(draft, newest);
      }
    }
  }
  for (const disposition of ["quality_gate_blocked", "draft_failed", "suppressed", "drafted"] as const) {
    await anIncident(db, { disposition });
  }
  const json = <Row>(list: Row[]) =>
    list.map(
      (row) => Object.fromEntries(Object.entries(row as object).filter(([, value]) => value !== null)) as Row,
    );
  await db.prisma.incident.createMany({ data: json(rows.incidents) });
  await db.prisma.draft.createMany({ data: json(rows.drafts) });
  await db.prisma.delivery.createMany({ data: json(rows.deliveries) });
});
afterAll(async () => {
  await db?.close();
  await testDatabase?.drop();
});

/** How often each status occurs among the records themselves. */
function counted(statuses: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe("a filter by the wire's word finds exactly the records that carry it", () => {
  it("drafts", async () => {
    const { drafts } = await listDraftRecords(db, { projects: null }, everything);
    const expected = counted(drafts.map((draft) => draftToWire(draft).status));
    const found: Record<string, number> = {};
    for (const status of draftStatuses) {
      const list = await listDraftRecords(db, { projects: null, status }, everything);
      expect([...new Set(list.drafts.map((draft) => draftToWire(draft).status))].join()).toBe(status);
      found[status] = list.total;
    }
    expect(found).toEqual(expected);
  });

  it("incidents", async () => {
    const { incidents } = await listIncidentRecords(db, { projects: null }, everything);
    const expected = counted(incidents.map((incident) => incidentToWire(incident).status));
    const found: Record<string, number> = {};
    for (const status of incidentStatuses) {
      const list = await listIncidentRecords(db, { projects: null, status }, everything);
      expect([...new Set(list.incidents.map((each) => incidentToWire(each).status))].join()).toBe(status);
      found[status] = list.total;
    }
    expect(found).toEqual(expected);
  });

  it("facets and the newest delivery's state", async () => {
    const total = async (filter: object) =>
      (await listDraftRecords(db, { projects: null, ...filter }, everything)).total;
    const perApproval =
      triages.length * (1 + destinationKinds.length * states.length + operations.length + 2);
    // One draft more of each that was the model: not required, no triage, no issue.
    expect(await total({ approval: "voided" })).toBe(perApproval);
    expect(await total({ approval: "voided", triage: "ready" })).toBe(perApproval / triages.length);
    expect(await total({ issue: "blocked" })).toBe(0);
    // Of each approval and triage: one a kind, and the one whose earlier delivery was published.
    const failed = approvals.length * triages.length * (destinationKinds.length + 1);
    expect(await total({ delivery: "failed" })).toBe(failed);
  });
});
