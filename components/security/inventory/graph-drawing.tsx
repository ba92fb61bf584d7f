"use client";

import { useMemo } from "react";
import { cn } from "@/components/ui/cn";
import type { AuthorityGraphWire, GraphNodeWire, GraphPathWire } from "@/lib/contracts/authority-graph";
import { type DrawnEdge, drawGraph, edgePath, graphSize, type PlacedNode } from "./graph-layout";
import { approvalLegend, pathsShown, underWords } from "./graph-words";

type GraphDrawingProps = {
  nodes: AuthorityGraphWire["nodes"];
  paths: readonly GraphPathWire[];
  chosen: string | null;
  onChoose: (nodeId: string | null) => void;
};

const dashes: Record<GraphPathWire["approval"], string | undefined> = {
  always: undefined,
  gate: "10 3",
  high_risk: "5 4",
  never: "1.5 4",
};
const headings: Record<GraphNodeWire["column"], string> = {
  who: "Who or what",
  gate: "Through",
  where: "To",
};

/** Lines are drawn, nodes are buttons over them: choosing one brings out its paths. Wide for a phone, so it scrolls. */
export function GraphDrawing({ nodes, paths, chosen, onChoose }: GraphDrawingProps) {
  const drawing = useMemo(() => drawGraph(nodes, paths), [nodes, paths]);
  const lit = useMemo(() => litBy(paths, chosen), [paths, chosen]);
  return (
    <div className="flex flex-col gap-2">
      <Legend paths={paths} />
      <section
        aria-label="Graph of who may publish where"
        tabIndex={0}
        className="relative max-h-[60vh] max-w-full overflow-auto pb-2"
      >
        <div style={{ width: graphSize.width }}>
          <div className="grid pb-2 text-12 text-muted-foreground" style={columnsStyle} aria-hidden>
            {Object.values(headings).map((heading) => (
              <span key={heading}>{heading}</span>
            ))}
          </div>
          <div className="relative" style={{ height: drawing.height }}>
            <svg
              aria-hidden
              className="absolute inset-0"
              width={graphSize.width}
              height={drawing.height}
              fill="none"
            >
              {byLight(drawing.edges, lit).map((edge) => (
                <path
                  key={edge.key}
                  d={edgePath(edge)}
                  strokeDasharray={dashes[edge.approval]}
                  strokeLinecap="round"
                  className={edgeClass(edge, lit)}
                />
              ))}
            </svg>
            {(Object.keys(headings) as GraphNodeWire["column"][]).map((column) => (
              <ul key={column} aria-label={headings[column]}>
                {drawing.nodes
                  .filter((node) => node.column === column)
                  .map((node) => (
                    <li
                      key={node.node_id}
                      className="absolute"
                      style={{ left: node.x, top: node.y, width: graphSize.node }}
                    >
                      <NodeButton
                        node={node}
                        chosen={chosen === node.node_id}
                        dim={lit !== null && !lit.nodes.has(node.node_id)}
                        onChoose={() => onChoose(chosen === node.node_id ? null : node.node_id)}
                      />
                    </li>
                  ))}
              </ul>
            ))}
          </div>
        </div>
      </section>
    </div>
  );
}

const columnsStyle = {
  gridTemplateColumns: `repeat(3, ${graphSize.node}px)`,
  columnGap: graphSize.gap,
};

type Lit = { nodes: ReadonlySet<string>; edges: ReadonlySet<string> };

/** What is on a path of the chosen node; null while none is chosen. */
function litBy(paths: readonly GraphPathWire[], chosen: string | null): Lit | null {
  if (chosen === null) return null;
  const on = pathsShown(paths, chosen);
  return {
    nodes: new Set(on.flatMap((path) => [path.who_id, path.gate_id, path.where_id])),
    edges: new Set(
      on.flatMap((path) => [
        JSON.stringify([path.who_id, path.gate_id]),
        JSON.stringify([path.gate_id, path.where_id]),
      ]),
    ),
  };
}

/** Lines that count lie over the others. */
const byLight = (edges: readonly DrawnEdge[], lit: Lit | null) =>
  lit
    ? edges.toSorted((left, right) => Number(lit.edges.has(left.key)) - Number(lit.edges.has(right.key)))
    : edges;

function edgeClass(edge: DrawnEdge, lit: Lit | null): string {
  if (!lit) return "stroke-chart-ink";
  return lit.edges.has(edge.key) ? "stroke-foreground stroke-2" : "stroke-border";
}

type NodeButtonProps = { node: PlacedNode; chosen: boolean; dim: boolean; onChoose: () => void };

function NodeButton({ node, chosen, dim, onChoose }: NodeButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      style={{ height: graphSize.height }}
      className={cn(
        "flex w-full flex-col justify-center overflow-hidden rounded-sm border bg-card px-2.5 text-left hover:bg-accent",
        chosen ? "border-foreground bg-accent" : dim ? "border-border" : "border-border-strong",
      )}
    >
      <span className={cn("truncate leading-4", chosen && "font-medium", dim && "text-muted-foreground")}>
        {node.label}
      </span>
      <span className="truncate text-11 leading-4 text-muted-foreground">{underWords(node)}</span>
    </button>
  );
}

function Legend({ paths }: { paths: readonly GraphPathWire[] }) {
  const present = new Set(paths.map((path) => path.approval));
  const shown = (Object.keys(approvalLegend) as GraphPathWire["approval"][]).filter((each) =>
    present.has(each),
  );
  return (
    <ul
      aria-label="What the lines mean"
      className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted-foreground"
    >
      {shown.map((approval) => (
        <li key={approval} className="flex items-center gap-1.5">
          <svg aria-hidden width={28} height={4} fill="none">
            <path
              d="M1 2H27"
              strokeDasharray={dashes[approval]}
              strokeLinecap="round"
              strokeWidth={2}
              className="stroke-foreground"
            />
          </svg>
          {approvalLegend[approval]}
        </li>
      ))}
    </ul>
  );
}
