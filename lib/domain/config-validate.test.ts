import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aLogSource, aProject, aRoute } from "@/lib/testing/configs";
import type { Destination, JsonObject, MonitorConfig } from "./config";
import { defaultSafetyDefaults } from "./config";
import type { ConfigChecks } from "./config-issue";
import { validateConfig } from "./config-validate";

const hook = (fields: Partial<Destination> = {}) =>
  aDestination({
    ...{
      destinationId: "hook",
      kind: "webhook",
      webhookUrl: "https://h.test/in",
      webhookSecretRef: "env:TANDEM_S",
    },
    ...fields,
  });
const base: Partial<MonitorConfig> = { destinations: [aDestination(), hook()] };
const withProject = (fields: Parameters<typeof aProject>[0]): Partial<MonitorConfig> => ({
  ...base,
  monitoredProjects: [aProject(fields)],
});
const withSource = (source: Parameters<typeof aLogSource>[0], project = {}) =>
  withProject({ ...project, logSources: [aLogSource(source)] });
const withModel = (modelPolicy: JsonObject): Partial<MonitorConfig> => ({ modelPolicy });
const model = { provider_id: "p", model_id: "m" };

/** `path code` of everything found, errors before warnings. */
function findings(fields: Partial<MonitorConfig>, checks: ConfigChecks = {}) {
  const { errors, warnings } = validateConfig(aConfig(fields), checks);
  const line = ({ path, code }: { path: string; code: string }) => `${path} ${code}`;
  return [...errors.map(line), ...warnings.map((issue) => `warning: ${line(issue)}`)];
}

