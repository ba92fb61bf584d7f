import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { loadConfig } from "@/lib/db/config-store";
import { claimDueTriageRuns, extendTriageLease, nextTriageAtMs } from "@/lib/db/triage-claim-store";
import type { MonitorConfig } from "@/lib/domain/config";
import type { TriageRun } from "@/lib/domain/triage-run";
import { logger } from "@/lib/logger";
import { endOverdueTriage } from "@/lib/pipeline/triage/end-overdue-triage";
import { enrichers } from "@/lib/pipeline/triage/enrichers";
import type { PhaseWork } from "@/lib/pipeline/triage/phase-work";
import { queueAutomaticTriage } from "@/lib/pipeline/triage/queue-automatic-triage";
import { runTriage } from "@/lib/pipeline/triage/run-triage";
import { countFaults } from "./count-faults";
import { repeat } from "./repeat";
import type { Worker, WorkerContext } from "./worker";

/** Runs at once: each reads files and starts git, and what comes in is not to wait for it. */
const inFlightMax = 2;
/** How long a claim holds without a heartbeat; three may be late before another worker takes over. */
const leaseMsDefault = 45_000;
/** The sweep that heals a missed nudge. */
const idleMs = 2_000;

export type TriageOptions = { leaseMs?: number; work?: PhaseWork };

/**
 * Works queued runs of triage, queues those that the configuration asks for, and ends those that must not go on. Any number of processes may: runs are claimed. Paused, runs
 * stay queued (D-15); what was begun is finished.
 */
export function startRunTriage(
  worker: WorkerContext,
  { leaseMs = leaseMsDefault, work = enrichers }: TriageOptions = {},
): Worker {
  const name = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const faults = countFaults(worker, "triage");
  const running = new Map<string, { aborter: AbortController; ended: Promise<void> }>();
  let timer: NodeJS.Timeout | undefined;

  const start = (run: TriageRun) => {
    const aborter = new AbortController();
    const ended = workOn(worker, run, { aborter, leaseMs, work })
      .catch((error) => faults.failed(error, "a triage run could not be worked on"))
      .finally(() => {
        running.delete(run.runId);
        loop.soon();
      });
    running.set(run.runId, { aborter, ended });
  };

  const turn = async () => {
    clearTimeout(timer);
    try {
      const config = await loadConfig(worker.db);
      if (config.enabled && !config.paused) {
        await endOverdueTriage(worker.context("triage"));
        const limit = inFlightMax - running.size;
        const nowMs = worker.clock.nowMs();
        if (limit > 0) {
          const claim = { worker: name, limit, leaseMs, nowMs, heldProjects: heldProjects(config) };
          for (const run of await claimDueTriageRuns(worker.db, claim)) start(run);
        }
        // After the claims: what cannot be queued by itself must not keep what was asked for waiting. What is queued nudges.
        await queueAutomaticTriage(worker.context("triage"), config);
        const next = await nextTriageAtMs(worker.db, nowMs);
        const untilNextMs = next === null ? idleMs : next - worker.clock.nowMs();
        if (untilNextMs < idleMs) timer = setTimeout(() => loop.soon(), Math.max(20, untilNextMs));
      }
      faults.passed();
    } catch (error) {
      await faults.failed(error, "triage runs could not be claimed");
    }
  };
  const loop = repeat(idleMs, turn);
  loop.soon();

  const unsubscribe = worker.onChange((change) => {
    if (change === "gap" || change.topic === "config") loop.soon();
    else if (change.topic === "triage" && !running.has(change.id)) loop.soon();
  });

  return {
    stop: async () => {
      unsubscribe();
      clearTimeout(timer);
      await loop.stop();
      for (const { aborter } of running.values()) aborter.abort("stopping");
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}

/** One claimed run, reported on while it goes on; a claim that was lost ends it without a further write. */
async function workOn(
  worker: WorkerContext,
  run: TriageRun,
  { aborter, leaseMs, work }: { aborter: AbortController; leaseMs: number; work: PhaseWork },
): Promise<void> {
  const now = () => worker.clock.nowMs();
  const claimId = run.claim?.claimId ?? "";
  const heartbeat = repeat(leaseMs / 3, async () => {
    try {
      const held = await extendTriageLease(worker.db, { runId: run.runId, claimId, leaseMs, nowMs: now() });
      if (held === null) aborter.abort("lost");
    } catch (error) {
      // The lease runs out by itself if this goes on: then the run is somebody else's.
      logger.warn({ err: error, runId: run.runId }, "a triage run could not be reported on");
    }
  });
  heartbeat.soon();
  try {
    const result = await runTriage(worker.context("triage"), { run, signal: aborter.signal, now, work });
    logger.info({ runId: run.runId, draftId: run.draftId, result }, "a triage run was worked on");
  } finally {
    await heartbeat.stop();
  }
}

const heldProjects = (config: MonitorConfig): string[] =>
  config.monitoredProjects
    .filter((project) => !project.enabled || project.paused)
    .map((project) => project.projectId);
