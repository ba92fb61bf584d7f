import { beforeEach, describe, expect, it } from "vitest";
import { routePreviewRequestSchema, routePreviewSchema } from "@/lib/contracts/route-preview";
import type { Actor } from "@/lib/domain/actor";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { aDraftRow, anIncident } from "@/lib/testing/records";
import { routePreviewFromWire, routePreviewToWire } from "@/lib/wire/route-preview";
import { requireDraft } from "../drafts/require-draft";
import { preparePublication } from "../publishing/prepare-publication";
import { publishDraft } from "../publishing/publish-draft";
import { previewRoute } from "./preview-route";

const { db, context, patch, auditEntries } = configDatabase();

/** As the API does it: schema, mapping, verb, mapping, schema. */
async function preview(body: unknown, actor?: Actor) {
  const request = routePreviewRequestSchema.parse(body);
  const answer = await previewRoute(context(actor), routePreviewFromWire(request));
  return routePreviewSchema.strict().parse(routePreviewToWire(answer));
}

const local = { destination_id: "local", name: "Local", kind: "telemetry" };
const other = { destination_id: "other", name: "Other", kind: "telemetry" };
const asking = { ...local, destination_id: "asking", name: "Asking", require_approval: true };
const shop = (fields: object = {}) => ({
  project_id: "shop",
  name: "Shop",
  repo: "acme/shop",
  workspace_root: "/workspace/repos/shop",
  ...fields,
});
const everything = async () => ({
  incidents: await db().prisma.incident.count(),
  drafts: await db().prisma.draft.count(),
  deliveries: await db().prisma.delivery.count(),
  occurrences: await db().prisma.occurrence.count(),
});

beforeEach(async () => {
  await patch({ destinations: [local, other], default_destination_ids: ["local"] });
});

describe("what a preview answers", () => {
  it("an empty question has every key of the contract and writes nothing", async () => {
    const before = await everything();
    expect(await preview({})).toEqual({
      matches: [{ destination_ids: ["local"], approval_required: false, reason: "default_destination" }],
      destinations: [{ ...local, enabled: true, require_approval: false, route_tags: [] }],
      readiness: [
        {
          destination_id: "local",
          kind: "telemetry",
          enabled: true,
          ready: true,
          publish_ready: true,
          requires_approval: false,
          missing: [],
        },
      ],
      source_readiness: [],
      source_readiness_warnings: [],
      default_destination_ids: ["local"],
      effective_destination_ids: ["local"],
      approval_required: false,
      blocked: false,
      blocked_reasons: [],
      blocked_codes: [],
      approval: {
        required: false,
        high_risk: false,
        because: [{ code: "nothing_requires", message: "No policy asks for approval" }],
        count: 0,
        people_only: false,
        named: [],
        unreachable: [],
      },
      contributing_route_ids: [],
      shadow: [],
      trace: [],
      payloads: [],
    });
    expect(await everything()).toEqual(before);
  });

  describe("with an old configuration", () => {
    beforeEach(async () => {
      await patch({
        destinations: [],
        default_destination_ids: [],
        repo: "acme/monitor",
        mcp_server: "github",
        require_approval_for_new_issues: true,
      });
    });

    it("case 1: one effective GitHub destination carries its repository, server and approval flag", async () => {
      const answer = await preview({});
      expect(answer.default_destination_ids).toEqual(["legacy-github"]);
      expect(answer.destinations).toMatchObject([
        {
          destination_id: "legacy-github",
          kind: "github_issue",
          repo: "acme/monitor",
          mcp_server: "github",
          require_approval: true,
        },
      ]);
      expect(answer.approval_required).toBe(true);
    });

    it("case 62: previewing a draft yields legacy-github and creates no post", async () => {
      const draft = await aDraftRow(db());
      const before = await everything();
      const answer = await preview({ draft_id: draft.id });
      expect(answer.effective_destination_ids).toEqual(["legacy-github"]);
      expect(await everything()).toEqual(before);
    });
  });

  it("case 64: an unready destination is explained and blocks", async () => {
    await patch({
      destinations: [
        { destination_id: "hook", name: "Hook", kind: "webhook", webhook_url: "https://a.example/x" },
      ],
      default_destination_ids: ["hook"],
    });
    const answer = await preview({});
    expect(answer.blocked).toBe(true);
    expect(answer.blocked_codes).toEqual(["destination_not_ready"]);
    expect(answer.blocked_reasons[0]).toMatch(/^Destination `hook` is not ready: /);
    expect(answer.readiness).toMatchObject([
      { destination_id: "hook", publish_ready: false, missing: ["secret_ref_missing"] },
    ]);
    expect(answer.readiness[0]?.detail).toBeTruthy();
  });

  it("tells each match's own approval, the trace, and named destinations", async () => {
    await patch({
      routes: [
        {
          route_id: "strict",
          name: "Strict",
          priority: 5,
          approval_policy: "always",
          match_risk_levels: ["high"],
        },
        { route_id: "rest", name: "Rest", destination_ids: ["other"], approval_policy: "never" },
      ],
      safety_defaults: { require_approval_for_high_risk: false },
    });
    const answer = await preview({ risk_level: "High" });
    expect(answer.matches).toEqual([
      {
        route_id: "strict",
        route_name: "Strict",
        destination_ids: ["local"],
        approval_required: true,
        reason: "matched_risk_level",
      },
      {
        route_id: "rest",
        route_name: "Rest",
        destination_ids: ["other"],
        approval_required: false,
        reason: "catch_all_route",
      },
    ]);
    expect(answer.trace.map((each) => each.outcome)).toEqual(["won", "matched_later"]);
    const named = await preview({ risk_level: "high", destination_ids: [" other ", "", "other"] });
    expect(named.effective_destination_ids).toEqual(["other"]);
    expect(named.approval_required).toBe(true);
  });

  it("explicit words win over the report's, and those over the draft's", async () => {
    await patch({
      routes: ["explicit", "report", "draft"].map((word, index) => ({
        route_id: word,
        name: word,
        priority: index,
        match_components: [word],
      })),
    });
    const draft = await aDraftRow(db(), { component: "draft" });
    const winner = async (body: object) =>
      (await preview({ draft_id: draft.id, ...body })).matches[0]?.route_id;
    expect(await winner({})).toBe("draft");
    expect(await winner({ report: { component: "Report" } })).toBe("report");
    expect(await winner({ report: { component: "report" }, component: "explicit" })).toBe("explicit");
  });
});

