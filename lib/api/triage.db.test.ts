import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimDueTriageRuns } from "@/lib/db/triage-claim-store";
import { artifactTypes } from "@/lib/domain/triage-run-facts";
import { runTriage } from "@/lib/pipeline/triage/run-triage";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { actors, testContext } from "@/lib/testing/context";
import { foundArtifacts, reportOnlyArtifacts } from "@/lib/testing/triage-artifacts";
import { scriptedWork } from "@/lib/testing/triage-run-ground";

/** Triage over HTTP: the contract's keys, statuses and codes (4.6, 4.9-4.11), and the calls of an external agent. */
let api: TestApi;
const im = (path: string) => `/incident-monitor${path}`;
const post = (path: string, body: unknown = {}, token?: string) =>
  api.call("POST", im(path), { body, token });
const get = (path: string) => api.call("GET", im(path));

let made = 0;
async function reported(fields: Record<string, unknown> = {}) {
  made += 1;
  const report = { title: "T", detail: "x", event: "e", fingerprint: `failure-${made}`, ...fields };
  const { draft, incident_id } = (await post("/report", { report })).body;
  return { draftId: draft.draft_id as string, incidentId: incident_id as string };
}

/** What a worker does, with what it finds given. */
async function work(found = foundArtifacts()) {
  const claim = { worker: "w", limit: 50, leaseMs: 45_000, nowMs: Date.now(), heldProjects: [] };
  for (const run of await claimDueTriageRuns(api.db, claim)) {
    await runTriage(testContext(api.db, actors.system("triage"), { nowMs: Date.now() }), {
      ...{ run, signal: new AbortController().signal, now: Date.now, work: scriptedWork({}, found) },
    });
  }
}

async function triaged(found?: ReturnType<typeof foundArtifacts>) {
  const { draftId, incidentId } = await reported();
  const { run } = (await post(`/drafts/${draftId}/triage-run`)).body;
  await work(found);
  return { draftId, incidentId, runId: run.run_id as string };
}

const results = [
  ...["duplicate_matches", "duplicate_matches_artifact", "duplicate_summary", "issue_draft"],
  ...["issue_draft_artifact", "triage_summary", "triage_summary_artifact"],
];
const keysOf = (body: object) => Object.keys(body).sort();

beforeAll(async () => {
  const stopped = new AbortController();
  stopped.abort();
  // No worker is waited for.
  api = await createTestApi({ stopping: stopped.signal });
  await api.call("PATCH", "/config/incident-monitor", {
    body: {
      incident_monitor: {
        destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }],
        default_destination_ids: ["local"],
      },
    },
  });
});
afterAll(() => api.close());

