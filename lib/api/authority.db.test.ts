import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listWaitingDrafts } from "@/lib/db/authority-store";
import type { Database } from "@/lib/db/client";
import { inSnapshot } from "@/lib/db/snapshot";
import { getAuthorityGraph } from "@/lib/pipeline/governance/get-authority-graph";
import { getAuthorityInventory } from "@/lib/pipeline/governance/get-authority-inventory";
import { listAuthoritySubjects } from "@/lib/pipeline/governance/list-authority-subjects";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { actors, testContext } from "@/lib/testing/context";
import { aDelivery, aDraftRow } from "@/lib/testing/records";
import { authorityGraphToWire, authorityInventoryToWire } from "@/lib/wire/authority-inventory";

/** Everything here with this word in it is a secret, or somebody's value: no answer may hold it. */
const planted = "pl4nted";
const subjects = "/incident-monitor/security/authority-subjects";
const inventoryPath = "/incident-monitor/security/authority-inventory";

let api: TestApi;
let rawKey: string;
const inventory = async (token?: string) => (await api.call("GET", inventoryPath, { token })).body;
const put = (body: unknown, options: object = {}) =>
  api.call("PUT", subjects, { token: api.tokens.service, body, ...options });
const registrations = async () => (await api.call("GET", subjects)).body.registrations;

beforeAll(async () => {
  api = await createTestApi();
  const project = (project_id: string) => ({
    ...{
      project_id,
      name: `The ${project_id}`,
      repo: `acme/${project_id}`,
      workspace_root: `/w/${project_id}`,
    },
    data_readiness: { authorization_marker: planted, source_owner: planted },
    log_sources: [{ source_id: `${project_id}-log`, path: "a.log", enabled: false }],
  });
  const incident_monitor = {
    model_policy: { default_model: { provider_id: planted, model_id: planted } },
    destinations: [
      { destination_id: "local", name: "Local", kind: "telemetry" },
      {
        ...{
          destination_id: "hook",
          name: "Hook",
          kind: "webhook",
          webhook_url: `https://${planted}.example/x`,
        },
        ...{ webhook_secret_ref: "env:INCIDENT_MONITOR_SECRET_PL4NTED", require_approval: true },
        config: { headers: { "x-team": planted } },
      },
      { destination_id: "pay-only", name: "Of pay", kind: "webhook", webhook_url: "https://pay.example/x" },
    ],
    default_destination_ids: ["local"],
    routes: [
      { route_id: "to-hook", name: "To hook", match_project_ids: ["shop", "pay"], destination_ids: ["hook"] },
      { route_id: "of-pay", name: "Of pay", match_project_ids: ["pay"], destination_ids: ["pay-only"] },
    ],
    monitored_projects: [project("shop"), project("pay")],
  };
  await done(api.call("PATCH", "/config/incident-monitor", { body: { incident_monitor } }));
  const server = { url: `https://mcp.example.com/${planted}`, auth_ref: "INCIDENT_MONITOR_SECRET_PL4NTED" };
  await done(api.call("PUT", "/incident-monitor/mcp-servers/tickets", { body: server }));
  for (const project_id of ["shop", "pay"]) {
    const key = { project_id, name: `Key of ${project_id}` };
    rawKey = (await done(api.call("POST", "/incident-monitor/intake/keys", { body: key }))).raw_key;
    await records(project_id);
  }
  await api.db.prisma.user.create({
    data: {
      ...{
        id: "user-ada",
        email: `${planted}@example.test`,
        name: "Ada",
        passwordHash: planted,
        role: "admin",
      },
      ...{ totpSecret: planted, totpEnabledAt: new Date() },
    },
  });
});
afterAll(() => api.close());

async function done(call: ReturnType<TestApi["call"]>) {
  const answer = await call;
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return answer.body;
}

/** A draft that waits for approval, one that was delivered, and a refusal on record. */
async function records(projectId: string) {
  await aDraftRow(api.db, {
    id: `draft-waits-${projectId}`,
    projectId,
    approval: "required",
    title: planted,
  });
  const sent = await aDraftRow(api.db, { id: `draft-sent-${projectId}`, projectId });
  const delivery = await aDelivery(api.db, {
    ...{ draftId: sent.id, state: "published", body: `{"x":"${planted}"}` },
    targetRef: `telemetry:${planted}`,
  });
  await api.db.prisma.receipt.create({
    data: {
      ...{ id: delivery.postId, deliveryId: delivery.id, status: "posted", receipt: { note: planted } },
      ...{ externalUrl: `https://${planted}.example`, createdAt: new Date() },
    },
  });
  await api.db.prisma.auditEntry.create({
    data: {
      ...{ id: `audit-${projectId}`, at: new Date(), actor: { kind: "user", id: "u", name: planted } },
      ...{ actorKey: "user:u", action: "incident_monitor.approval.refused", outcome: "denied" },
      ...{ subjectKind: "draft", subjectId: `draft-waits-${projectId}`, projectId },
      detail: { reason: "author_may_not_approve", note: planted },
    },
  });
}