describe("a lone report is taken as intake would take it", () => {
  const raw = (fields: object = {}) => ({
    report: {
      title: "TypeError: x",
      detail: "it broke",
      project_id: "shop",
      source_kind: "ci",
      route_tags: ["pay"],
      allowed_destination_ids: ["other"],
      default_destination_ids: ["other"],
      tenant_id: "acme",
      workspace_id: "main",
      event_schema_version: "3",
      ...fields,
    },
  });

  it("case 35: its own approval policy counts for nothing; a destination that asks still asks", async () => {
    await patch({ destinations: [asking], default_destination_ids: ["asking"] });
    const answer = await preview(raw({ source_approval_policy: "never" }));
    expect(answer.approval_required).toBe(true);
    expect(answer.approval.because).toMatchObject([{ code: "destination_requires" }]);
  });

  it("case 36: naming a project whose policy is never leaves the global flag standing", async () => {
    await patch({
      require_approval_for_new_issues: true,
      monitored_projects: [shop({ approval_policy: "never" })],
    });
    expect((await preview(raw())).approval_required).toBe(true);
  });

  it("case 37: naming a project whose policy is high_risk leaves the global flag standing", async () => {
    await patch({
      require_approval_for_new_issues: true,
      monitored_projects: [shop({ approval_policy: "high_risk" })],
    });
    expect((await preview(raw())).approval_required).toBe(true);
  });

  it("case 40: it loses project, source, tenant, tags and both destination lists", async () => {
    const lists = {
      match_project_ids: ["shop"],
      match_source_kinds: ["ci"],
      match_route_tags: ["pay"],
      match_tenant_ids: ["acme"],
      match_workspace_ids: ["main"],
      match_event_schema_versions: ["3"],
    };
    await patch({
      monitored_projects: [
        shop({ tenant_id: "acme", default_route_tags: ["pay"], default_destination_ids: ["other"] }),
      ],
      routes: Object.entries(lists).map(([list, values]) => ({
        route_id: list.replaceAll("_", "-"),
        name: list,
        [list]: values,
      })),
    });
    const answer = await preview(raw());
    expect(answer.matches).toMatchObject([{ reason: "default_destination", destination_ids: ["local"] }]);
    expect(answer.trace).toHaveLength(6);
    for (const { conditions } of answer.trace) expect(conditions[0]?.has).toBeUndefined();
    expect(answer.source_readiness).toEqual([]);
    expect(answer.blocked).toBe(false);
  });

  it("gets the defaults that intake would give it", async () => {
    await patch({
      routes: [{ route_id: "m", name: "M", match_risk_levels: ["medium"], match_sources: ["manual"] }],
    });
    expect((await preview({ report: { title: "x", detail: "y" } })).matches[0]?.route_id).toBe("m");
    expect((await preview({ report: { title: "x", repo: "not a slug" } })).matches[0]?.route_id).toBe("m");
  });
});