describe("triage-run", () => {
  it("answers the contract's keys, and the same run while it is live", async () => {
    const { draftId } = await reported();
    const first = await api.call("POST", im(`/drafts/${draftId}/triage-run`), { raw: "" });
    expect([first.status, keysOf(first.body)]).toEqual([
      200,
      [...results, "deduped", "draft", "ok", "run"].sort(),
    ]);
    expect(first.body).toMatchObject({
      ...{ ok: true, deduped: false, draft: { status: "triage_queued", facets: { triage: "queued" } } },
      run: { status: "queued", state: "queued", run_type: "incident_monitor_triage", draft_id: draftId },
    });
    expect(first.body.draft.triage_run_id).toBe(first.body.run.run_id);
    expect(first.body.run.steps.map((each: { step_id: string }) => each.step_id)).toEqual([
      ...["inspect_failure_report", "research_likely_root_cause", "validate_failure_scope"],
      "propose_fix_and_verification",
    ]);
    const again = await post(`/drafts/${draftId}/triage-run`);
    expect([again.body.deduped, again.body.run.run_id]).toEqual([true, first.body.run.run_id]);
  });

  it("ended, the next call makes another run and the draft is queued again", async () => {
    const { draftId, runId } = await triaged();
    const again = await post(`/drafts/${draftId}/triage-run`);
    expect([again.body.deduped, again.body.run.run_id === runId]).toEqual([false, false]);
    expect(again.body.draft.status).toBe("triage_queued");
  });

  it("of a draft that waits for approval, also under the global flag: 200, and it waits on (D-04)", async () => {
    const flag = (value: boolean) =>
      api.call("PATCH", "/config/incident-monitor", {
        body: { incident_monitor: { require_approval_for_new_issues: value } },
      });
    await flag(true);
    const { draftId } = await reported();
    const answer = await post(`/drafts/${draftId}/triage-run`);
    await flag(false);
    expect([answer.status, answer.body.draft.status, answer.body.draft.facets.triage]).toEqual([
      ...[200, "approval_required", "queued"],
    ]);
    expect((await post(`/drafts/${draftId}/approve`)).status).toBe(200);
  });

  it("unknown is 404, denied is 409, both in the contract's code with draft_id and detail", async () => {
    const { draftId } = await reported({ risk_level: "critical" });
    await post(`/drafts/${draftId}/deny`);
    for (const [id, status] of [
      ["nope", 404],
      [draftId, 409],
    ] as const) {
      const answer = await post(`/drafts/${id}/triage-run`);
      expect([answer.status, answer.body]).toMatchObject([
        status,
        { code: "INCIDENT_MONITOR_TRIAGE_RUN_CREATE_FAILED", draft_id: id, detail: expect.any(String) },
      ]);
    }
  });

  it("asks who is calling first, then what they may", async () => {
    const { draftId } = await reported();
    const path = im(`/drafts/${draftId}/triage-run`);
    expect((await api.call("POST", path, { token: null })).status).toBe(401);
    for (const token of [api.tokens.agent, api.tokens.service]) {
      expect((await api.call("POST", path, { token })).status).toBe(200);
    }
  });

  it("no read recovers, publishes or writes anything (D-16, W-50)", async () => {
    const { draftId, runId } = await triaged();
    await post(`/drafts/${draftId}/triage-run`);
    await api.db.prisma.triageRun.updateMany({
      where: { draftId, status: "queued" },
      data: {
        status: "running",
        deadlineAt: new Date(1),
        leaseUntil: new Date(1),
        claimId: "dead",
        claimKind: "worker",
        claimedBy: "w",
        claimedAt: new Date(1),
        heartbeatAt: new Date(1),
      },
    });
    const rows = async () =>
      JSON.stringify([
        await api.db.prisma.triageRun.findMany(),
        await api.db.prisma.draft.findMany(),
        await api.db.prisma.delivery.count(),
      ]);
    const before = await rows();
    for (const path of [
      "/status",
      "/debug",
      `/drafts/${draftId}`,
      "/drafts",
      "/incidents",
      "/overview",
      `/triage-runs/${runId}`,
    ]) {
      expect((await get(path)).status).toBe(200);
    }
    await post("/status/recompute");
    expect(await rows()).toBe(before);
  });
});

describe("replay", () => {
  it("answers incident and run; a live run goes on", async () => {
    const { incidentId, draftId } = await reported();
    const first = await post(`/incidents/${incidentId}/replay`);
    expect([first.status, keysOf(first.body)]).toEqual([
      ...[200, [...results, "deduped", "draft", "incident", "ok", "run"].sort()],
    ]);
    expect(first.body.incident).toMatchObject({ incident_id: incidentId, draft_id: draftId });
    const again = await api.call("POST", im(`/incidents/${incidentId}/replay`), { raw: "" });
    expect([again.body.deduped, again.body.run.run_id]).toEqual([true, first.body.run.run_id]);
  });

  it("refuses in the contract's words", async () => {
    const denied = await reported({ risk_level: "critical" });
    await post(`/drafts/${denied.draftId}/deny`);
    const gone = await reported();
    await api.call("DELETE", im(`/drafts/${gone.draftId}`));
    const refusals = [
      [denied.incidentId, 400, "INCIDENT_REPLAY_FAILED"],
      [gone.incidentId, 409, "INCIDENT_NO_DRAFT"],
      ["nope", 404, "INCIDENT_NOT_FOUND"],
    ] as const;
    for (const [id, status, code] of refusals) {
      const answer = await post(`/incidents/${id}/replay`);
      expect([answer.status, answer.body]).toMatchObject([
        ...[status, { code: `INCIDENT_MONITOR_${code}`, incident_id: id }],
      ]);
    }
  });
});

