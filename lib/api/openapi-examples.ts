/*
 * Examples of the document: real requests, and what the API answered to them. openapi.db.test.ts sends each request and
 * holds each answer against its schema. No credential in them opens anything.
 */

const failure = {
  title: "Nightly settlement failed",
  detail: "exit code 1 after 41 s",
  source: "cron",
  event: "settlement.failed",
  level: "error",
  component: "settlement",
  risk_level: "high",
  excerpt: ["Error: connect ETIMEDOUT 10.4.0.12:5432"],
  run_id: "build-1842",
};

const webhook = {
  name: "Pager",
  kind: "webhook",
  webhook_url: "https://pager.example.com/hooks/incidents",
  webhook_secret_ref: "env:TANDEM_PAGER_SECRET",
};

/** By operation. */
export const requestExamples: Readonly<Record<string, unknown>> = {
  report: { report: failure },
  reportWithKey: { project_id: "shop", report: failure },
  reportBatch: [
    { report: failure },
    { title: "Search index is an hour behind", detail: "lag grows", event: "search.lag" },
  ],
  reportEvents: {
    events: [
      {
        id: "evt-1842",
        type: "automation_v2.run.failed",
        properties: { automation_id: "nightly", run_id: "run-1842", reason: "step settle failed" },
      },
    ],
  },
  createIntakeKey: { project_id: "shop", name: "nightly build" },
  previewRoute: { report: failure },
  backtestRoutes: { days: 7, config: { default_destination_ids: ["local-telemetry"] } },
  createSilence: {
    matcher: { match_components: ["settlement"], match_title: "nightly *" },
    reason: "The bank is moving; see CHG-204",
    expires_at_ms: 1769904000000,
  },
  updateSilence: { version: 1, reason: "The move takes a day longer" },
  approveDraft: { reason: "Seen, and not known yet" },
  denyDraft: { reason: "Noise: the job was stopped by hand" },
  publishDraft: { destination_ids: ["local-telemetry"] },
  createTriageSummary: {
    why_it_likely_happened: "The pool was closed by a reload while a settlement was running",
    recommended_fix: "Let a reload wait for what is under way",
    steps_to_reproduce: ["Start a settlement", "Reload the configuration"],
    acceptance_criteria: ["A reload during a settlement fails nothing"],
    verification_steps: ["Run the settlement test with a reload in its middle"],
  },
  claimTriageRun: { lease_ms: 120000 },
  heartbeatTriageRun: { claim_id: "claim-0b7c1f6f2f1d4a0f9d6e3c5b8a7f2e1d" },
  submitTriageArtifact: {
    claim_id: "claim-0b7c1f6f2f1d4a0f9d6e3c5b8a7f2e1d",
    phase: "propose",
    artifact: {
      likely_cause: "The pool is closed by a reload while a settlement runs",
      recommended_fix: "Let a reload wait for what is under way",
      acceptance_criteria: ["A reload during a settlement fails nothing"],
      verification_steps: ["Run the settlement test with a reload in its middle"],
    },
  },
  completeTriageRun: { claim_id: "claim-0b7c1f6f2f1d4a0f9d6e3c5b8a7f2e1d" },
  cancelTriageRun: { reason: "Known already" },
  bulkDeleteIncidents: { ids: ["failure-incident-38f2979b22f14717b441500439f1a788"], reason: "Test data" },
  bulkDeleteDrafts: { ids: ["failure-draft-4b09c14715bf47b1a02dcd518e67f732"], reason: "Test data" },
  bulkDeletePosts: { ids: ["failure-post-0d6b2f3c1e8a47b59c4d7a6f5e3b2c19"], reason: "Test data" },
  patchConfig: { incident_monitor: { default_destination_ids: ["local-telemetry"] } },
  putDestination: webhook,
};

/** By status. */
export const problemExamples: Readonly<Record<number, unknown>> = {
  401: {
    error: "A valid token or session is required",
    code: "AUTH_REQUIRED",
    retryable: false,
    request_id: "req-8a50a85a01924673ba1d82033e63223f",
  },
  403: {
    error: "This needs the permission to configure, held by: admin.",
    detail: "This needs the permission to configure, held by: admin.",
    reason: "agent_may_not",
    permission: "configure",
    roles: ["admin"],
    code: "INCIDENT_MONITOR_AGENT_MAY_NOT",
    request_id: "req-72d840f864c147e5aac59b7ecbdfb749",
  },
  404: {
    error: "There is no such draft",
    detail: "There is no such draft",
    reason: "draft_not_found",
    code: "INCIDENT_MONITOR_DRAFT_NOT_FOUND",
    request_id: "req-2f40d6824b9a46e0a98caa9e65800e3f",
  },
  413: {
    error: "The body is larger than 262144 bytes",
    code: "PAYLOAD_TOO_LARGE",
    retryable: false,
    limit_bytes: 262144,
    request_id: "req-a9b17f8cc5e440a78b378b2979fc0e42",
  },
  415: {
    error: "Send JSON with content-type: application/json",
    code: "UNSUPPORTED_MEDIA_TYPE",
    retryable: false,
    request_id: "req-f0b8ff1ba18340d38b69e2b4a3bd8b98",
  },
  422: {
    error: "report.title: Invalid input: expected string, received number",
    code: "VALIDATION_FAILED",
    field: "report.title",
    issues: [
      {
        path: "report.title",
        code: "invalid_type",
        message: "Invalid input: expected string, received number",
      },
    ],
    retryable: false,
    request_id: "req-085f097fbf46497aba1bf9d39e474f21",
  },
  429: {
    error: "This key is over its rate of 1000 reports a second",
    code: "RATE_LIMITED",
    retryable: true,
    request_id: "req-5b8e0c3fd1a94b7f92c6a4e7d0f3b8a1",
  },
  501: {
    error: "Security assessment is not available in this version yet. Nothing was changed",
    detail: "Security assessment is not available in this version yet. Nothing was changed",
    reason: "not_available",
    retryable: false,
    capability: "security",
    code: "INCIDENT_MONITOR_NOT_AVAILABLE",
    request_id: "req-d96b82154f9d452d8845c1bd68ed7e6c",
  },
  503: {
    error: "The database cannot be reached; try again, with the same Idempotency-Key if you sent one",
    code: "DATABASE_UNAVAILABLE",
    retryable: true,
    request_id: "req-7c9f1d4ae2b05c8fa3d7b5f8e1a4c9b2",
  },
};