describe("a stored record is trusted as far as its binding goes", () => {
  it("case 41: without a stored policy it still inherits a binding of always", async () => {
    await patch({ monitored_projects: [shop({ approval_policy: "always" })] });
    const draft = await aDraftRow(db(), { projectId: "shop", provenance: "intake_key" });
    const answer = await preview({ draft_id: draft.id });
    expect(answer.approval.because).toMatchObject([{ code: "source_always" }]);
  });

  it("a stored policy that is no longer the binding's is not honoured", async () => {
    await patch({
      require_approval_for_new_issues: true,
      monitored_projects: [shop({ approval_policy: "never" })],
    });
    const fields = { projectId: "shop", provenance: "intake_key" } as const;
    const current = await aDraftRow(db(), { ...fields, sourceApprovalPolicy: "never" });
    const forged = await aDraftRow(db(), { ...fields, sourceApprovalPolicy: "high_risk" });
    expect((await preview({ draft_id: current.id })).approval_required).toBe(false);
    expect((await preview({ draft_id: forged.id })).approval_required).toBe(true);
    // A policy stored for one project says nothing about another.
    await patch({
      monitored_projects: [
        shop({ approval_policy: "never" }),
        { ...shop({ approval_policy: "never" }), project_id: "till" },
      ],
    });
    expect((await preview({ draft_id: current.id, project_id: "till" })).approval_required).toBe(true);
  });

  it("case 42: forged fields are replaced by the binding's, allow-lists intersect", async () => {
    await patch({
      monitored_projects: [
        shop({
          source_kind: "external_app",
          tenant_id: "acme",
          workspace_id: "main",
          event_schema_version: "3",
          default_route_tags: ["shop"],
          allowed_destination_ids: ["other"],
          default_destination_ids: ["other"],
        }),
      ],
      routes: [
        {
          route_id: "bound",
          name: "Bound",
          match_source_kinds: ["external_app"],
          match_tenant_ids: ["acme"],
          match_workspace_ids: ["main"],
          match_event_schema_versions: ["3"],
          match_route_tags: ["shop"],
          destination_ids: ["local", "other"],
        },
      ],
    });
    const draft = await aDraftRow(db(), {
      projectId: "shop",
      sourceKind: "ci",
      routeTags: ["forged"],
      allowedDestinationIds: ["local", "other"],
      defaultDestinationIds: ["local"],
      attributes: { tenantId: "evil", workspaceId: "elsewhere", eventSchemaVersion: "9" },
    });
    const answer = await preview({ draft_id: draft.id });
    expect(answer.matches[0]?.route_id).toBe("bound");
    expect(answer.default_destination_ids).toEqual(["other"]);
    expect(answer.blocked_codes).toEqual(["destination_not_allowed_by_source"]);
    expect(answer.blocked_reasons[0]).toContain("`local` is not allowed by source binding");
  });

  it("case 68: a route on a project applies to a stored draft of it, and to an incident", async () => {
    await patch({
      monitored_projects: [shop()],
      routes: [{ route_id: "shop", name: "Shop", match_project_ids: ["SHOP"], destination_ids: ["other"] }],
    });
    const draft = await aDraftRow(db(), { projectId: "shop" });
    const incident = await anIncident(db(), { projectId: "shop" });
    for (const body of [{ draft_id: draft.id }, { incident_id: incident.id }, { project_id: "shop" }]) {
      expect((await preview(body)).effective_destination_ids).toEqual(["other"]);
    }
  });

  it("agrees with what publishing prepares", async () => {
    await patch({
      monitored_projects: [shop({ approval_policy: "always", allowed_destination_ids: ["other"] })],
    });
    const draft = await aDraftRow(db(), { projectId: "shop", riskLevel: "high", component: "api" });
    const answer = await previewRoute(context(), routePreviewFromWire({ draft_id: draft.id }));
    const publication = await preparePublication(context(), await requireDraft(context(), draft.id, "read"));
    expect(answer.decision).toEqual(publication.decision);
  });
});

