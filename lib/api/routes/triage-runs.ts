import {
  cancelTriageRunSchema,
  changedTriageRunSchema,
  claimedTriageRunSchema,
  claimTriageRunSchema,
  completeTriageRunSchema,
  heartbeatTriageRunSchema,
  submitTriageArtifactSchema,
  submittedTriageArtifactSchema,
  takeBackTriageRunSchema,
  triageHeartbeatSchema,
  triageRunDetailSchema,
} from "@/lib/contracts/triage-agent";
import { cancelTriageRun } from "@/lib/pipeline/triage/cancel-triage-run";
import { claimTriageRun } from "@/lib/pipeline/triage/claim-triage-run";
import { completeTriageRun } from "@/lib/pipeline/triage/complete-triage-run";
import { getTriageRun } from "@/lib/pipeline/triage/get-triage-run";
import { heartbeatTriageRun } from "@/lib/pipeline/triage/heartbeat-triage-run";
import { submitTriageArtifact } from "@/lib/pipeline/triage/submit-triage-artifact";
import { takeBackTriageRun } from "@/lib/pipeline/triage/take-back-triage-run";
import {
  changedTriageRunToWire,
  claimedTriageRunToWire,
  submitArtifactFromWire,
  triageArtifactToWire,
  triageRunDetailToWire,
} from "@/lib/wire/triage-agent";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const one = "/incident-monitor/triage-runs/{run_id}";
const auth = { kind: "actor", permission: "triage" } as const;
const missing: RouteErrors = { triage_run_not_found: [404, "INCIDENT_MONITOR_TRIAGE_RUN_NOT_FOUND"] };
const claimed: RouteErrors = {
  ...missing,
  run_ended: [409, "INCIDENT_MONITOR_TRIAGE_RUN_ENDED"],
  run_claimed: [409, "INCIDENT_MONITOR_TRIAGE_RUN_CLAIMED"],
  claim_lost: [409, "INCIDENT_MONITOR_TRIAGE_CLAIM_LOST"],
};
/** Two heartbeats may be lost before a claim is. */
const leaseMsDefault = 120_000;

export const triageRunRoutes = [
  route({
    method: "get",
    path: one,
    summary: "A run of triage with everything it left and the edits of its draft",
    auth: { kind: "actor", permission: "read" },
    response: triageRunDetailSchema,
    errors: missing,
    run: async ({ ctx, params }) => ({
      body: triageRunDetailToWire(await getTriageRun(ctx, { runId: params.run_id ?? "" })),
    }),
  }),
  route({
    method: "post",
    path: `${one}/cancel`,
    summary: "End a run at once, whoever is at it; what it found stays",
    auth,
    body: cancelTriageRunSchema,
    response: changedTriageRunSchema,
    errors: claimed,
    run: async ({ ctx, params, body }) => ({
      body: changedTriageRunToWire(
        await cancelTriageRun(ctx, { runId: params.run_id ?? "", reason: body.reason }),
      ),
    }),
  }),
  route({
    method: "post",
    path: `${one}/claim`,
    summary:
      "An external agent takes a run, also from a worker; without heartbeats it goes back to the queue",
    auth,
    body: claimTriageRunSchema,
    response: claimedTriageRunSchema,
    errors: claimed,
    run: async ({ ctx, params, body }) => {
      const leaseMs = body.lease_ms ?? leaseMsDefault;
      return {
        body: claimedTriageRunToWire(await claimTriageRun(ctx, { runId: params.run_id ?? "", leaseMs })),
      };
    },
  }),
  route({
    method: "post",
    path: `${one}/take-back`,
    summary: "Take a run from the external agent that has it, or that it waits for; a worker goes on",
    auth,
    body: takeBackTriageRunSchema,
    response: changedTriageRunSchema,
    errors: { ...missing, run_not_with_agent: [409, "INCIDENT_MONITOR_TRIAGE_RUN_NOT_WITH_AGENT"] },
    run: async ({ ctx, params }) => ({
      body: changedTriageRunToWire(await takeBackTriageRun(ctx, { runId: params.run_id ?? "" })),
    }),
  }),
  route({
    method: "post",
    path: `${one}/heartbeat`,
    summary: "The agent is still at it: its lease counts from now",
    auth,
    body: heartbeatTriageRunSchema,
    response: triageHeartbeatSchema,
    errors: claimed,
    run: async ({ ctx, params, body }) => {
      const { run, draft } = await heartbeatTriageRun(ctx, {
        ...{ runId: params.run_id ?? "", claimId: body.claim_id },
        leaseMs: body.lease_ms ?? leaseMsDefault,
      });
      const { ok, lease_until_ms, run: wire } = claimedTriageRunToWire({ run, draft });
      return { body: { ok, lease_until_ms, run: wire } };
    },
  }),
  route({
    method: "post",
    path: `${one}/artifacts`,
    summary: "Hand in what the agent found in one phase; redacted, and kept as a model's words",
    auth,
    body: submitTriageArtifactSchema,
    redacts: "verb",
    response: submittedTriageArtifactSchema,
    errors: claimed,
    run: async ({ ctx, params, body }) => {
      const submission = submitArtifactFromWire(body);
      const { run, draft, artifact } = await submitTriageArtifact(ctx, {
        runId: params.run_id ?? "",
        ...submission,
      });
      const { id, ts_ms, path, artifact_type, step_id } = triageArtifactToWire(artifact);
      const ref = { id, ts_ms, path, artifact_type, ...(step_id && { step_id }) };
      return { body: { ok: true, run: changedTriageRunToWire({ run, draft }).run, artifact: ref } };
    },
  }),
  route({
    method: "post",
    path: `${one}/complete`,
    summary: "The agent is done: the run is judged as any other, or goes back to the queue",
    auth,
    body: completeTriageRunSchema,
    response: changedTriageRunSchema,
    errors: { ...claimed, triage_phases_missing: [409, "INCIDENT_MONITOR_TRIAGE_PHASES_MISSING"] },
    run: async ({ ctx, params, body }) => ({
      body: changedTriageRunToWire(
        await completeTriageRun(ctx, {
          ...{ runId: params.run_id ?? "", claimId: body.claim_id },
          outcome: body.outcome ?? "completed",
        }),
      ),
    }),
  }),
];
