import { describe, expect, it } from "vitest";
import type { GraphNodeWire, GraphPathWire } from "@/lib/contracts/authority-graph";
import { drawGraph, edgePath, graphSize } from "./graph-layout";

const node = (node_id: string, column: GraphNodeWire["column"]): GraphNodeWire => ({
  ...{ node_id, column, kind: column === "who" ? "source" : column === "gate" ? "route" : "destination" },
  ...{ label: node_id, note: null },
});
const path = (ids: string, approval: GraphPathWire["approval"] = "always"): GraphPathWire => {
  const [who_id = "", gate_id = "", where_id = ""] = ids.split(" ");
  return { who_id, gate_id, where_id, approval, people: 1, why: [] };
};
const nodes = [
  ...["a", "b", "unused"].map((id) => node(id, "who")),
  ...["g1", "g2"].map((id) => node(id, "gate")),
  ...["x", "y", "z"].map((id) => node(id, "where")),
];

describe("drawing", () => {
  it("orders a column by what leads there, and leaves out what nothing leads through", () => {
    const { nodes: placed } = drawGraph(nodes, [path("b g1 x"), path("a g2 y")]);
    expect(placed.map((each) => each.node_id)).toEqual(["a", "b", "g2", "g1", "y", "x"]);
  });

  it("puts short columns in the middle of the longest", () => {
    const { nodes: placed, height } = drawGraph(nodes, [path("a g1 x"), path("a g1 y"), path("a g1 z")]);
    const at = new Map(placed.map((each) => [each.node_id, [each.x, each.y]]));
    expect([height, at.get("a"), at.get("g1"), at.get("x")]).toEqual([
      3 * graphSize.row,
      [0, graphSize.row],
      [graphSize.node + graphSize.gap, graphSize.row],
      [2 * (graphSize.node + graphSize.gap), 0],
    ]);
  });

  it("one edge stands for its paths and shows the weakest approval of them", () => {
    const { edges } = drawGraph(nodes, [
      path("a g1 x"),
      path("b g1 x", "never"),
      path("b g1 y", "high_risk"),
    ]);
    const read = edges.map((edge) => `${edge.from.node_id}-${edge.to.node_id} ${edge.approval}`).sort();
    expect(read).toEqual(["a-g1 always", "b-g1 never", "g1-x never", "g1-y high_risk"]);
  });

  it("draws nothing of nothing", () => {
    expect(drawGraph(nodes, [])).toEqual({ nodes: [], edges: [], height: 0 });
  });

  it("lines run from side to side", () => {
    const { edges } = drawGraph(nodes, [path("a g1 x")]);
    expect(edges[0] && edgePath(edges[0])).toBe("M276 20C314 20 314 20 352 20");
  });
});