describe("validateConfig", () => {
  it.each<[string, Partial<MonitorConfig>, string[]]>([
    ["the defaults", {}, []],
    ["destinations, a project and a source in order", withSource({}), []],
    ["repo", { repo: "acme" }, ["repo repo_invalid"]],
    ["relative workspace root", { workspaceRoot: "w" }, ["warning: workspace_root workspace_root_relative"]],
    ["a model policy in order", withModel({ default_model: model, role_models: { a: model }, other: 1 }), []],
    [
      "a model policy that is not",
      withModel({
        default_model: { provider_id: " " },
        role_models: { a: { ...model, model_id: "" }, b: 1 },
      }),
      [
        "model_policy.default_model.provider_id model_policy_invalid",
        "model_policy.default_model.model_id model_policy_invalid",
        "model_policy.role_models.a.model_id model_policy_invalid",
        "model_policy.role_models.b model_policy_invalid",
      ],
    ],
    [
      "role models that are a list",
      withModel({ role_models: [model] }),
      ["model_policy.role_models model_policy_invalid"],
    ],
    [
      "a floor nobody knows",
      { safetyDefaults: { ...defaultSafetyDefaults, minimumRiskLevel: "terrible" } },
      ["warning: safety_defaults.minimum_risk_level risk_level_unknown"],
    ],
    [
      "unknown defaults",
      { ...base, defaultDestinationIds: ["local", "x"] },
      ["warning: default_destination_ids[1] destination_unknown"],
    ],
    ["the legacy id, with no destinations", { defaultDestinationIds: ["legacy-github"] }, []],
  ])("globals: %s", (_, fields, expected) => {
    expect(findings(fields)).toEqual(expected);
  });

  it.each<[string, Destination[], string[]]>([
    ["twice the same id", [aDestination(), aDestination()], ["destinations[1].destination_id id_duplicate"]],
    [
      "an id that is no slug",
      [aDestination({ destinationId: "a b" })],
      ["destinations[0].destination_id id_invalid"],
    ],
    ["a blank id", [aDestination({ destinationId: "" })], ["destinations[0].destination_id id_invalid"]],
    ["repo", [aDestination({ repo: "x" })], ["destinations[0].repo repo_invalid"]],
    ["no URL", [hook({ webhookUrl: "h.test" })], ["destinations[0].webhook_url url_invalid"]],
    ["another scheme", [hook({ webhookUrl: "ftp://h.test" })], ["destinations[0].webhook_url url_scheme"]],
    [
      "credentials",
      [hook({ webhookUrl: "https://u:p@h.test" })],
      ["destinations[0].webhook_url url_credentials"],
    ],
    [
      "plain http",
      [hook({ webhookUrl: "http://h.test" })],
      ["warning: destinations[0].webhook_url url_insecure"],
    ],
    [
      "plain http, opted in",
      [hook({ webhookUrl: "http://h.test", config: { allow_insecure_http: true } })],
      [],
    ],
    ["a webhook without a URL is unready, not wrong", [hook({ webhookUrl: undefined })], []],
    [
      "no secret reference",
      [hook({ webhookSecretRef: undefined })],
      ["warning: destinations[0].webhook_secret_ref secret_reference_missing"],
    ],
    ["no secret reference, disabled", [hook({ webhookSecretRef: undefined, enabled: false })], []],
    [
      "a secret pasted",
      [hook({ webhookSecretRef: "whsec_abc" })],
      ["destinations[0].webhook_secret_ref secret_reference_invalid"],
    ],
    [
      "a path in a file reference",
      [hook({ webhookSecretRef: "file:../x" })],
      ["destinations[0].webhook_secret_ref secret_reference_invalid"],
    ],
  ])("destinations: %s", (_, destinations, expected) => {
    expect(findings({ destinations })).toEqual(expected);
  });

  it.each(["env:A_1", "env://A_1", "${env:A_1}", "A_1", "file:hook-secret.txt"])(
    "reference form %s",
    (form) => {
      expect(findings({ destinations: [hook({ webhookSecretRef: form })] })).toEqual([]);
    },
  );

  it.each([
    ["set", []],
    ["unset", ["warning: destinations[0].webhook_secret_ref secret_unset"]],
    ["refused", ["warning: destinations[0].webhook_secret_ref secret_refused"]],
  ] as const)("a secret that is %s", (state, expected) => {
    expect(findings({ destinations: [hook()] }, { secretState: () => state })).toEqual(expected);
  });

  it.each<[string, Partial<Destination>, string[]]>([
    [
      "another host, reference left out",
      { webhookUrl: "https://evil.test/in", webhookSecretRef: undefined },
      ["warning: destinations[0].webhook_secret_ref secret_reference_required"],
    ],
    [
      "another port, reference left out",
      { webhookUrl: "https://h.test:8443/in", webhookSecretRef: undefined },
      ["warning: destinations[0].webhook_secret_ref secret_reference_required"],
    ],
    [
      "another path, reference left out",
      { webhookUrl: "https://h.test/out", webhookSecretRef: undefined },
      ["warning: destinations[0].webhook_secret_ref secret_reference_missing"],
    ],
    ["another host, reference given again", { webhookUrl: "https://new.test/in" }, []],
  ])("D-33, %s", (_, fields, expected) => {
    expect(findings({ destinations: [hook(fields)] }, { stored: { destinations: [hook()] } })).toEqual(
      expected,
    );
  });

  it("messages repeat neither reference nor URL", () => {
    const rows = [hook({ webhookSecretRef: "s3cret-value", webhookUrl: "https://user:s3cret-value@h.test" })];
    expect(JSON.stringify(validateConfig(aConfig({ destinations: rows })))).not.toContain("s3cret-value");
  });

  it.each<[string, Parameters<typeof aRoute>[0], string[]]>([
    [
      "unknown destination",
      { destinationIds: ["local", "x"] },
      ["warning: routes[0].destination_ids[1] destination_unknown"],
    ],
    ["id", { routeId: "ä" }, ["routes[0].route_id id_invalid"]],
    ["priority beyond an integer", { priority: 2 ** 31 }, ["routes[0].priority priority_out_of_range"]],
    [
      "unknown project",
      { matchProjectIds: ["nope"] },
      ["warning: routes[0].match_project_ids project_unknown"],
    ],
    ["known project, in another case", { matchProjectIds: ["SHOP"] }, []],
    [
      "unknown kind",
      { matchSourceKinds: ["x"] },
      ["warning: routes[0].match_source_kinds source_kind_unknown"],
    ],
    ["a kind with hyphens", { matchSourceKinds: ["Agent-Runtime"] }, []],
  ])("routes: %s", (_, route, expected) => {
    expect(findings({ ...withProject({}), routes: [aRoute(route)] })).toEqual(expected);
  });

  it("routes: twice the same id", () => {
    expect(findings({ ...base, routes: [aRoute(), aRoute()] })).toEqual(["routes[1].route_id id_duplicate"]);
  });

  it.each<[string, Partial<MonitorConfig>, string[]]>([
    ["id", withProject({ projectId: "a/b" }), ["monitored_projects[0].project_id id_invalid"]],
    ["blank name", withProject({ name: "" }), ["monitored_projects[0].name name_required"]],
    ["repo", withProject({ repo: "acme/shop/" }), ["monitored_projects[0].repo repo_invalid"]],
    ["an issue template", withProject({ issueTemplate: "# {{title}}\n{{body}}" }), []],
    [
      "an issue template that names what there is not",
      withProject({ issueTemplate: "{{bdy}}" }),
      ["monitored_projects[0].issue_template issue_template_unknown_placeholder"],
    ],
    [
      "an issue template that is too long",
      withProject({ issueTemplate: "{{body}}".repeat(1_001) }),
      ["monitored_projects[0].issue_template issue_template_too_long"],
    ],
    [
      "an issue template of headings alone",
      withProject({ issueTemplate: "## Bug" }),
      ["monitored_projects[0].issue_template issue_template_without_content"],
    ],
    [
      "relative root",
      withProject({ workspaceRoot: "w" }),
      ["monitored_projects[0].workspace_root workspace_root_invalid"],
    ],
    [
      "climbing root",
      withProject({ workspaceRoot: "/../w" }),
      ["monitored_projects[0].workspace_root workspace_root_invalid"],
    ],
    [
      "case 9: unknown ids in bindings",
      withProject({ allowedDestinationIds: ["x"], defaultDestinationIds: ["x"] }),
      [
        "monitored_projects[0].allowed_destination_ids[0] destination_unknown",
        "monitored_projects[0].default_destination_ids[0] destination_unknown",
      ],
    ],
    [
      "case 9: default outside the project's allow-list",
      withProject({ allowedDestinationIds: ["local"], defaultDestinationIds: ["hook"] }),
      ["monitored_projects[0].default_destination_ids default_not_allowed"],
    ],
    [
      "case 9: source default outside the effective allow-list",
      withSource({ defaultDestinationIds: ["hook"] }, { allowedDestinationIds: ["local"] }),
      ["monitored_projects[0].log_sources[0].default_destination_ids default_not_allowed"],
    ],
    [
      "inherited default outside the source's narrower list",
      withSource(
        { allowedDestinationIds: ["hook"] },
        { allowedDestinationIds: ["local", "hook"], defaultDestinationIds: ["local"] },
      ),
      ["monitored_projects[0].log_sources[0].default_destination_ids default_not_allowed"],
    ],
    [
      "disjoint lists save, and say so",
      withSource(
        { allowedDestinationIds: ["hook"], defaultDestinationIds: ["hook"] },
        { allowedDestinationIds: ["local"], defaultDestinationIds: ["local"] },
      ),
      ["warning: monitored_projects[0].log_sources[0].allowed_destination_ids allowlist_disjoint"],
    ],
    [
      "source id",
      withSource({ sourceId: "a b" }),
      ["monitored_projects[0].log_sources[0].source_id id_invalid"],
    ],
    ["blank path", withSource({ path: "" }), ["monitored_projects[0].log_sources[0].path path_required"]],
    [
      "case 46: a path that climbs out",
      withSource({ path: "../x" }),
      ["monitored_projects[0].log_sources[0].path path_outside_workspace"],
    ],
    ["a path that climbs and returns", withSource({ path: "a/../../shop/x.log" }), []],
    ["an absolute path inside", withSource({ path: "/workspace/repos/shop/x.log" }), []],
    [
      "a neighbour with the same beginning",
      withSource({ path: "/workspace/repos/shop2/x.log" }),
      ["monitored_projects[0].log_sources[0].path path_outside_workspace"],
    ],
    [
      "the root itself",
      withSource({ path: "." }),
      ["monitored_projects[0].log_sources[0].path path_outside_workspace"],
    ],
    [
      "a project's model policy",
      withProject({ modelPolicy: { default_model: 1 } }),
      ["monitored_projects[0].model_policy.default_model model_policy_invalid"],
    ],
  ])("projects: %s", (_, fields, expected) => {
    expect(findings(fields)).toEqual(expected);
  });

  it("projects: twice the same id, and sources twice in one project only", () => {
    const sources = [aLogSource(), aLogSource()];
    const monitoredProjects = [
      aProject({ logSources: sources }),
      aProject({ logSources: [aLogSource()] }),
      aProject({ projectId: "other", logSources: [aLogSource()] }),
    ];
    expect(findings({ ...base, monitoredProjects })).toEqual([
      "monitored_projects[0].log_sources[1].source_id id_duplicate",
      "monitored_projects[1].project_id id_duplicate",
    ]);
  });

  it.each([
    [["/workspace/repos"], []],
    [["/workspace/repos/shop"], []],
    [["/elsewhere"], ["warning: monitored_projects[0].workspace_root workspace_root_not_allowed"]],
    [["/workspace/rep"], ["warning: monitored_projects[0].workspace_root workspace_root_not_allowed"]],
  ])("allowed roots %j (D-34)", (allowedRoots, expected) => {
    expect(findings(withProject({}), { allowedRoots })).toEqual(expected);
  });

  it("an MCP server this host does not know is accepted with a warning", () => {
    const fields = { ...withProject({ mcpServer: "nobody" }), mcpServer: "github" };
    expect(findings(fields, { mcpServers: ["github"] })).toEqual([
      "warning: monitored_projects[0].mcp_server mcp_server_unknown",
    ]);
    expect(findings(fields)).toEqual([]);
  });
});
