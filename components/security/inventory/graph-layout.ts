import type { AuthorityGraphWire, GraphNodeWire, GraphPathWire } from "@/lib/contracts/authority-graph";

/** Sizes of the drawing, px. Buttons are laid over it at the same places. */
export const graphSize = { width: 980, node: 276, gap: 76, row: 48, height: 40 } as const;

export type PlacedNode = GraphNodeWire & { x: number; y: number };
export type DrawnEdge = {
  key: string;
  from: PlacedNode;
  to: PlacedNode;
  approval: GraphPathWire["approval"];
};
export type GraphDrawing = { nodes: PlacedNode[]; edges: DrawnEdge[]; height: number };

const columns = ["who", "gate", "where"] as const;
const strength: Record<GraphPathWire["approval"], number> = { never: 0, high_risk: 1, gate: 2, always: 3 };

/**
 * Three columns, each in the order of what its nodes lead from, so that lines cross little. Only nodes with a path are
 * there. An edge stands for every path over it and shows the weakest approval among them.
 */
export function drawGraph(nodes: AuthorityGraphWire["nodes"], paths: readonly GraphPathWire[]): GraphDrawing {
  const used = new Set(paths.flatMap((path) => [path.who_id, path.gate_id, path.where_id]));
  const byColumn = columns.map((column) =>
    nodes.filter((node) => node.column === column && used.has(node.node_id)),
  );
  const order = new Map((byColumn[0] ?? []).map((node, index) => [node.node_id, index]));
  arrange(byColumn[1] ?? [], order, paths, "gate_id", "who_id");
  arrange(byColumn[2] ?? [], order, paths, "where_id", "gate_id");
  const rows = Math.max(0, ...byColumn.map((column) => column.length));
  const placed = byColumn.flatMap((column, at) => {
    // Short columns stand in the middle of the longest.
    const top = ((rows - column.length) * graphSize.row) / 2;
    return column.map((node, index) => ({
      ...node,
      x: at * (graphSize.node + graphSize.gap),
      y: top + index * graphSize.row,
    }));
  });
  return { nodes: placed, edges: edgesOf(placed, paths), height: rows * graphSize.row };
}

type End = "who_id" | "gate_id" | "where_id";

/** Sorts a column by the mean place of what leads there, and notes the places it gives. */
function arrange(
  column: GraphNodeWire[],
  order: Map<string, number>,
  paths: readonly GraphPathWire[],
  end: End,
  before: End,
): void {
  const places = new Map<string, number[]>();
  for (const path of paths) {
    const place = order.get(path[before]) ?? 0;
    places.set(path[end], [...(places.get(path[end]) ?? []), place]);
  }
  const mean = (id: string) => {
    const all = places.get(id) ?? [];
    return all.reduce((sum, each) => sum + each, 0) / Math.max(1, all.length);
  };
  const means = new Map(column.map((node) => [node.node_id, mean(node.node_id)]));
  column.sort((left, right) => (means.get(left.node_id) ?? 0) - (means.get(right.node_id) ?? 0));
  for (const [index, node] of column.entries()) order.set(node.node_id, index);
}

function edgesOf(placed: readonly PlacedNode[], paths: readonly GraphPathWire[]): DrawnEdge[] {
  const at = new Map(placed.map((node) => [node.node_id, node]));
  const edges = new Map<string, DrawnEdge>();
  for (const path of paths) {
    for (const [fromId, toId] of [
      [path.who_id, path.gate_id],
      [path.gate_id, path.where_id],
    ] as const) {
      const from = at.get(fromId);
      const to = at.get(toId);
      if (!from || !to) continue;
      const key = JSON.stringify([fromId, toId]);
      const known = edges.get(key);
      if (known && strength[known.approval] <= strength[path.approval]) continue;
      edges.set(key, { key, from, to, approval: path.approval });
    }
  }
  return [...edges.values()];
}

/** A line from the right side of a node to the left side of the next. */
export function edgePath({ from, to }: Pick<DrawnEdge, "from" | "to">): string {
  const middle = graphSize.height / 2;
  const [x1, y1] = [from.x + graphSize.node, from.y + middle];
  const [x2, y2] = [to.x, to.y + middle];
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
