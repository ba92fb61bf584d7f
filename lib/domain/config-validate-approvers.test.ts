import { describe, expect, it } from "vitest";
import { aConfig, aLogSource, aProject, aRoute } from "@/lib/testing/configs";
import type { MonitorConfig } from "./config";
import { defaultSafetyDefaults } from "./config";
import { normaliseConfig } from "./config-normalise";
import { validateConfig } from "./config-validate";
import { type ApproverPerson, namedPeople } from "./config-validate-approvers";

const person = (userId: string, fields: Partial<ApproverPerson> = {}): ApproverPerson => ({
  ...{ userId, name: userId.toUpperCase(), disabled: false, role: "approver", projectRoles: {} },
  ...fields,
});
const people = [
  person("ada"),
  person("ben"),
  person("off", { disabled: true }),
  person("vera", { role: "viewer" }),
  person("shop", { role: null, projectRoles: { shop: "approver" } }),
];
const personOf = (userId: string) => people.find((each) => each.userId === userId) ?? null;
const shop = aProject({ projectId: "shop" });
const web = aProject({ projectId: "web" });

function said(given: Partial<MonitorConfig>, before?: Partial<MonitorConfig>) {
  const config = aConfig({ monitoredProjects: [shop, web], ...given });
  const storedNames = before && aConfig({ monitoredProjects: [shop, web], ...before });
  const { errors, warnings } = validateConfig(config, { personOf, storedNames });
  const about = (rows: typeof errors) =>
    rows.filter((each) => each.path.includes("approvers")).map(({ path, code }) => `${path} ${code}`);
  return { errors: about(errors), warnings: about(warnings) };
}
const route = (...approvers: string[]) => ({ routes: [aRoute({ approvers })] });
const few = "routes[0].approvers approvers_too_few";

describe("a list that can never be met is refused, and names its field", () => {
  it.each<[string, Partial<MonitorConfig>, errors: string[], warnings: string[]]>([
    ["nobody named", { routes: [aRoute({ approvalsRequired: 2 })] }, [], []],
    ["enough who may", route("ada", "ben"), [], []],
    ["somebody who is not there", route("ada", "zoe"), ["routes[0].approvers[1] approver_unknown"], []],
    ["disabled", route("off"), [few], []],
    ["without the role", route("vera"), [few], []],
    ["fewer than it asks for", { routes: [aRoute({ approvers: ["ada"], approvalsRequired: 2 })] }, [few], []],
    ["on one project alone", route("shop"), [], [few]],
    [
      "a route of that project",
      { routes: [aRoute({ approvers: ["shop"], matchProjectIds: ["Shop"] })] },
      [],
      [],
    ],
    [
      "a route of another project",
      { routes: [aRoute({ approvers: ["shop"], matchProjectIds: ["web"] })] },
      [few],
      [],
    ],
    [
      "a project and its source",
      {
        monitoredProjects: [
          aProject({
            projectId: "shop",
            approvers: ["shop"],
            logSources: [aLogSource({ approvers: ["off"] })],
          }),
        ],
      },
      ["monitored_projects[0].log_sources[0].approvers approvers_too_few"],
      [],
    ],
    [
      "the safety defaults",
      {
        safetyDefaults: {
          ...defaultSafetyDefaults,
          approversHighRisk: ["ada"],
          approversCriticalRisk: ["off"],
        },
      },
      ["safety_defaults.approvers_critical_risk approvers_too_few"],
      [],
    ],
    [
      "and never beside it",
      { routes: [aRoute({ approvers: ["ada"], approvalPolicy: "never" })] },
      ["routes[0].approvers approvals_contradict_policy"],
      [],
    ],
  ])("%s", (_, config, errors, warnings) => {
    expect(said(config)).toEqual({ errors, warnings });
  });

  it("is a warning where it was stored so: everything else can still be saved", () => {
    expect(said(route("off"), route("off"))).toEqual({ errors: [], warnings: [few] });
    expect(said(route("off", "vera"), route("off")).errors).toEqual([few]);
  });

  it("is refused where the same names are put to other projects, in which they may not approve", () => {
    const about = (id: string) => ({ routes: [aRoute({ approvers: ["shop"], matchProjectIds: [id] })] });
    expect(said(about("web"), about("shop"))).toEqual({ errors: [few], warnings: [] });
  });

  it("says who cannot and what helps", () => {
    const { errors } = validateConfig(aConfig(route("off", "vera")), { personOf });
    expect(errors[0]?.message).toBe(
      "One of OFF and VERA must approve, and that cannot be: OFF is disabled and VERA may not approve there. Name others, give them the role, or ask for fewer",
    );
  });
});

it("names are kept once each, and an empty list is none", () => {
  const config = normaliseConfig(
    aConfig({
      routes: [aRoute({ approvers: [" ada ", "ada", ""] }), aRoute({ routeId: "b", approvers: [] })],
    }),
  );
  expect(config.routes.map((each) => each.approvers)).toEqual([["ada"], undefined]);
  expect(namedPeople(config)).toEqual(["ada"]);
});
