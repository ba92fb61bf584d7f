import type { AuthorityGraph, GraphNode, GraphPath, PathApproval } from "./authority-graph";

/** What a page can draw and somebody can read. */
export const graphLimits = { paths: 3_000, why: 8 } as const;

const strength: Record<PathApproval, number> = { never: 0, high_risk: 1, gate: 2, always: 3 };

/**
 * Puts paths together: between the same three nodes there is one, with the weakest approval of all that lead there, since
 * that is what somebody could use.
 */
export class GraphBuilder {
  private readonly nodes = new Map<string, GraphNode>();
  private readonly paths = new Map<string, GraphPath>();
  private truncated = false;

  add(
    who: GraphNode,
    gate: GraphNode,
    where: GraphNode,
    found: Pick<GraphPath, "approval" | "people" | "why">,
  ): void {
    const key = JSON.stringify([who.nodeId, gate.nodeId, where.nodeId]);
    const before = this.paths.get(key);
    if (before) {
      if (isWeaker(found, before)) this.paths.set(key, { ...before, ...found, why: distinct(found.why) });
      return;
    }
    if (this.paths.size >= graphLimits.paths) {
      this.truncated = true;
      return;
    }
    for (const node of [who, gate, where])
      if (!this.nodes.has(node.nodeId)) this.nodes.set(node.nodeId, node);
    this.paths.set(key, {
      ...{ whoId: who.nodeId, gateId: gate.nodeId, whereId: where.nodeId },
      ...{ approval: found.approval, people: found.people, why: distinct(found.why) },
    });
  }

  build(): AuthorityGraph {
    return { nodes: [...this.nodes.values()], paths: [...this.paths.values()], truncated: this.truncated };
  }
}

const isWeaker = (found: Pick<GraphPath, "approval" | "people">, than: GraphPath): boolean =>
  strength[found.approval] < strength[than.approval] ||
  (found.approval === than.approval && found.people < than.people);

function distinct(why: GraphPath["why"]): GraphPath["why"] {
  return [...new Map(why.map((each) => [each.message, each])).values()].slice(0, graphLimits.why);
}
