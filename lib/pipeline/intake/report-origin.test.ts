import { describe, expect, it } from "vitest";
import type { FailureReport } from "@/lib/domain/report";
import { aConfig, aLogSource, aProject } from "@/lib/testing/configs";
import { AppError } from "../errors";
import { bindReport } from "./prepare-report";
import type { IntakePath } from "./report-origin";

const forged = {
  ...{ tenantId: "bank", workspaceId: "vault", eventSchemaVersion: "9" },
  ...{ redactionProfile: "none", retentionProfile: "forever" },
};
const report = (fields: Partial<FailureReport> = {}): FailureReport => ({
  ...{ title: "x", excerpt: [], evidenceRefs: [], externalCorrelationIds: [] },
  attributes: { ...forged, policy: "spend" },
  ...fields,
});
const source = aLogSource({ sourceId: "api", approvalPolicy: "always", defaultRouteTags: ["api"] });
const config = aConfig({
  repo: "acme/monitor",
  monitoredProjects: [
    aProject({
      ...{ tenantId: "acme", workspaceId: "main", defaultRouteTags: ["shop"], logSources: [source] },
      ...{ allowedDestinationIds: ["local"], defaultDestinationIds: ["local"], retentionProfile: "short" },
    }),
  ],
});
const bind = (path: IntakePath, fields: Partial<FailureReport> = {}, from = config) =>
  bindReport({ path, report: report(fields), idempotency: null }, from);
const unbound = { kind: "unbound", provenance: "report" } as const;
const bound = { kind: "bound", projectId: "shop", sourceId: "api" } as const;

describe("case 38: a raw report carries nothing that is trusted", () => {
  const { report: stored, origin } = bind(unbound);

  it("kind, tags, destination lists and policy are empty", () => {
    expect(origin).toMatchObject({
      ...{ projectId: null, logSourceId: null, sourceKind: null, routeTags: [], sourceApprovalPolicy: null },
      ...{ allowedDestinationIds: [], defaultDestinationIds: [], enforcesAllowlist: false },
    });
  });

  it("tenant, workspace, schema version and profiles are gone; other attributes stay", () => {
    expect(stored.attributes).toEqual({ policy: "spend" });
  });

  it("its profile is the deployment's", () => {
    expect(origin.redactionProfile).toBe(config.safetyDefaults.redactionProfile);
  });
});

it("a bound report takes all of it from the configuration", () => {
  const { report: stored, origin } = bind(bound);
  expect(origin).toMatchObject({
    ...{ projectId: "shop", logSourceId: "api", provenance: "intake_key", repo: "acme/shop" },
    ...{ routeTags: ["shop", "api"], allowedDestinationIds: ["local"], sourceApprovalPolicy: "always" },
  });
  expect(stored.attributes).toEqual({
    tenantId: "acme",
    workspaceId: "main",
    retentionProfile: "short",
    policy: "spend",
  });
});

describe("the repository (D-30)", () => {
  it.each<[string, IntakePath, string | undefined, string | undefined, string]>([
    ["the reporter's, where unbound", unbound, "acme/other", "acme/monitor", "acme/other"],
    ["the configured one", unbound, undefined, "acme/monitor", "acme/monitor"],
    ["none: accepted all the same", unbound, undefined, undefined, "local/unassigned"],
    ["never the reporter's, where bound", bound, "acme/other", "acme/monitor", "acme/shop"],
  ])("%s", (_, path, given, configured, repo) => {
    expect(bind(path, { repo: given }, { ...config, repo: configured }).origin.repo).toBe(repo);
  });
});

it.each<[string, IntakePath, Partial<FailureReport>, string]>([
  ["a repository that is none", unbound, { repo: "nonsense" }, "repo_invalid"],
  ["an unknown project", { ...bound, projectId: "bank" }, {}, "intake_project_unknown"],
  ["an unknown source", { ...bound, sourceId: "worker" }, {}, "intake_source_unknown"],
  ["no source, where the project has some", { ...bound, sourceId: null }, {}, "intake_source_unknown"],
])("refuses %s", (_, path, fields, reason) => {
  const refusal = () => bind(path, fields);
  expect(refusal).toThrow(AppError);
  expect(refusal).toThrow(expect.objectContaining({ kind: "invalid", reason }));
});
