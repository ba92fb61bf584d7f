import type {
  RuntimeRegistration,
  RuntimeSubjects,
  SubjectAgent,
  SubjectAutomation,
} from "./authority-subjects";
import { canonicalJson } from "./canonical-json";
import { Findings, type Issue } from "./config-issue";
import { isSlug } from "./config-syntax";

/** How much one runtime may say, and how many may. What is registered is read whole with every inventory. */
export const registrationLimits = {
  runtimes: 20,
  bodyBytes: 512 * 1024,
  /** Of each kind of subject. */
  subjects: 500,
  agents: 100,
  nodes: 200,
  /** Of any other list. */
  list: 200,
  id: 200,
  text: 1_000,
} as const;

const dayMs = 86_400_000;
/** How long what was registered is taken to be so, and how long anybody may say it is. */
export const registrationLifetimes = { defaultMs: 7 * dayMs, minMs: 60_000, maxMs: 90 * dayMs } as const;

export type RegistrationInput = { runtimeId: string; name: string | null; subjects: RuntimeSubjects };

/**
 * Everything that is wrong with a registration beyond its shape, by the wire's paths: ids given twice, names of nothing,
 * projects this deployment does not have. Nothing of it is stored while there is any.
 */
export function registrationIssues(input: RegistrationInput, projectIds: ReadonlySet<string>): Issue[] {
  const found = new Findings();
  if (!isSlug(input.runtimeId)) {
    found.error("runtime_id", "id_syntax", "Give 1 to 200 letters, digits, dots, dashes or underscores.");
  }
  const { workflows, automationSpecs, agents, toolPolicies } = input.subjects;
  refuseRepeats(found, "workflows", "workflow_id", idsOf(workflows, "workflowId"));
  refuseRepeats(found, "automation_specs", "automation_id", idsOf(automationSpecs, "automationId"));
  refuseRepeats(found, "agents", "agent_id", idsOf(agents, "agentId"));
  refuseRepeats(found, "tool_policies", "tool_policy_id", idsOf(toolPolicies, "toolPolicyId"));
  for (const [list, rows] of Object.entries({
    ...{ workflows, automation_specs: automationSpecs, agents, tool_policies: toolPolicies },
  })) {
    rows.forEach(({ projectId }, index) => {
      if (projectId === null || projectIds.has(projectId)) return;
      found.error(
        `${list}[${index}].project_id`,
        "project_unknown",
        "No monitored project has this id; leave it out for one that belongs to none.",
      );
    });
  }
  const policies = new Set(idsOf(toolPolicies, "toolPolicyId"));
  workflows.forEach(({ steps }, index) => {
    refuseRepeats(found, `workflows[${index}].steps`, "step_id", idsOf(steps, "stepId"));
  });
  refuseUnknownPolicies(found, "agents", agents, policies);
  automationSpecs.forEach((spec, index) => {
    checkAutomation(found, `automation_specs[${index}]`, spec, policies);
  });
  return found.errors;
}

function checkAutomation(
  found: Findings,
  path: string,
  { agents, nodes }: SubjectAutomation,
  policies: ReadonlySet<string>,
): void {
  const agentIds = new Set(idsOf(agents, "agentId"));
  const nodeIds = new Set(idsOf(nodes, "nodeId"));
  refuseRepeats(found, `${path}.agents`, "agent_id", idsOf(agents, "agentId"));
  refuseRepeats(found, `${path}.nodes`, "node_id", idsOf(nodes, "nodeId"));
  refuseUnknownPolicies(found, `${path}.agents`, agents, policies);
  nodes.forEach((node, index) => {
    const at = `${path}.nodes[${index}]`;
    if (node.agentId !== null && !agentIds.has(node.agentId)) {
      found.error(`${at}.agent_id`, "agent_unknown", "No agent of this automation has this id.");
    }
    const stray = node.dependsOn.findIndex((id) => !nodeIds.has(id));
    if (stray >= 0) {
      found.error(`${at}.depends_on[${stray}]`, "node_unknown", "No node of this automation has this id.");
    }
  });
}

function refuseUnknownPolicies(
  found: Findings,
  path: string,
  agents: readonly Pick<SubjectAgent, "toolPolicyIds">[],
  policies: ReadonlySet<string>,
): void {
  agents.forEach(({ toolPolicyIds }, index) => {
    const stray = toolPolicyIds.findIndex((id) => !policies.has(id));
    if (stray < 0) return;
    const message = "No tool policy of this registration has this id.";
    found.error(`${path}[${index}].tool_policy_ids[${stray}]`, "tool_policy_unknown", message);
  });
}

function refuseRepeats(found: Findings, path: string, name: string, ids: readonly string[]): void {
  const seen = new Set<string>();
  ids.forEach((id, index) => {
    if (seen.has(id)) {
      found.error(`${path}[${index}].${name}`, "id_repeated", "Another row before it has the same id.");
    }
    seen.add(id);
  });
}

const idsOf = <Key extends string>(rows: readonly Record<Key, string>[], key: Key): string[] =>
  rows.map((row) => row[key]);

/** Does it say anything new? Only then its generation moves on; said again, it is as young as today and no more. */
export function saysTheSame(
  stored: Pick<RuntimeRegistration, "name" | "subjects">,
  given: Pick<RuntimeRegistration, "name" | "subjects">,
): boolean {
  return (
    canonicalJson([stored.name, stored.subjects as never]) ===
    canonicalJson([given.name, given.subjects as never])
  );
}

/** What the audit keeps of a registration: how much of what, no word of it. */
export const registrationCounts = ({
  workflows,
  automationSpecs,
  agents,
  toolPolicies,
}: RuntimeSubjects) => ({
  workflows: workflows.length,
  automation_specs: automationSpecs.length,
  agents: agents.length + automationSpecs.reduce((sum, spec) => sum + spec.agents.length, 0),
  tool_policies: toolPolicies.length,
});
