import type { Database } from "@/lib/db/client";
import { type FailedNode, findConcreteFailures } from "@/lib/db/runtime-failure-store";
import { sha256Hex } from "@/lib/digest";
import { fingerprintOf, type IdentityPart } from "@/lib/domain/fingerprint";
import type { FailureReport, RuntimeIdentity } from "@/lib/domain/report";
import { isAggregateReason, type RuntimePlace } from "@/lib/domain/runtime-event-facts";

/** A run's events arrive within days of each other; further back nothing is looked for. */
const lookBackMs = 7 * 86_400_000;

/**
 * "The run failed from node outcomes: X" tells nothing that X's own failure did not: it takes that failure's identity
 * and is counted with it. Looked for among the events before it in this request, newest first, then in the database;
 * an aggregate never joins another one, nor another node, nor another run (case 20).
 */
export async function joinConcreteFailures(
  db: Database,
  reports: readonly FailureReport[],
  place: RuntimePlace & { nowMs: number },
): Promise<FailureReport[]> {
  const nodes = reports.map((report) => failedNodeOf(report, place));
  const concrete = new Map<string, RuntimeIdentity>();
  const joined = reports.map((report, index) => {
    const key = nodeKey(nodes[index]);
    const { identity } = report;
    if (key === null || !identity?.reason) return report;
    if (isAggregateReason(identity.reason)) return { ...report, identity: concrete.get(key) ?? identity };
    concrete.set(key, identity);
    return report;
  });
  const open = joined.flatMap((report, index) => {
    const node = nodes[index];
    return node && isAggregateReason(report.identity?.reason) ? [{ index, node }] : [];
  });
  const found = await findConcreteFailures(
    db,
    open.map((each) => each.node),
    { repo: place.repo, workspaceRoot: place.workspaceRoot, sinceMs: place.nowMs - lookBackMs },
  );
  for (const [position, parts] of found) {
    const index = open[position]?.index;
    const report = index === undefined ? undefined : joined[index];
    if (index !== undefined && report) joined[index] = { ...report, identity: identityFrom(parts) };
  }
  return joined;
}

/** The node in the words of the stored identity. Null where run or node is not known: then nothing is joined. */
function failedNodeOf(report: FailureReport, place: RuntimePlace): FailedNode | null {
  const { runId } = report.attributes;
  const origin = { projectId: null, logSourceId: null, repo: place.repo };
  const { parts } = fingerprintOf(report, origin, sha256Hex);
  const valueOf = (name: IdentityPart["name"]) => parts.find((part) => part.name === name)?.value;
  const node = valueOf("node");
  if (!runId || !node || !report.event) return null;
  return { eventType: report.event, runId, workflow: valueOf("workflow") ?? null, node };
}

const nodeKey = (node: FailedNode | null | undefined) =>
  node ? JSON.stringify([node.eventType, node.runId, node.workflow, node.node]) : null;

function identityFrom(parts: readonly IdentityPart[]): RuntimeIdentity {
  return Object.fromEntries(parts.map((part) => [part.name, part.value]));
}
