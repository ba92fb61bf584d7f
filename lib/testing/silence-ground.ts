import { type Database, openDatabase } from "@/lib/db/client";
import { completeDeliveries } from "@/lib/db/completion-store";
import { loadConfig } from "@/lib/db/config-store";
import { claimDueDeliveries } from "@/lib/db/delivery-store";
import { readDestinationHealth } from "@/lib/db/destination-health-store";
import type { Actor } from "@/lib/domain/actor";
import type { FailureReport } from "@/lib/domain/report";
import type { Silence } from "@/lib/domain/silence";
import { acceptReport } from "@/lib/pipeline/intake/accept-report";
import { deliver } from "@/lib/pipeline/publishing/deliver";
import { publishDraft } from "@/lib/pipeline/publishing/publish-draft";
import { patchConfig } from "@/lib/pipeline/settings/patch-config";
import { createSilence } from "@/lib/pipeline/silences/create-silence";
import { holdDeliveries } from "@/lib/pipeline/silences/hold-deliveries";
import { aProject } from "./configs";
import { actors, testContext } from "./context";
import { createTestDatabase } from "./database";
import { aConfigPatch, aReport } from "./reports";
import { aSilence } from "./silences";

/** A database with a local destination and two projects, a clock that tests move, and a worker that they turn by hand. */
export async function createSilenceGround() {
  const database = await createTestDatabase();
  const db: Database = openDatabase(database.url);
  const clock = { nowMs: Date.UTC(2026, 5, 29, 12) };
  const as = (actor: Actor = actors.admin()) => testContext(db, actor, { nowMs: clock.nowMs });
  const system = () => as(actors.system("deliveries"));
  const projects = ["shop", "bank"].map((projectId) =>
    aProject({ projectId, repo: `acme/${projectId}`, defaultDestinationIds: ["local"] }),
  );
  await patchConfig(as(), {
    patch: aConfigPatch({
      destinations: [{ destinationId: "local", name: "Local", kind: "telemetry" }],
      defaultDestinationIds: ["local"],
      monitoredProjects: projects,
    }),
  });
  let serial = 0;

  async function draftOf(report: Partial<FailureReport> = {}, projectId?: string): Promise<string> {
    serial += 1;
    const incoming = aReport({ fingerprint: `silenced-${serial}`, riskLevel: "low", ...report });
    const key = actors.intakeKey({ projectId });
    const { draft } = projectId
      ? await acceptReport(as(key), { ...incoming, path: { kind: "bound", projectId, sourceId: null } })
      : await acceptReport(as(), incoming);
    if (!draft) throw new Error("no draft");
    return draft.draftId;
  }

  const silence = (fields: Partial<Silence> = {}, actor?: Actor) => {
    const { matcher, reason, windows, expiresAtMs, startsAtMs } = aSilence(fields, clock.nowMs);
    return createSilence(as(actor), { matcher, reason, windows, expiresAtMs, startsAtMs });
  };

  /** One turn of the worker that delivers: claim, hold, send, write the ends. Returns the drafts that were sent. */
  async function turn(worker = "w1"): Promise<string[]> {
    const deliveries = await claimDueDeliveries(db, {
      ...{ worker, limit: 96, perDestination: 96, busyDestinations: [], leaseMs: 45_000 },
      ...{ nowMs: clock.nowMs, heldProjects: [], retryLapsedKinds: [] },
    });
    const free = await holdDeliveries(system(), { deliveries, worker });
    const grounds = { config: await loadConfig(db), health: await readDestinationHealth(db) };
    const ends = await Promise.all(
      free.map((delivery) => deliver(system(), { delivery, worker, ...grounds })),
    );
    await completeDeliveries(db, ends, new Date(clock.nowMs));
    return free.map((delivery) => delivery.draftId);
  }

  return {
    ...{ db, clock, as, system, draftOf, silence, turn },
    publish: (draftId: string) => publishDraft(as(), { draftId, destinationIds: [] }),
    delivery: (draftId: string) => db.prisma.delivery.findFirstOrThrow({ where: { draftId } }),
    holds: (silenceId: string) =>
      db.prisma.silenceHold.findMany({ where: { silenceId }, orderBy: { heldAt: "asc" } }),
    audits: (action: string, id?: string) =>
      db.prisma.auditEntry.findMany({
        where: { action: `incident_monitor.${action}`, ...(id && { subjectId: id }) },
      }),
    close: async () => {
      await db.close();
      await database.drop();
    },
  };
}

export type SilenceGround = Awaited<ReturnType<typeof createSilenceGround>>;
