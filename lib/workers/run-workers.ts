import { type Clock, systemClock } from "@/lib/clock";
import type { Database } from "@/lib/db/client";
import type { DestinationHealth } from "@/lib/db/destination-health-store";
import type { Services } from "@/lib/pipeline/context";
import { hearChanges } from "@/lib/pipeline/settings/subscribe-changes";
import { startCountHours } from "./count-hours";
import { startDeliverDue } from "./deliver-due";
import { startExpireApprovals } from "./expire-approvals";
import { startExportTelemetry } from "./export-telemetry";
import { startFollowUp } from "./follow-up";
import { startForgetAnswers } from "./forget-answers";
import { startHoldSilenced } from "./hold-silenced";
import { startNotify } from "./notify";
import { startReassess } from "./reassess";
import { startReconcile } from "./reconcile";
import { startRecordShadow } from "./record-shadow";
import { startRefreshMcp } from "./refresh-mcp";
import { startReportOwnFailures } from "./report-own-failures";
import { startRereadStored } from "./reread-stored";
import { startRetain } from "./retain";
import { startRunTriage } from "./run-triage";
import { startSealAudit } from "./seal-audit";
import { startWakeIncidents } from "./wake-incidents";
import { startWatchLogSources } from "./watch-log-sources";
import { startWitness } from "./witness";
import type { Worker, WorkerContext } from "./worker";

const healthAgeMs = 500;
/** An attempt that takes nearly as long is broken off (deliver-due.ts), with room to write its end. */
const deliveryLeaseMs = 45_000;

export type WorkersOptions = { clock?: Clock; deliveryLeaseMs?: number };

/** Starts every loop over one database. Any number of processes may do so: rows are claimed, never assigned. */
export function runWorkers(db: Database, services: Services, options: WorkersOptions = {}): Worker {
  const clock = options.clock ?? systemClock;
  const { health, forget } = rememberHealth();
  // A test that went through says so here: what was known of health a moment ago would still refuse the next delivery.
  const unsubscribe = hearChanges(db, (change) => {
    if (change === "gap" || change.topic === "config") forget();
  });
  const worker: WorkerContext = {
    db,
    clock,
    deliveryLeaseMs: options.deliveryLeaseMs ?? deliveryLeaseMs,
    context: (name) => ({
      actor: { kind: "system", name },
      db,
      nowMs: clock.nowMs(),
      requestId: null,
      services,
    }),
    onChange: (hear) => hearChanges(db, hear),
    health,
  };
  const loops = [
    startDeliverDue(worker),
    startExpireApprovals(worker),
    startReportOwnFailures(worker),
    startForgetAnswers(worker),
    startHoldSilenced(worker),
    startWakeIncidents(worker),
    startRecordShadow(worker),
    startWatchLogSources(worker),
    startReconcile(worker),
    startFollowUp(worker),
    startRereadStored(worker),
    startRetain(worker),
    startRunTriage(worker),
    startSealAudit(worker),
    startWitness(worker),
    startExportTelemetry(worker),
    startCountHours(worker),
    startReassess(worker),
    startNotify(worker),
    startRefreshMcp(worker),
  ];
  return {
    stop: async () => {
      unsubscribe();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function rememberHealth(): { health: WorkerContext["health"]; forget: () => void } {
  let known: { at: number; value: Promise<Map<string, DestinationHealth>> } | null = null;
  const forget = () => {
    known = null;
  };
  const health: WorkerContext["health"] = (read) => {
    const now = performance.now();
    if (!known || now - known.at > healthAgeMs) {
      const value = read();
      known = { at: now, value };
      value.catch(forget);
    }
    return known.value;
  };
  return { health, forget };
}
