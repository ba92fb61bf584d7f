import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { fingerprintOf } from "./fingerprint";
import { type OwnFailure, ownFailureOriginKey, ownFailureReport } from "./own-failure";
import { judgeReport } from "./quality-gate";

type DeliveryFailure = Extract<OwnFailure, { kind: "delivery" }>;
const delivery = (fields: Partial<DeliveryFailure> = {}): DeliveryFailure => ({
  ...{ kind: "delivery", deliveryId: "d-1", draftId: "draft-1", postId: "post-1", destinationId: "pager" },
  ...{
    destinationKind: "webhook",
    attemptCount: 10,
    attemptCountMax: 10,
    destinationStopped: null,
    failedAtMs: 5,
  },
  reason: { code: "http_status", message: "The receiver answered 503.", status: 503 },
  ...fields,
});
const loop = (fields: Partial<Extract<OwnFailure, { kind: "loop" }>> = {}): OwnFailure => ({
  ...{
    kind: "loop",
    loop: "approvals",
    errorName: "Error",
    errorCode: "23514",
    failureCount: 5,
    failedAtMs: 5,
  },
  ...fields,
});
const identity = (failure: OwnFailure) =>
  fingerprintOf(
    ownFailureReport(failure),
    { projectId: null, logSourceId: null, repo: "local/unassigned" },
    sha256Hex,
  ).value;

describe("a delivery that failed for good", () => {
  it.each<[string, Partial<DeliveryFailure>, string]>([
    ["given up", {}, "end: given up after 10 attempts"],
    ["given up at once", { attemptCount: 1, attemptCountMax: 1 }, "end: given up after 1 attempt\n"],
    ["refused", { attemptCount: 1 }, "end: refused for good"],
    ["its destination stopped", { destinationStopped: "answered 410" }, "destination_stopped: answered 410"],
    ["why", {}, "why: The receiver answered 503."],
  ])("says %s", (_, fields, line) => {
    expect(ownFailureReport(delivery(fields)).detail).toContain(line);
  });

  it("is one failure per destination and reason, whichever draft it was", () => {
    const base = identity(delivery());
    expect(identity(delivery({ deliveryId: "d-2", draftId: "x", postId: "y", failedAtMs: 9 }))).toBe(base);
    expect(identity(delivery({ destinationId: "hook" }))).not.toBe(base);
    expect(identity(delivery({ reason: { code: "http_status", message: "x", status: 500 } }))).not.toBe(base);
    expect(identity(delivery({ reason: { code: "timeout", message: "x", status: null } }))).not.toBe(base);
  });

  it("is counted once however often it is swept, and again when it fails again", () => {
    expect(ownFailureOriginKey(delivery())).toBe("delivery:d-1:10");
    expect(ownFailureOriginKey(delivery({ attemptCount: 20 }))).not.toBe("delivery:d-1:10");
  });
});

it("a loop that keeps failing is one failure per loop and error", () => {
  expect(ownFailureReport(loop()).detail).toBe("worker: approvals\nerror: Error 23514\nfailures_in_a_row: 5");
  expect(identity(loop({ failureCount: 9, failedAtMs: 9 }))).toBe(identity(loop()));
  expect(identity(loop({ loop: "deliveries" }))).not.toBe(identity(loop()));
  expect(identity(loop({ errorCode: null }))).not.toBe(identity(loop()));
  expect(ownFailureOriginKey(loop())).toBeNull();
});

const triage = (fields: Partial<Extract<OwnFailure, { kind: "triage" }>> = {}): OwnFailure => ({
  ...{
    kind: "triage",
    runId: "run-1",
    draftId: "draft-1",
    status: "failed",
    phase: "research",
    failedAtMs: 5,
  },
  reason: { code: "phase_failed", message: "The phase research failed every time" },
  ...fields,
});

it("triage that was given up is one failure per phase and reason, counted once a run", () => {
  const { title, detail } = ownFailureReport(triage());
  expect(title).toBe("Triage fails in research: phase_failed");
  expect(detail).toContain("triage_run_id: run-1");
  expect(ownFailureReport(triage({ status: "timed_out", phase: null })).title).toContain("takes too long:");
  expect(identity(triage({ runId: "run-2", draftId: "x", failedAtMs: 9 }))).toBe(identity(triage()));
  expect(identity(triage({ phase: "inspect" }))).not.toBe(identity(triage()));
  expect(identity(triage({ status: "timed_out" }))).not.toBe(identity(triage()));
  expect(ownFailureOriginKey(triage())).toBe("triage:run-1");
});

it.each([delivery(), loop(), triage()])("the quality gate lets a failing $kind through", (failure) => {
  expect(judgeReport(ownFailureReport(failure), "self_monitoring", null).missing).toEqual([]);
});
