import type { SubjectAgent } from "./authority-subjects";
import { highRiskToolWithoutApproval } from "./posture-tool-rules";

const agent = (agentId: string, tool: string): SubjectAgent => ({
  ...{ agentId, templateId: null, displayName: null, modelPolicyPresent: false, skills: [] },
  toolPolicy: { allowlist: [tool], denylist: [] },
  ...{ mcpPolicy: null, approvalPolicy: null, toolPolicyIds: [] },
});
const registered = { runtimeId: "probe", registeredAtMs: 0, stale: false, projectId: null };

/** The rule is tried on two made-up agents: the one that may send mail is found, the one that may only look is not. */
export function catchesUnapprovedTool(): boolean {
  const found = highRiskToolWithoutApproval({
    automationSpecs: [],
    toolPolicies: [],
    agents: [
      { ...agent("sends", "send_email"), ...registered },
      { ...agent("looks", "get_email"), ...registered },
    ],
  });
  return found.length === 1 && found[0]?.affected[0]?.id === "sends";
}
