import { type Database, openDatabase } from "@/lib/db/client";
import { claimDueTriageRuns } from "@/lib/db/triage-claim-store";
import { findTriageRun } from "@/lib/db/triage-store";
import type { Actor } from "@/lib/domain/actor";
import type { Draft } from "@/lib/domain/records";
import type { FailureReport } from "@/lib/domain/report";
import type { PhaseArtifacts, TriagePhase } from "@/lib/domain/triage";
import { triagePhases } from "@/lib/domain/triage";
import type { TriageRun } from "@/lib/domain/triage-run";
import type { Context, Services } from "@/lib/pipeline/context";
import { acceptReport } from "@/lib/pipeline/intake/accept-report";
import { patchConfig } from "@/lib/pipeline/settings/patch-config";
import type { PhaseWork } from "@/lib/pipeline/triage/phase-work";
import { type RunTriageResult, runTriage } from "@/lib/pipeline/triage/run-triage";
import { actors, testContext } from "./context";
import { createTestDatabase } from "./database";
import { aConfigPatch, aReport } from "./reports";
import { foundArtifacts } from "./triage-artifacts";

export const leaseMs = 45_000;

/** A database with one local destination, drafts at will, and a worker that can be told what to find and when to die. */
export async function createTriageGround(services: Partial<Services> = {}) {
  const database = await createTestDatabase();
  const db: Database = openDatabase(database.url);
  let nowMs = Date.UTC(2026, 5, 29, 12);
  let made = 0;
  const ctx = (actor: Actor = actors.admin()): Context => testContext(db, actor, { nowMs, services });
  const patch = (fields: Record<string, unknown>) => patchConfig(ctx(), { patch: aConfigPatch(fields) });
  await patch({
    destinations: [{ destinationId: "local", name: "Local", kind: "telemetry" }],
    defaultDestinationIds: ["local"],
  });
  return {
    db,
    ctx,
    patch,
    now: () => nowMs,
    pass: (ms: number) => {
      nowMs += ms;
    },
    /** A draft of a failure of its own. */
    draft: async (fields: Partial<FailureReport> = {}): Promise<Draft> => {
      made += 1;
      const { draft } = await acceptReport(ctx(), aReport({ fingerprint: `failure-${made}`, ...fields }));
      if (!draft) throw new Error("no draft");
      return draft;
    },
    claim: (worker: string, limit = 10): Promise<TriageRun[]> =>
      claimDueTriageRuns(db, { worker, limit, leaseMs, nowMs, heldProjects: [] }),
    run: async (runId: string): Promise<TriageRun> => {
      const run = await findTriageRun(db, runId);
      if (!run) throw new Error("no such run");
      return run;
    },
    work: (
      run: TriageRun,
      work: PhaseWork,
      signal = new AbortController().signal,
    ): Promise<RunTriageResult> =>
      runTriage(ctx(actors.system("triage")), { run, signal, now: () => nowMs, work }),
    audit: async (action: string) =>
      db.prisma.auditEntry.findMany({ where: { action }, orderBy: { at: "asc" } }),
    /** Runs of other tests are out of the way. */
    clear: () =>
      db.prisma.triageRun.updateMany({
        where: { status: { in: ["queued", "running"] } },
        data: { status: "cancelled" },
      }),
    close: async () => {
      await db.close();
      await database.drop();
    },
  };
}

export type TriageGround = Awaited<ReturnType<typeof createTriageGround>>;

export type ScriptedWork = PhaseWork & { begun: TriagePhase[] };

/** Finds what the fixtures found, unless a phase is told otherwise; remembers which phases were begun. */
export function scriptedWork(
  told: Partial<PhaseWork> = {},
  found: PhaseArtifacts = foundArtifacts(),
): ScriptedWork {
  const begun: TriagePhase[] = [];
  const phases = triagePhases.map((phase) => [
    phase,
    async (...given: Parameters<PhaseWork[TriagePhase]>) => {
      begun.push(phase);
      return told[phase] ? told[phase](...given) : found[phase];
    },
  ]);
  return { ...(Object.fromEntries(phases) as PhaseWork), begun };
}

/** Ends only when it is told to: what a phase looks like in a process that is killed. */
export const neverEnds = (): Promise<never> => new Promise(() => undefined);
