import { describe, expect, it } from "vitest";
import type { GraphNodeWire, GraphPathWire } from "@/lib/contracts/authority-graph";
import { approvalWords, narrowPaths, pathsShown, throughWords, underWords } from "./graph-words";

const path = (ids: string, approval: GraphPathWire["approval"] = "always"): GraphPathWire => {
  const [who_id = "", gate_id = "", where_id = ""] = ids.split(" ");
  return { who_id, gate_id, where_id, approval, people: 1, why: [] };
};
const node = (node_id: string, kind: GraphNodeWire["kind"], label: string): [string, GraphNodeWire] => [
  node_id,
  { node_id, column: "who", kind, label, note: null },
];

it.each<[GraphPathWire["approval"], number, string]>([
  ["always", 1, "A person must approve every time."],
  ["always", 2, "2 different people must approve every time."],
  ["high_risk", 1, "A person must approve what is high risk; nobody is asked about the rest."],
  ["never", 0, "Nobody is asked."],
])("%s, %d people", (approval, people, words) => {
  expect(approvalWords({ approval, people })).toBe(words);
});

it.each<[GraphNodeWire["kind"], string]>([
  ["route", "through route Pager"],
  ["defaults", "where no route matches"],
  ["no_gate", "without passing any gate"],
  ["node_gate", "past “Pager”"],
])("through a %s", (kind, words) => {
  expect(throughWords({ kind, label: "Pager" })).toBe(words);
});

describe("which paths are told", () => {
  const paths = [path("a g x"), path("b g y", "never")];
  it("those of the chosen node, and those that ask nobody while none is", () => {
    expect(pathsShown(paths, "g")).toEqual(paths);
    expect(pathsShown(paths, "x")).toEqual([paths[0]]);
    expect(pathsShown(paths, null)).toEqual([paths[1]]);
  });

  const nodes = new Map([
    node("a", "token", "CI"),
    node("b", "agent", "Writer"),
    node("g", "route", "Pager"),
    node("x", "destination", "Hook"),
    node("y", "mcp_server", "tracker"),
  ]);
  it.each<[string, Parameters<typeof narrowPaths>[2], GraphPathWire[]]>([
    ["nothing asked", { kind: undefined, text: " " }, paths],
    ["a kind", { kind: "agent", text: "" }, paths.slice(1)],
    ["a name of any place, whatever its case", { kind: undefined, text: "HOOK" }, paths.slice(0, 1)],
    ["both at once", { kind: "token", text: "tracker" }, []],
  ])("%s", (_, wanted, left) => {
    expect(narrowPaths(paths, nodes, wanted)).toEqual(left);
  });
});

it.each([
  [{ kind: "destination", note: "github_issue" }, "Destination, GitHub"],
  [{ kind: "source", note: "log_source" }, "Source, log source"],
  [{ kind: "no_gate", note: null }, "No gate"],
] as const)("under a node %j stands %s", (node, words) => {
  expect(underWords(node)).toBe(words);
});
