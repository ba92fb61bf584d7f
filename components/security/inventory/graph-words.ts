import { type DestinationKind, destinationKinds } from "@/components/destinations/kinds";
import type { GraphNodeWire, GraphPathWire } from "@/lib/contracts/authority-graph";

type NodeKind = GraphNodeWire["kind"];

export const whoKinds = [
  { value: "person", label: "People" },
  { value: "token", label: "Tokens" },
  { value: "key", label: "Intake keys" },
  { value: "source", label: "Sources" },
  { value: "agent", label: "Agents" },
] as const satisfies readonly { value: NodeKind; label: string }[];
export type WhoKind = (typeof whoKinds)[number]["value"];

/** What a node is, above its name. */
export const kindWords: Record<NodeKind, string> = {
  person: "People",
  token: "Token",
  key: "Intake key",
  source: "Source",
  agent: "Agent",
  route: "Route",
  defaults: "No route",
  agent_policy: "Agent’s approval",
  node_gate: "Step’s gate",
  no_gate: "No gate",
  destination: "Destination",
  mcp_server: "MCP server",
  runtime_tools: "Tools",
};

/** Under its name: "Destination, GitHub". */
export function underWords({ kind, note }: Pick<GraphNodeWire, "kind" | "note">): string {
  const of =
    kind === "destination" && note && Object.hasOwn(destinationKinds, note)
      ? destinationKinds[note as DestinationKind].word
      : note?.replaceAll("_", " ");
  return [kindWords[kind], of].filter(Boolean).join(", ");
}

/** What it does, as the middle of a sentence. */
const verbs: Partial<Record<NodeKind, string>> = {
  person: "may publish to",
  token: "may publish to",
  key: "can report what may go to",
  source: "reports what may go to",
  agent: "can reach",
};
export const verbOf = (kind: NodeKind): string => verbs[kind] ?? "leads to";

/** Through what, as the end of that sentence. */
export function throughWords(gate: Pick<GraphNodeWire, "kind" | "label">): string {
  switch (gate.kind) {
    case "route":
      return `through route ${gate.label}`;
    case "defaults":
      return "where no route matches";
    case "no_gate":
      return "without passing any gate";
    default:
      return `past “${gate.label}”`;
  }
}

/** Who is asked before it happens. */
export function approvalWords({ approval, people }: Pick<GraphPathWire, "approval" | "people">): string {
  const asked = people > 1 ? `${people} different people must approve` : "A person must approve";
  switch (approval) {
    case "always":
      return `${asked} every time.`;
    case "high_risk":
      return `${asked} what is high risk; nobody is asked about the rest.`;
    case "gate":
      return "The runtime asks somebody itself; nobody here can open that gate.";
    case "never":
      return "Nobody is asked.";
  }
}

export const approvalLegend: Record<GraphPathWire["approval"], string> = {
  always: "People always approve",
  high_risk: "People approve high risk",
  gate: "The runtime’s own gate",
  never: "Nobody is asked",
};

/** The paths that a chosen node is on; all that ask nobody while none is chosen. */
export function pathsShown(paths: readonly GraphPathWire[], chosen: string | null): GraphPathWire[] {
  if (chosen === null) return paths.filter((path) => path.approval === "never");
  return paths.filter((path) => [path.who_id, path.gate_id, path.where_id].includes(chosen));
}

/** Paths of one kind of actor, and of names that hold a text: of any of the three places. */
export function narrowPaths(
  paths: readonly GraphPathWire[],
  nodes: ReadonlyMap<string, GraphNodeWire>,
  { kind, text }: { kind: WhoKind | undefined; text: string },
): GraphPathWire[] {
  const wanted = text.trim().toLowerCase();
  const holds = (id: string) => {
    const node = nodes.get(id);
    return `${node?.label ?? ""} ${node?.note ?? ""}`.toLowerCase().includes(wanted);
  };
  return paths.filter(
    (path) =>
      (kind === undefined || nodes.get(path.who_id)?.kind === kind) &&
      (wanted === "" || [path.who_id, path.gate_id, path.where_id].some(holds)),
  );
}
