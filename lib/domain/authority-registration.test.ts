import { describe, expect, it } from "vitest";
import { aNode, anAgent, anAutomation } from "@/lib/testing/authority";
import { registrationIssues, saysTheSame } from "./authority-registration";
import { noSubjects, type RuntimeSubjects } from "./authority-subjects";

const projects = new Set(["shop"]);
const given = (subjects: Partial<RuntimeSubjects>, runtimeId = "engine") => ({
  ...{ runtimeId, name: null },
  subjects: { ...noSubjects, ...subjects },
});
const policy = (toolPolicyId: string, projectId: string | null = null) => ({
  ...{ toolPolicyId, name: "P", description: null, projectId, allowlist: [], denylist: [] },
});

it.each<[string, ReturnType<typeof given>, string, string]>([
  ["an id with a slash", given({}, "a/b"), "runtime_id", "id_syntax"],
  [
    "two automations of one id",
    given({ automationSpecs: [anAutomation(), anAutomation()] }),
    "automation_specs[1].automation_id",
    "id_repeated",
  ],
  [
    "two agents of one id in an automation",
    given({ automationSpecs: [anAutomation({ agents: [anAgent(), anAgent()] })] }),
    "automation_specs[0].agents[1].agent_id",
    "id_repeated",
  ],
  [
    "a project that is none",
    given({ toolPolicies: [policy("a", "shop"), policy("b", "pay")] }),
    "tool_policies[1].project_id",
    "project_unknown",
  ],
  [
    "a node of an agent that is none",
    given({ automationSpecs: [anAutomation({ nodes: [aNode({ agentId: "ghost" })] })] }),
    "automation_specs[0].nodes[0].agent_id",
    "agent_unknown",
  ],
  [
    "a node after one that is none",
    given({
      automationSpecs: [anAutomation({ nodes: [aNode({ agentId: null, dependsOn: ["step", "x"] })] })],
    }),
    "automation_specs[0].nodes[0].depends_on[1]",
    "node_unknown",
  ],
  [
    "a policy that is none",
    given({
      agents: [{ ...anAgent({ toolPolicyIds: ["a", "b"] }), projectId: null }],
      toolPolicies: [policy("a")],
    }),
    "agents[0].tool_policy_ids[1]",
    "tool_policy_unknown",
  ],
])("%s is named by its path", (_, input, path, code) => {
  expect(registrationIssues(input, projects)).toMatchObject([{ path, code }]);
});

it("finds nothing in a registration that holds together, and nothing in an empty one", () => {
  const subjects = {
    automationSpecs: [anAutomation({ projectId: "shop", agents: [anAgent()], nodes: [aNode()] })],
    agents: [{ ...anAgent({ toolPolicyIds: ["a"] }), projectId: null }],
    toolPolicies: [policy("a")],
  };
  expect(registrationIssues(given(subjects), projects)).toEqual([]);
  expect(registrationIssues(given({}), projects)).toEqual([]);
});

describe("saying the same again", () => {
  const stored = { name: "Engine", subjects: { ...noSubjects, toolPolicies: [policy("a")] } };
  it.each([
    ["word for word", structuredClone(stored), true],
    ["under another name", { ...stored, name: "Other" }, false],
    [
      "with one more",
      { ...stored, subjects: { ...noSubjects, toolPolicies: [policy("a"), policy("b")] } },
      false,
    ],
  ])("%s", (_, again, same) => {
    expect(saysTheSame(stored, again)).toBe(same);
  });
});
