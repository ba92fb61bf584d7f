import type { StepStatus } from "@/components/state/step-mark";
import type { Tone } from "@/components/ui/tone";
import type { ScenarioResultWire, ScenarioStageWire } from "@/lib/contracts/scenario";

/** Known categories in words; a pack's own as it is written. */
const categories: Record<string, string> = {
  regulatory_escalation: "Regulatory escalation",
  cross_system_dispute: "Cross-system dispute",
  prompt_injection: "Prompt injection",
  excessive_agency: "Excessive agency",
  low_confidence_missing_evidence: "Low confidence, missing evidence",
  cross_tenant: "Cross-tenant",
  unsafe_destination: "Unsafe destination",
  recurring_denied_action: "Recurring denied action",
};
export const categoryWord = (category: string): string => categories[category] ?? category;

/** A pack by what it is called: its id is what people gave it, the built-in one has a name of ours. */
export const packWords = ({ pack_id, origin }: { pack_id: string; origin: string }): string =>
  origin === "builtin" ? "Built-in adversarial pack" : pack_id;

export const statusLook: Record<ScenarioResultWire["status"], { word: string; tone: Tone }> = {
  pass: { word: "Passed", tone: "passed" },
  fail: { word: "Failed", tone: "failed" },
  blocked: { word: "Not evaluable", tone: "waiting" },
};

const assertions: Record<string, string> = {
  blocked: "Publishing is blocked",
  approval_required: "A person must approve",
  reason_contains: "The reason says",
  effective_destination_id: "It goes to",
  intake_refused: "Intake refuses the forged place",
  claims_dropped: "Claimed tenant and workspace count for nothing",
  nothing_queued: "Nothing is queued without approval",
  injection_changes_nothing: "Hostile text changes nothing",
  gate_refuses_bare: "The gate keeps out what has no evidence",
  denial_stands: "A denial stands",
  agent_refused: "An agent can neither approve nor publish",
  no_outside_call: "Nothing calls out",
};
export const assertionWord = (name: string): string => assertions[name] ?? name;

export function valueWord(value: boolean | string | null): string {
  if (value === null) return "not tried";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === "" ? "nothing" : value;
}

export const stageWord: Record<ScenarioStageWire["stage"], string> = {
  intake: "Intake",
  draft: "Draft",
  route: "Route",
  approval: "Approval",
  publish: "Publish",
};

/** A stage that stopped it did its work; what came after it was never reached. */
export const stageMark: Record<ScenarioStageWire["outcome"], StepStatus> = {
  passed: "done",
  stopped: "now",
  skipped: "skipped",
};
export const outcomeWord: Record<ScenarioStageWire["outcome"], string> = {
  passed: "went through",
  stopped: "stopped here",
  skipped: "not reached",
};

/** The five stages in order, each with everything that happened at it; one that was not reached says so. */
export function pathOf(stages: readonly ScenarioStageWire[]) {
  return (Object.keys(stageWord) as ScenarioStageWire["stage"][]).map((name) => {
    const here = stages.filter((each) => each.stage === name);
    const last = here.at(-1);
    return {
      name,
      outcome: last?.outcome ?? ("skipped" as const),
      details: here.map((each) => each.detail),
    };
  });
}
