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
  updateUser: { version: 1, name: "Ada Lovelace", role: "approver" },
  inviteUser: { email: "ada@example.com", project_roles: { shop: "approver" } },
  findInvitation: { token: "tim_invite_as_the_link_ends" },
  acceptInvitation: {
    token: "tim_invite_as_the_link_ends",
    name: "Ada Lovelace",
    password: "a sentence only she would say",
  },
  findPasswordReset: { token: "tim_reset_as_the_link_ends" },
  usePasswordReset: { token: "tim_reset_as_the_link_ends", password: "a sentence only she would say" },
  createToken: { name: "Nightly export", kind: "service", scopes: ["read"], expires_at_ms: 4102444800000 },
  stepUp: { password: "correct horse battery" },
  createIntakeKey: { project_id: "shop", name: "nightly build" },
  previewRoute: { report: failure },
  previewIssueTemplate: { project_id: "shop", template: "{{what_happened}}\n\n## Logs\n\n{{logs}}" },
  backtestRoutes: { days: 7, config: { default_destination_ids: ["local-telemetry"] } },
  mergeIncidents: { incident_ids: ["failure-incident-7d1e"], reason: "The same pool, another wrapper" },
  splitIncident: { attribute: "environment", value: "staging", reason: "Staging has its own ledger" },
  snoozeIncident: { until_ms: 1769904000000, further_count: 100, next_release: true },
  muteIncident: { until_ms: 1769904000000, reason: "The vendor knows; their fix is due in February" },
  resolveIncident: { release: "2.4.1" },
  computeGovernanceMetrics: {
    window_ms: 604800000,
    trend_windows: 8,
    thresholds: { governance_confidence_min: 0.9 },
  },
  generateDeploymentCards: {
    defaults: { accountable_team: "platform" },
    metadata: {
      "monitored_source:shop:project": { business_owner: "Ada Lovelace", review_cadence_days: 90 },
    },
  },
  attestReadiness: { note: "Nightly to the vault; restored on 3 March", expires_in_days: 90 },
  putCardMetadata: {
    intended_purpose: "Takes orders and settles them at night",
    business_owner: "Ada Lovelace",
    accountable_team: "payments",
    autonomy_level: "acts after approval",
    data_classification: "customer data",
    approval_protocol: "one approver of payments",
    escalation_protocol: "on call of payments, then the owner",
    review_cadence_days: 90,
  },
  runReassessment: { scope_key: "local/local/deployment" },
  applyGrouping: {
    project_id: "shop",
    match: { type: "SettlementError" },
    effect: { kind: "variable", pattern: "batch \\w+" },
    reason: "A batch is no failure of its own",
  },
  previewGrouping: { project_id: "shop", effect: { kind: "ignore", parts: ["component"] } },
  draftPostureFinding: {
    fingerprint: "sha256:5f1c0a0c3c1b0f4d9f2f5d8f6b7a3e19c4d2b1a0e9f8d7c6b5a4938271605f4e",
  },
  generateAssessmentReport: { source_kind: "tandem_monitor", route_destination_ids: ["local"] },
  runAssessmentProbes: { probes: ["webhook_url_policy"] },
  runScenarioPack: { scenario_ids: ["cross_tenant_forged_binding_blocked"] },
  putScenarioPack: {
    pack: {
      version: "1",
      description: "What our own agents must not get away with",
      scenarios: [
        {
          scenario_id: "refund-above-limit",
          category: "excessive_agency",
          input: { event_type: "agent.refund", risk_level: "high", requested_destination_ids: ["payments"] },
          expect: { blocked: true, reason_contains: "not configured" },
        },
      ],
    },
  },
  createSilence: {
    matcher: { match_components: ["settlement"], match_title: "nightly *" },
    reason: "The bank is moving; see CHG-204",
    expires_at_ms: 1769904000000,
  },
  updateSilence: { version: 1, reason: "The move takes a day longer" },
  approveDraft: { reason: "Seen, and not known yet" },
  breakGlass: { reason: "Payments are down and nobody else is awake" },
  reviewBreakGlass: { verdict: "justified", note: "The outage was real and nobody else was on call" },
  withdrawApproval: { reason: "The payload names the wrong customer" },
  denyDraft: { reason: "Noise: the job was stopped by hand" },
  publishDraft: { destination_ids: ["local-telemetry"] },
  undoPublish: { post_ids: ["failure-post-0d6b2f3c1e8a47b59c4d7a6f5e3b2c19"] },
  claimDraft: { take_over: false },
  reviewDrafts: { action: "deny", draft_ids: ["failure-draft-4b09c14715bf47b1a02dcd518e67f732"] },
  decideDrafts: {
    decision: "deny",
    reason: "Noise: the job was stopped by hand",
    items: [{ draft_id: "failure-draft-4b09c14715bf47b1a02dcd518e67f732" }],
  },
  triageDrafts: { draft_ids: ["failure-draft-4b09c14715bf47b1a02dcd518e67f732"] },
  retryDrafts: { draft_ids: ["failure-draft-4b09c14715bf47b1a02dcd518e67f732"] },
  createSavedView: { name: "Shop, worst first", query: { project: "shop", state: "open", sort: "risk" } },
  updateSavedView: { name: "Shop, worst first", default: true },
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
  503: {
    error: "The database cannot be reached; try again, with the same Idempotency-Key if you sent one",
    code: "DATABASE_UNAVAILABLE",
    retryable: true,
    request_id: "req-7c9f1d4ae2b05c8fa3d7b5f8e1a4c9b2",
  },
};