const engine = {
  runtime_id: "engine",
  name: "Engine",
  automation_specs: [
    {
      ...{ automation_id: "nightly", name: "Nightly", status: "active", project_id: "shop" },
      description: "Signs in with Bearer pl4ntedpl4ntedpl4ntedpl4nted and reports.",
      agents: [
        {
          agent_id: "writer",
          tool_policy: { allowlist: ["issues.create"], denylist: ["shell"] },
          mcp_policy: { allowed_servers: ["tickets"], allowed_tools: ["create"] },
        },
      ],
      nodes: [
        {
          node_id: "file",
          agent_id: "writer",
          gate: { required: true },
          metadata_keys: ["api_key", "owner"],
        },
      ],
    },
    { automation_id: "pay-run", name: "Pay run", project_id: "pay" },
  ],
  workflows: [
    {
      workflow_id: "w",
      name: "W",
      steps: [{ step_id: "s", action: "post", parameter_keys: ["token", "url"] }],
    },
  ],
};

describe("the inventory", () => {
  it("case 131: shows bindings, lists and presence, and nothing that was planted", async () => {
    await done(put(engine));
    const answers = [
      await inventory(),
      (await api.call("GET", "/incident-monitor/security/authority-graph")).body,
      (await api.call("GET", subjects)).body,
    ];
    const all = JSON.stringify(answers);
    const hashes = await api.db.prisma.intakeKey.findMany({ select: { keyHash: true } });
    const tokens = await api.db.prisma.apiToken.findMany({ select: { tokenHash: true } });
    const secrets = [
      ...[planted, rawKey, ...Object.values(api.tokens)],
      ...hashes.map((row) => row.keyHash),
      ...tokens.map((row) => row.tokenHash),
    ];
    for (const secret of secrets) expect(all.toLowerCase()).not.toContain(secret.toLowerCase());
    const { inventory: sections, counts, sensitive_values } = answers[0];
    expect(sections.destinations[1]).toMatchObject({
      ...{ webhook_url_present: true, webhook_secret_ref_present: true, custom_config_keys: ["headers"] },
    });
    expect(sections.scoped_intake_keys[0]).toMatchObject({ key_hash_present: true });
    expect(sections.monitored_sources[0].data_readiness.authorization_marker_present).toBe(true);
    expect(sections.incident_monitor.model_policy_present).toBe(true);
    expect(sections.users[0]).toMatchObject({
      name: "Ada",
      password_present: true,
      second_factor_present: true,
    });
    expect(sections.automation_specs[0]).toMatchObject({
      ...{ automation_id: "nightly", runtime_id: "engine", stale: false },
      agents: [
        {
          tool_policy: { allowlist: ["issues.create"] },
          mcp_policy: { effective_allowed_servers: ["tickets"] },
        },
      ],
      nodes: [{ gate: { required: true }, metadata_keys: ["api_key", "owner"] }],
    });
    expect(sections.workflows[0].steps[0]).toEqual({
      ...{ step_id: "s", action: "post", has_parameters: true, parameter_keys: ["token", "url"] },
    });
    expect(sections.external_publish_surfaces.recent_actions[0]).toMatchObject({
      ...{ status: "posted", receipt_present: true, idempotency_key_present: true, metadata_keys: ["note"] },
    });
    expect(sections.policy_decisions).toContainEqual(
      expect.objectContaining({ decision: "deny", tool: "approve", reason_code: "author_may_not_approve" }),
    );
    expect(counts).toMatchObject({ pending_approvals: 2, external_actions: 2, workflows: 1, mcp_servers: 1 });
    expect(sensitive_values.omitted_fields).toContain("key_hash");
  });

  it("a reader of one project finds nothing of another in it, in the graph or in what is registered", async () => {
    const ctx = testContext(api.db, actors.projectMember({ shop: "approver" }), { nowMs: Date.now() });
    const seen = authorityInventoryToWire(await getAuthorityInventory(ctx));
    const graph = authorityGraphToWire(await getAuthorityGraph(ctx));
    const registered = await listAuthoritySubjects(ctx);
    // Whole ids and names of the other project; "parameters" is no project.
    expect(JSON.stringify([seen, graph, registered])).not.toMatch(/\bpay\b|pay-/i);
    expect(seen.counts).toMatchObject({
      ...{ monitored_sources: 2, scoped_intake_keys: 1, routes: 1, destinations: 2, pending_approvals: 1 },
      ...{ policy_decisions: 1, external_actions: 1, automation_specs: 1, users: 0, tokens: 0 },
    });
    expect(seen.sensitive_values.withheld_sections).toEqual(["users", "tokens"]);
    expect(graph.paths.map((path) => path.where_id)).toContain("destination:hook");
  });

  it("case 133: reviews of broken glass are a reviewer's, else one's own; programs see none", async () => {
    const approval = (id: string) => ({
      ...{ id, draftId: "draft-sent-shop", state: "voided" as const, actor: {}, actorKey: id, digest: "" },
      ...{ basis: {}, policyVersion: "", createdAt: new Date() },
    });
    for (const userId of ["user-approver", "user-other"]) {
      const approvalId = `approval-${userId}`;
      await api.db.prisma.approval.create({ data: approval(approvalId) });
      await api.db.prisma.breakGlassUse.create({
        data: {
          ...{ id: `glass-${userId}`, approvalId, draftId: "draft-sent-shop", projectId: "shop" },
          ...{ actor: { kind: "user", id: userId, name: "N" }, actorKey: `user:${userId}`, reason: planted },
          ...{ usedAt: new Date(), dueAt: new Date(0) },
        },
      });
    }
    const seenBy = async (actor: Parameters<typeof testContext>[1]) => {
      const { inventory: sections } = await getAuthorityInventory(testContext(api.db, actor));
      return sections.governanceApprovalRequests.map((row) => [row.approvalId, row.status]);
    };
    expect(await seenBy(actors.auditor())).toHaveLength(2);
    expect(await seenBy(actors.approver())).toEqual([["approval-user-approver", "overdue"]]);
    expect(await seenBy(actors.viewer())).toEqual([]);
    expect(await seenBy(actors.adminToken())).toEqual([]);
    expect(await seenBy(actors.serviceToken())).toEqual([]);
  });

  it("is read at one moment: what is written meanwhile is in no part of it, and nothing can be written", async () => {
    const waiting = async (db: Database) => (await listWaitingDrafts(db, null, 100)).length;
    const [before, during] = await inSnapshot(api.db, async (at) => {
      const first = await waiting(at);
      await aDraftRow(api.db, { projectId: "shop", approval: "required" });
      return [first, await waiting(at)];
    });
    expect([during, await waiting(api.db)]).toEqual([before, (before ?? 0) + 1]);
    const write = inSnapshot(api.db, (at) => at.pool.query("DELETE FROM runtime_registrations"));
    await expect(write).rejects.toThrow(/read-only/);
  });
});

