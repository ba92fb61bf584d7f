import type { FailureReport } from "./report";

/** Something of this product's own work that failed and that a person has to know of (D-36). */
export type OwnFailure =
  /** A delivery that ended as failed: refused for good, or given up after its last attempt. */
  | {
      kind: "delivery";
      deliveryId: string;
      draftId: string;
      postId: string;
      destinationId: string;
      destinationKind: string;
      attemptCount: number;
      attemptCountMax: number;
      reason: { code: string; message: string; status: number | null };
      /** Why nothing more is sent there, where the failure stopped the destination. */
      destinationStopped: string | null;
      failedAtMs: number;
    }
  /** A triage run of ours that was given up: a phase failed every time, or it took too long. */
  | {
      kind: "triage";
      runId: string;
      draftId: string;
      status: "failed" | "timed_out";
      /** Where it stopped; null when that was between phases. */
      phase: string | null;
      reason: { code: string; message: string };
      failedAtMs: number;
    }
  /** A loop of the workers that fails again and again. The error's name and code only: its words may hold anything. */
  | {
      kind: "loop";
      loop: string;
      errorName: string;
      errorCode: string | null;
      failureCount: number;
      failedAtMs: number;
    };

/** Names the failure once and for all, so that no sweep counts it twice; null where each report is a sighting. */
export function ownFailureOriginKey(failure: OwnFailure): string | null {
  if (failure.kind === "triage") return `triage:${failure.runId}`;
  return failure.kind === "delivery" ? `delivery:${failure.deliveryId}:${failure.attemptCount}` : null;
}

/**
 * The report that is made of it: ids, codes and our own words, nothing of what was being published. Failures of one
 * destination for one reason are one incident, and so are those of one loop with one error, or of one phase for one reason.
 */
export function ownFailureReport(failure: OwnFailure): FailureReport {
  if (failure.kind === "triage") return triageReport(failure);
  return failure.kind === "delivery" ? deliveryReport(failure) : loopReport(failure);
}

function triageReport(failure: Extract<OwnFailure, { kind: "triage" }>): FailureReport {
  const { reason, phase, status } = failure;
  const event = "incident_monitor.triage.failed";
  const component = phase ?? "run";
  return {
    ...empty,
    title: `Triage ${status === "timed_out" ? "takes too long" : "fails"}${phase ? ` in ${phase}` : ""}: ${reason.code}`,
    event,
    level: "error",
    source: "incident_monitor.triage",
    component,
    confidence: "high",
    detail: lines([
      ["why", reason.message],
      ["phase", phase],
      ["triage_run_id", failure.runId],
      ["draft_id", failure.draftId],
    ]),
    excerpt: [reason.message],
    evidenceRefs: [`triage_run:${failure.runId}`],
    attributes: { correlationId: failure.runId },
    occurredAtMs: failure.failedAtMs,
    identity: { reason: `${status} ${reason.code}`, event, component },
  };
}

function deliveryReport(failure: Extract<OwnFailure, { kind: "delivery" }>): FailureReport {
  const { reason, destinationId, attemptCount, attemptCountMax } = failure;
  const cause = reason.status === null ? reason.code : `${reason.code} ${reason.status}`;
  const gaveUp = attemptCount >= attemptCountMax;
  const end = gaveUp ? `given up after ${times(attemptCount, "attempt")}` : "refused for good";
  const event = "incident_monitor.delivery.failed";
  return {
    ...empty,
    title: `Deliveries to ${destinationId} fail: ${cause}`,
    event,
    level: "error",
    source: "incident_monitor.deliveries",
    component: destinationId,
    confidence: "high",
    detail: lines([
      ["end", end],
      ["why", reason.message],
      ["destination_id", destinationId],
      ["destination_kind", failure.destinationKind],
      ["destination_stopped", failure.destinationStopped],
      ["delivery_id", failure.deliveryId],
      ["post_id", failure.postId],
      ["draft_id", failure.draftId],
    ]),
    excerpt: [reason.message],
    evidenceRefs: [`post:${failure.postId}`],
    attributes: { correlationId: failure.deliveryId },
    occurredAtMs: failure.failedAtMs,
    identity: { reason: cause, event, component: destinationId },
  };
}

function loopReport(failure: Extract<OwnFailure, { kind: "loop" }>): FailureReport {
  const cause = failure.errorCode ? `${failure.errorName} ${failure.errorCode}` : failure.errorName;
  const event = "incident_monitor.worker.failed";
  return {
    ...empty,
    title: `The worker ${failure.loop} keeps failing: ${cause}`,
    event,
    level: "error",
    source: "incident_monitor.workers",
    component: failure.loop,
    confidence: "high",
    detail: lines([
      ["worker", failure.loop],
      ["error", cause],
      ["failures_in_a_row", String(failure.failureCount)],
    ]),
    occurredAtMs: failure.failedAtMs,
    identity: { reason: cause, event, component: failure.loop },
  };
}

const empty = { excerpt: [], evidenceRefs: [], externalCorrelationIds: [], attributes: {} };

const times = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

const lines = (facts: ReadonlyArray<[string, string | null]>) =>
  facts.flatMap(([label, value]) => (value ? [`${label}: ${value}`] : [])).join("\n");