describe("triage-summary", () => {
  it("answers the contract's keys; the draft is ready and says so", async () => {
    const { draftId } = await triaged();
    const answer = await post(`/drafts/${draftId}/triage-summary`, {
      notes: "Seen before",
      failure_type: "who knows",
    });
    expect([answer.status, keysOf(answer.body)]).toEqual([
      200,
      [
        ...[
          "draft",
          "duplicate_matches_artifact",
          "failure_pattern_memory",
          "issue_draft",
          "issue_draft_artifact",
          "ok",
        ],
        ...["regression_signal_memory", "triage_summary", "triage_summary_artifact"],
      ].sort(),
    ]);
    expect(answer.body.draft).toMatchObject({ status: "draft_ready", github_status: "issue_draft_ready" });
    expect(answer.body.triage_summary).toMatchObject({ notes: "Seen before", draft_id: draftId });
    expect(answer.body.failure_pattern_memory).toMatchObject({
      stored: true,
      partition: { org_id: "local" },
    });
    const second = await post(`/drafts/${draftId}/triage-summary`, { notes: "Again" });
    expect(second.body.failure_pattern_memory).toMatchObject({
      ...{ stored: false, reason: "governed_failure_pattern_exists" },
    });
  });

  it("a wrong shape is 422 and names the field; unknown words and nulls are taken", async () => {
    const { draftId } = await triaged();
    const wrong: Array<[Record<string, unknown>, string]> = [
      [{ logs: "one line" }, "logs"],
      [{ steps_to_reproduce: [1] }, "steps_to_reproduce[0]"],
      [{ coder_ready: "yes" }, "coder_ready"],
      [{ research_sources: {} }, "research_sources"],
    ];
    for (const [body, field] of wrong) {
      const answer = await post(`/drafts/${draftId}/triage-summary`, body);
      expect([answer.status, answer.body.field]).toEqual([422, field]);
    }
    const taken = await post(`/drafts/${draftId}/triage-summary`, {
      risk_level: null,
      fix_points: [{ any: 1 }],
      more: 1,
    });
    expect(taken.status).toBe(200);
  });

  it("case 121: asked to be coder-ready with a tool missing it is not, the gate says why, and nothing is handed off", async () => {
    const { draftId } = await triaged();
    const answer = await post(`/drafts/${draftId}/triage-summary`, {
      ...{ coder_ready: true, missing_tool_scopes: ["repo:write"] },
    });
    const { coder_ready, coder_ready_gate } = answer.body.triage_summary;
    expect([coder_ready, coder_ready_gate.requested_coder_ready]).toEqual([false, true]);
    expect(coder_ready_gate.missing).toContain("tool_scope_available");
    expect(answer.body.issue_draft.coder_handoff).toBeNull();
    expect(answer.body.issue_draft.rendered_body).not.toContain("tandem:coder_handoff");
  });
});

