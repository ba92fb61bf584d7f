import type { GroupingRequestWire, GroupingRuleWire } from "@/lib/contracts/grouping";
import type { IncidentWire } from "@/lib/contracts/incident";

export type EffectKind = GroupingRequestWire["effect"]["kind"];
type Ignorable = Extract<GroupingRequestWire["effect"], { kind: "ignore" }>["parts"][number];
type Attribute = Extract<GroupingRequestWire["effect"], { kind: "add" }>["attribute"];

/** A rule while it is written; every kind's own words outlive a change of the kind. */
export type RuleDraft = {
  project: string;
  type: string;
  event: string;
  component: string;
  message: string;
  kind: EffectKind;
  parts: readonly Ignorable[];
  pattern: string;
  attribute: Attribute;
  key: string;
};

export const effectKinds: readonly { value: EffectKind; label: string; help: string }[] = [
  {
    value: "ignore",
    label: "Leave a part out",
    help: "Failures that differ in that part alone become one incident.",
  },
  {
    value: "variable",
    label: "Treat words of the message as a variable",
    help: "What the expression finds counts as one and the same.",
  },
  {
    value: "add",
    label: "Tell apart by an attribute",
    help: "Each of its values becomes an incident of its own.",
  },
  { value: "group", label: "Group under one name", help: "All that match become one incident." },
];

export const ignorable: readonly { value: Ignorable; label: string }[] = [
  { value: "component", label: "Component" },
  { value: "event", label: "Event" },
  { value: "template", label: "Message template" },
  { value: "cause", label: "Root cause" },
  { value: "frames", label: "Frames" },
  { value: "file", label: "File" },
];

export const addable: readonly { value: Attribute; label: string }[] = [
  { value: "environment", label: "Environment" },
  { value: "release", label: "Release" },
  { value: "process", label: "Process" },
  { value: "level", label: "Level" },
  { value: "file_name", label: "File name" },
  { value: "actor", label: "Actor" },
];

/** Empty, or beginning with what an incident is. */
export function ruleDraftOf(incident: IncidentWire | undefined, project: string | null): RuleDraft {
  const part = (name: string) => incident?.identity.find((each) => each.name === name)?.value ?? "";
  return {
    project: incident ? (incident.project_id ?? "") : (project ?? ""),
    ...{ type: part("type"), event: part("event"), component: "", message: "" },
    ...{ kind: "ignore", parts: ["component"], pattern: "", attribute: "environment", key: "" },
  };
}

/** What can be tried; null while something is still missing. */
export function requestOf(draft: RuleDraft): GroupingRequestWire | null {
  const effect = effectOf(draft);
  if (!effect) return null;
  const { type, event, component, message } = draft;
  return { project_id: draft.project || null, match: { type, event, component, message }, effect };
}

function effectOf(draft: RuleDraft): GroupingRequestWire["effect"] | null {
  switch (draft.kind) {
    case "ignore":
      return draft.parts.length > 0 ? { kind: "ignore", parts: [...draft.parts] } : null;
    case "variable":
      return draft.pattern.trim() ? { kind: "variable", pattern: draft.pattern } : null;
    case "add":
      return { kind: "add", attribute: draft.attribute };
    case "group":
      return draft.key.trim() ? { kind: "group", key: draft.key.trim() } : null;
  }
}

/** A rule read aloud. */
export function ruleWords(rule: Pick<GroupingRuleWire, "kind" | "match" | "effect" | "split">): string {
  if (rule.split) return `${rule.split.attribute} “${rule.split.value}” is an incident of its own`;
  const { match = {}, effect } = rule;
  const conditions = Object.entries(match).map(([name, value]) =>
    name === "message" ? `the message has /${value}/` : `${name} is ${value}`,
  );
  const when = conditions.length > 0 ? `Where ${conditions.join(" and ")}: ` : "Everywhere: ";
  switch (effect?.kind) {
    case "ignore":
      return `${when}${effect.parts.join(", ")} left out`;
    case "variable":
      return `${when}/${effect.pattern}/ is a variable`;
    case "add":
      return `${when}told apart by ${effect.attribute.replaceAll("_", " ")}`;
    case "group":
      return `${when}one incident, “${effect.key}”`;
    default:
      return when;
  }
}
