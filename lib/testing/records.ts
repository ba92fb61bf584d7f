import type { Database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { sha256Hex } from "@/lib/digest";
import type { DraftContent } from "@/lib/domain/draft";
import { newId } from "@/lib/ids";

const at = new Date(Date.UTC(2026, 5, 29, 11));

/** A draft's content as intake makes it of an unbound report with nothing special about it. */
export const aDraftContent = (fields: Partial<DraftContent> = {}): DraftContent => ({
  title: "TypeError: cannot read properties of undefined",
  detail: "source: manual",
  excerpt: [],
  evidenceRefs: [],
  eventType: "manual.report",
  source: "manual",
  repo: "local/unassigned",
  projectId: null,
  logSourceId: null,
  sourceKind: null,
  riskLevel: "medium",
  confidence: "medium",
  expectedDestination: "incident_monitor_issue_draft",
  routeTags: [],
  allowedDestinationIds: [],
  defaultDestinationIds: [],
  externalCorrelationIds: [],
  sourceApprovalPolicy: null,
  attributes: {},
  ...fields,
});

/** Inserts an incident with the fewest fields; give the ones a test is about. Returns its row. */
export async function anIncident(db: Database, fields: Partial<Prisma.IncidentUncheckedCreateInput> = {}) {
  const id = fields.id ?? newId.incident();
  return db.prisma.incident.create({
    data: {
      id,
      scopeKey: "local",
      fingerprintVersion: 1,
      fingerprint: sha256Hex(id),
      wireFingerprint: sha256Hex(id).slice(0, 16),
      identity: [],
      disposition: "drafted",
      provenance: "report",
      title: "TypeError: cannot read properties of undefined",
      eventType: "manual.report",
      source: "manual",
      repo: "local/unassigned",
      riskLevel: "medium",
      riskRank: 3,
      confidence: "medium",
      expectedDestination: "incident_monitor_issue_draft",
      firstSeenAt: at,
      lastSeenAt: at,
      createdAt: at,
      updatedAt: at,
      ...fields,
    },
  });
}

/** Inserts a draft, and the incident it belongs to unless `incidentId` names one. Returns its row. */
export async function aDraftRow(db: Database, fields: Partial<Prisma.DraftUncheckedCreateInput> = {}) {
  const id = fields.id ?? newId.draft();
  const own = {
    id,
    fingerprint: sha256Hex(id).slice(0, 16),
    approval: "not_required",
    provenance: "report",
    title: "TypeError: cannot read properties of undefined",
    detail: "source: manual",
    eventType: "manual.report",
    source: "manual",
    repo: "local/unassigned",
    riskLevel: "medium",
    riskRank: 3,
    confidence: "medium",
    expectedDestination: "incident_monitor_issue_draft",
    createdAt: at,
    updatedAt: at,
    ...fields,
  } satisfies Partial<Prisma.DraftUncheckedCreateInput>;
  const { title, eventType, source, provenance, projectId, logSourceId } = own as typeof own &
    Prisma.DraftUncheckedCreateInput;
  const incidentId =
    fields.incidentId ??
    (await anIncident(db, { draftId: id, title, eventType, source, provenance, projectId, logSourceId })).id;
  return db.prisma.draft.create({ data: { ...own, incidentId } });
}

/** Inserts a delivery of a draft, with the snapshot it needs and a draft unless `draftId` names one. */
export async function aDelivery(db: Database, fields: Partial<Prisma.DeliveryUncheckedCreateInput> = {}) {
  const id = fields.id ?? newId.delivery();
  const draft = fields.draftId
    ? await db.prisma.draft.findUniqueOrThrow({ where: { id: fields.draftId } })
    : await aDraftRow(db);
  const place = { destinationId: "local", kind: "telemetry" as const, targetRef: "telemetry:test" };
  const snapshot = await db.prisma.payloadSnapshot.create({
    data: {
      id: newId.snapshot(),
      draftId: draft.id,
      ...place,
      content: {},
      digest: sha256Hex(id),
      rendered: {},
      createdAt: at,
    },
  });
  return db.prisma.delivery.create({
    data: {
      id,
      postId: newId.post(),
      draftId: draft.id,
      incidentId: draft.incidentId,
      snapshotId: snapshot.id,
      ...place,
      operation: "record_telemetry",
      idempotencyKey: sha256Hex(`key ${id}`),
      payloadDigest: sha256Hex(id),
      destinationDigest: "",
      body: "{}",
      nextAttemptAt: at,
      requestedBy: { kind: "system", id: "test", name: "test" },
      createdAt: at,
      updatedAt: at,
      ...fields,
    },
  });
}