describe("issue-draft", () => {
  it("answers the contract's keys; triage text is what is rendered, with the markers last", async () => {
    const { draftId, runId } = await triaged();
    const answer = await api.call("POST", im(`/drafts/${draftId}/issue-draft`), { raw: "" });
    expect([answer.status, keysOf(answer.body)]).toEqual([200, [...results, "draft", "ok"].sort()]);
    const { rendered_body, triage_run_id } = answer.body.issue_draft;
    expect(triage_run_id).toBe(runId);
    expect(rendered_body).toMatch(/^## What happened\n/);
    expect(rendered_body).toContain(`<!-- tandem:triage_run_id:v1:${runId} -->`);
    expect(answer.body.issue_draft_artifact.artifact_type).toBe("incident_monitor_issue_draft");
  });

  it("blocked, without a run, and of an unknown draft: 400 in one code, with draft and gate", async () => {
    const blocked = await triaged(reportOnlyArtifacts());
    const without = await reported();
    for (const [id, gate] of [
      [blocked.draftId, true],
      [without.draftId, false],
      ["nope", false],
    ] as const) {
      const answer = await post(`/drafts/${id}/issue-draft`);
      expect([answer.status, answer.body.code, answer.body.draft_id]).toEqual([
        ...[400, "INCIDENT_MONITOR_ISSUE_DRAFT_FAILED", id],
      ]);
      expect(answer.body.proposal_quality_gate === null).toBe(!gate);
      expect(answer.body.draft?.draft_id ?? "nope").toBe(id);
    }
    const { draft } = (await get(`/drafts/${blocked.draftId}`)).body;
    expect(draft).toMatchObject({ status: "draft_ready", github_status: "proposal_blocked" });
    expect(draft.last_post_error).toContain("Not enough to propose an issue");
  });
});

it("case 126: a failed publish and recheck still answer draft and triage, each in its own code", async () => {
  const { draftId } = await triaged();
  const publish = await post(`/drafts/${draftId}/publish`, { destination_ids: ["nowhere"] });
  await api.call("PATCH", "/config/incident-monitor", {
    body: { incident_monitor: { default_destination_ids: [] } },
  });
  const recheck = await post(`/drafts/${draftId}/recheck-match`);
  await api.call("PATCH", "/config/incident-monitor", {
    body: { incident_monitor: { default_destination_ids: ["local"] } },
  });
  for (const [answer, code] of [
    [publish, "DRAFT_PUBLISH_FAILED"],
    [recheck, "DRAFT_RECHECK_FAILED"],
  ] as const) {
    expect([answer.status, answer.body.code]).toEqual([400, `INCIDENT_MONITOR_${code}`]);
    expect(answer.body).toMatchObject({ draft: { draft_id: draftId }, issue_draft: { draft_id: draftId } });
    for (const key of results) expect(answer.body).toHaveProperty(key);
  }
});

describe("an external agent", () => {
  const agent = () => api.tokens.agent;

  it("takes a run, reports, hands in, completes; what it said is shown as its own", async () => {
    const { draftId } = await reported();
    const { run } = (await post(`/drafts/${draftId}/triage-run`, { executor: "agent" }, agent())).body;
    const path = `/triage-runs/${run.run_id}`;
    const claimed = await post(`${path}/claim`, { lease_ms: 60_000 }, agent());
    expect([claimed.status, claimed.body]).toMatchObject([200, { ok: true, run: { status: "running" } }]);
    const { claim_id } = claimed.body;
    const beat = await post(`${path}/heartbeat`, { claim_id }, agent());
    expect(beat.body.lease_until_ms).toBeGreaterThan(claimed.body.lease_until_ms);
    const finding = { confidence: "high", certainty: "fact", statement: "It breaks at settle.py:41" };
    const artifacts: Record<string, object> = {
      inspect: { looked_at: [{ what: "shop/settle.py", outcome: "read" }], findings: [finding] },
      research: { findings: [finding], similar: [] },
      validate: { confidence: "medium", claims: [{ ...finding, verdict: "holds" }] },
      propose: {
        ...{
          likely_cause: "A key is missing",
          recommended_fix: "Default it",
          fix_points: [{ path: "shop/settle.py", why: "there" }],
        },
        ...{ acceptance_criteria: ["Old rows settle"], verification_steps: ["Settle one"] },
      },
    };
    for (const [phase, artifact] of Object.entries(artifacts)) {
      const answer = await post(`${path}/artifacts`, { claim_id, phase, artifact }, agent());
      expect([answer.status, answer.body.ok]).toEqual([200, true]);
    }
    const done = await post(`${path}/complete`, { claim_id }, agent());
    expect(done.status).toBe(200);
    const shown = (await get(path)).body;
    expect(shown).toMatchObject({ summary_by: "agent", claim: null, draft: { draft_id: draftId } });
    const kinds = shown.artifacts.map((each: { artifact_type: string }) => each.artifact_type);
    expect(kinds.every((kind: never) => artifactTypes.includes(kind))).toBe(true);
    const inspection = shown.artifacts.find((each: { made_by: string }) => each.made_by === "agent");
    expect(inspection.content).toMatchObject({ findings: [{ certainty: "model" }], log_neighbours: [] });
    expect(JSON.stringify(shown)).not.toContain(claim_id);
  });

  it("lost, ended, incomplete and unknown: each its own code", async () => {
    const { draftId } = await reported();
    const { run } = (await post(`/drafts/${draftId}/triage-run`, { executor: "agent" })).body;
    const path = `/triage-runs/${run.run_id}`;
    const { claim_id } = (await post(`${path}/claim`, {}, agent())).body;
    const refusals: Array<[string, object, number, string]> = [
      [`${path}/claim`, {}, 409, "TRIAGE_RUN_CLAIMED"],
      [`${path}/heartbeat`, { claim_id: "other" }, 409, "TRIAGE_CLAIM_LOST"],
      [`${path}/complete`, { claim_id }, 409, "TRIAGE_PHASES_MISSING"],
      ["/triage-runs/nope/claim", {}, 404, "TRIAGE_RUN_NOT_FOUND"],
    ];
    for (const [at, body, status, code] of refusals) {
      const answer = await post(at, body, agent());
      expect([at, answer.status, answer.body.code]).toEqual([at, status, `INCIDENT_MONITOR_${code}`]);
    }
    expect((await post(`${path}/cancel`, { reason: "Known" })).body.run).toMatchObject({
      state: "cancelled",
    });
    const after = await post(`${path}/claim`, {}, agent());
    expect([after.status, after.body.code]).toEqual([409, "INCIDENT_MONITOR_TRIAGE_RUN_ENDED"]);
    expect((await post(`${path}/cancel`)).body.code).toBe("INCIDENT_MONITOR_TRIAGE_RUN_ENDED");
  });

  it.each<[string, unknown, string]>([
    ["claim", { lease_ms: 1 }, "lease_ms"],
    ["heartbeat", {}, "claim_id"],
    ["artifacts", { claim_id: "c", phase: "guess", artifact: {} }, "phase"],
    [
      "artifacts",
      { claim_id: "c", phase: "inspect", artifact: { findings: [{ statement: "" }] } },
      "artifact.findings[0].confidence",
    ],
    ["complete", { claim_id: "c", outcome: "won" }, "outcome"],
  ])("%s of the wrong shape is 422 and names the field: %#", async (call, body, field) => {
    const answer = await post(`/triage-runs/any/${call}`, body, agent());
    expect([answer.status, answer.body.field]).toEqual([422, field]);
  });
});
