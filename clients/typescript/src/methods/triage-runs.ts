import { type CallOptions, segment, type Transport } from "../transport.js";
import type {
  ChangedTriageRun,
  ClaimedTriageRun,
  ClaimTriageRun,
  CompleteTriageRun,
  SubmitTriageArtifact,
  SubmittedTriageArtifact,
  TriageHeartbeat,
  TriageRunDetail,
} from "../types/triage.js";

const pathOf = (id: string) => `/incident-monitor/triage-runs/${segment(id, "runId")}`;

/** Runs of triage by their id, and what an external agent calls to work on one. */
export function triageRunMethods(transport: Transport) {
  const post = <T>(runId: string, step: string, body: unknown, options?: CallOptions): Promise<T> =>
    transport.json({ method: "POST", path: `${pathOf(runId)}/${step}`, body }, options);

  return {
    /** A run with everything it left and the edits of its draft. */
    getTriageRun: (runId: string, options?: CallOptions): Promise<TriageRunDetail> =>
      transport.json({ method: "GET", path: pathOf(runId) }, options),

    /** Ends it at once, whoever is at it; what it found stays. */
    cancelTriageRun: (runId: string, reason?: string, options?: CallOptions): Promise<ChangedTriageRun> =>
      post(runId, "cancel", { reason }, options),

    /** Takes a run from the external agent that has it, or that it waits for; a worker goes on. */
    takeBackTriageRun: (runId: string, options?: CallOptions): Promise<ChangedTriageRun> =>
      post(runId, "take-back", {}, options),

    /** Takes a run, also from a worker. Without heartbeats it goes back to the queue. */
    claimTriageRun: (
      runId: string,
      input: ClaimTriageRun = {},
      options?: CallOptions,
    ): Promise<ClaimedTriageRun> => post(runId, "claim", input, options),

    /** The lease counts from now. A claim that was lost is 409. */
    heartbeatTriageRun: (
      runId: string,
      input: ClaimTriageRun & { claim_id: string },
      options?: CallOptions,
    ): Promise<TriageHeartbeat> => post(runId, "heartbeat", input, options),

    /** Hands in what was found in one phase; again replaces it. */
    submitTriageArtifact: (
      runId: string,
      input: SubmitTriageArtifact,
      options?: CallOptions,
    ): Promise<SubmittedTriageArtifact> => post(runId, "artifacts", input, options),

    /** Has the run judged, or gives it back to the queue. */
    completeTriageRun: (
      runId: string,
      input: CompleteTriageRun,
      options?: CallOptions,
    ): Promise<ChangedTriageRun> => post(runId, "complete", input, options),
  };
}