describe("registering", () => {
  it("replaces all a runtime said, counts a change up, and only grows younger for the same words", async () => {
    const first = await put({ runtime_id: "cron", workflows: [{ workflow_id: "a", name: "A" }] });
    const same = await put({ runtime_id: "cron", workflows: [{ workflow_id: "a", name: "A" }] });
    const other = await put({ runtime_id: "cron", agents: [{ agent_id: "b" }] });
    expect(
      [first, same, other].map(({ status, body, headers }) => [status, body.changed, headers.get("etag")]),
    ).toEqual([
      [200, true, '"1"'],
      [200, false, '"1"'],
      [200, true, '"2"'],
    ]);
    const stored = (await registrations()).find((row: { runtime_id: string }) => row.runtime_id === "cron");
    expect(stored).toMatchObject({
      stale: false,
      workflows: [],
      agents: [{ agent_id: "b" }],
      counts: { agents: 1 },
    });
    const entries = await api.db.prisma.auditEntry.findMany({
      where: { subjectKind: "runtime_registration", subjectId: "cron" },
      orderBy: { id: "asc" },
    });
    expect(entries.map((row) => row.action)).toEqual(
      Array(3).fill("incident_monitor.authority_subjects.registered"),
    );
    expect(entries.map((row) => (row.detail as { changed: boolean }).changed).sort()).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("over what was read alone, where the writer says so", async () => {
    await done(put({ runtime_id: "guarded" }));
    const stale = await put({ runtime_id: "guarded", name: "New" }, { headers: { "if-match": '"9"' } });
    expect([stale.status, stale.body.code, stale.body.current_generation]).toEqual([
      ...[409, "INCIDENT_MONITOR_AUTHORITY_SUBJECTS_STALE", 1],
    ]);
    const exists = await put({ runtime_id: "guarded" }, { headers: { "if-none-match": "*" } });
    expect(exists.status).toBe(409);
  });

  const many = (count: number, row: (n: number) => object) => Array.from({ length: count }, (_, n) => row(n));
  it.each<[string, unknown, number, string]>([
    [
      "a member nobody knows",
      { automation_specs: [{ automation_id: "a", name: "A", secret: "x" }] },
      422,
      "automation_specs[0].secret",
    ],
    [
      "a parameter's value",
      {
        workflows: [
          { workflow_id: "a", name: "A", steps: [{ step_id: "s", action: "x", parameters: { a: 1 } }] },
        ],
      },
      422,
      "workflows[0].steps[0].parameters",
    ],
    ["a missing id", { agents: [{ display_name: "A" }] }, 422, "agents[0].agent_id"],
    ["two of one id", { agents: many(2, () => ({ agent_id: "a" })) }, 422, "agents[1].agent_id"],
    [
      "a project that is none",
      { workflows: [{ workflow_id: "a", name: "A", project_id: "nowhere" }] },
      422,
      "workflows[0].project_id",
    ],
    ["more than is read", { agents: many(501, (n) => ({ agent_id: `a${n}` })) }, 422, "agents"],
    [
      "a long text",
      { workflows: [{ workflow_id: "a", name: "A", description: "x".repeat(1_001) }] },
      422,
      "workflows[0].description",
    ],
    ["an end too far", { expires_in_ms: 91 * 86_400_000 }, 422, "expires_in_ms"],
    ["an id with a slash", { runtime_id: "a/b" }, 422, "runtime_id"],
    [
      "a secret for a name",
      { agents: [{ agent_id: "ghp_16C7e42F292c6912E7710c838347Ae178B4a" }] },
      422,
      "agents[0].agent_id",
    ],
  ])("%s is refused by name, and nothing of it is kept", async (_, body, status, field) => {
    const answer = await put({ runtime_id: "hostile", ...(body as object) });
    expect([answer.status, answer.body.field]).toEqual([status, field]);
    expect(
      await api.db.prisma.runtimeRegistration.count({ where: { runtimeId: { in: ["hostile", "a/b"] } } }),
    ).toBe(0);
  });

  it.each<[string, string, number]>([
    ["a huge body", JSON.stringify({ runtime_id: "hostile", name: "x".repeat(600_000) }), 413],
    ["a deep one", `{"runtime_id":"hostile","agents":${"[".repeat(5_000)}${"]".repeat(5_000)}}`, 422],
    ["a broken one", '{"runtime_id":"hostile"', 400],
    ["a member given twice", '{"runtime_id":"a","runtime_id":"hostile"}', 422],
  ])("%s is refused before it is looked at", async (_, raw, status) => {
    const answer = await api.call("PUT", subjects, { raw });
    expect(answer.status).toBe(status);
    expect(await api.db.prisma.runtimeRegistration.count({ where: { runtimeId: "hostile" } })).toBe(0);
  });

  it("is a full or a service token's; an agent says nothing about itself", async () => {
    for (const token of [api.tokens.agent, null]) {
      const answer = await put({ runtime_id: "self" }, { token });
      expect(answer.status).toBe(token ? 403 : 401);
    }
    const denied = await api.db.prisma.auditEntry.findFirst({
      where: {
        action: "incident_monitor.access.denied",
        subjectKind: "runtime_registration",
        subjectId: "self",
      },
    });
    expect(denied?.detail).toMatchObject({ permission: "registerSubjects" });
  });

  it("is stale once its time is over, and goes when it is taken out", async () => {
    await done(put({ runtime_id: "old", agents: [{ agent_id: "a" }], expires_in_ms: 60_000 }));
    await api.db.prisma.runtimeRegistration.update({
      where: { runtimeId: "old" },
      data: { expiresAt: new Date(0) },
    });
    const stale = (await inventory()).inventory;
    expect(stale.agents.find((row: { runtime_id: string }) => row.runtime_id === "old")).toMatchObject({
      stale: true,
    });
    await done(api.call("DELETE", `${subjects}/old`));
    expect(
      (await inventory()).inventory.runtimes.map((row: { runtime_id: string }) => row.runtime_id),
    ).not.toContain("old");
    const again = await api.call("DELETE", `${subjects}/old`);
    expect([again.status, again.body.code]).toEqual([404, "INCIDENT_MONITOR_AUTHORITY_SUBJECTS_NOT_FOUND"]);
  });

  it("of so many runtimes at most", async () => {
    const before = await api.db.prisma.runtimeRegistration.count();
    const added = await Promise.all(many(22, (n) => ({ n })).map((_, n) => put({ runtime_id: `many-${n}` })));
    expect(added.filter((answer) => answer.status === 200)).toHaveLength(20 - before);
    expect(added.find((answer) => answer.status !== 200)?.body).toMatchObject({
      ...{ code: "INCIDENT_MONITOR_AUTHORITY_SUBJECTS_TOO_MANY", limit: 20 },
    });
  });
});