describe("source readiness in a preview", () => {
  const blocking = { block_unready_sources: true };

  it("case 79: rows and warnings are shown and block nothing by default", async () => {
    await patch({
      monitored_projects: [shop({ log_sources: [{ source_id: "api", path: "logs/api.log" }] })],
    });
    const answer = await preview({ project_id: "shop", log_source_id: "api" });
    expect(answer.source_readiness).toMatchObject([{ project_id: "shop", source_id: "api", ready: false }]);
    expect(answer.source_readiness_warnings).toContain("high: The origin of the data is not recorded");
    expect(answer.blocked).toBe(false);
    const [row] = (await preview({ project_id: "shop" })).source_readiness;
    expect(row).not.toHaveProperty("source_id");
  });

  it("with block_unready_sources the same blocks, in preview and in publishing", async () => {
    await patch({ monitored_projects: [shop()], safety_defaults: blocking });
    const draft = await aDraftRow(db(), { projectId: "shop" });
    const answer = await preview({ draft_id: draft.id });
    expect(answer.blocked_codes).toEqual(["source_not_ready"]);
    expect(answer.blocked_reasons[0]).toMatch(/^Source `shop` is not data-ready/);
    const refused = await refusal(publishDraft(context(), { draftId: draft.id, destinationIds: [] }));
    expect(refused).toMatchObject({ kind: "not_ready", reason: "publish_blocked" });
    expect(refused.message).toContain("Source `shop` is not data-ready");
    expect((await everything()).deliveries).toBe(0);

    await patch({ safety_defaults: { block_unready_sources: false } });
    expect(await publishDraft(context(), { draftId: draft.id, destinationIds: [] })).toMatchObject({
      action: "queued",
    });
  });

  it("a source nobody knows any more has no readiness evidence", async () => {
    await patch({
      monitored_projects: [shop({ log_sources: [{ source_id: "api", path: "logs/api.log" }] })],
      safety_defaults: blocking,
    });
    const draft = await aDraftRow(db(), { projectId: "shop", logSourceId: "gone" });
    const answer = await preview({ draft_id: draft.id });
    expect(answer.blocked_codes).toEqual(["source_readiness_missing"]);
    expect(answer.blocked_reasons[0]).toContain("no readiness evidence");
  });
});

describe("what a preview refuses", () => {
  it("unknown records, naming them", async () => {
    const draft = await refusal(preview({ draft_id: "failure-draft-none" }));
    expect(draft).toMatchObject({
      kind: "not_found",
      reason: "draft_not_found",
      context: { draft_id: "failure-draft-none" },
    });
    const incident = await refusal(preview({ incident_id: "none" }));
    expect(incident).toMatchObject({
      kind: "not_found",
      reason: "incident_not_found",
      context: { incident_id: "none" },
    });
    expect((await preview({ draft_id: "  ", incident_id: null })).matches).toHaveLength(1);
  });

  it("a scoped key (case 33), on record; and projects that are not the person's", async () => {
    expect((await refusal(preview({}, actors.intakeKey()))).kind).toBe("forbidden");
    expect(await auditEntries()).toMatchObject([
      { action: "incident_monitor.config.updated" },
      { action: "incident_monitor.access.denied" },
    ]);
    const member = actors.projectMember({ till: "viewer" });
    const draft = await aDraftRow(db(), { projectId: "shop" });
    expect(await refusal(preview({ draft_id: draft.id }, member))).toMatchObject({
      kind: "not_found",
      reason: "draft_not_found",
    });
    expect((await auditEntries()).at(-1)).toMatchObject({
      action: "incident_monitor.access.denied",
      subjectId: draft.id,
    });
    expect((await refusal(preview({ project_id: "shop" }, member))).kind).toBe("forbidden");
    expect((await preview({ project_id: "till" }, member)).matches).toHaveLength(1);
  });
});
