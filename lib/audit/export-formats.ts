import type { SealedEntry } from "@/lib/domain/ledger";
import { isErased } from "./leaf";

/** What other systems read: each entry a line, with its place in the ledger beside it. */
export const exportFormats = ["jsonl", "ocsf", "cef"] as const;
export type ExportFormat = (typeof exportFormats)[number];

const product = "Incident Monitor";

/** An OCSF 1.5 API Activity event (class 6003). */
export function ocsfEvent(entry: SealedEntry, version: string): Record<string, unknown> {
  const { actor, detail } = entry;
  const [kind = "", ...id] = entry.actorKey.split(":");
  const name = isErased(actor) ? undefined : (actor.value as { name?: string } | null)?.name;
  const activity = activityOf(entry.action);
  return {
    ...{
      class_uid: 6003,
      class_name: "API Activity",
      category_uid: 6,
      category_name: "Application Activity",
    },
    ...{ activity_id: activity, type_uid: 600_300 + activity, severity_id: entry.outcome === "done" ? 1 : 3 },
    time: Date.parse(entry.at),
    status_id: entry.outcome === "done" ? 1 : 2,
    status: entry.outcome,
    metadata: {
      version: "1.5.0",
      product: { name: product, vendor_name: product, version },
      uid: entry.id,
      sequence: entry.sequence,
      ...(entry.requestId && { correlation_uid: entry.requestId }),
    },
    actor: { user: { uid: id.join(":"), type: kind, ...(name !== undefined && { name }) } },
    api: { operation: entry.action },
    resources: [
      {
        type: entry.subjectKind,
        uid: entry.subjectId,
        ...(entry.projectId && { group: { uid: entry.projectId } }),
      },
    ],
    unmapped: {
      leaf_hash: entry.leafHash,
      sealed_at_ms: entry.sealedAtMs,
      ...(isErased(detail) ? { detail_erased: true } : { detail: detail.value }),
    },
  };
}

/** OCSF's activities: 1 create, 2 read, 3 update, 4 delete, 99 other. */
function activityOf(action: string): number {
  const verb = action.slice(action.lastIndexOf(".") + 1);
  if (/^(?:created|written|recorded|submitted|queued|given|invited|opened)$/.test(verb)) return 1;
  if (/^(?:exported|verified|inspected|tested)$/.test(verb)) return 2;
  if (
    /^(?:updated|rotated|disabled|enabled|restored|configured|renewed|changed|claimed|released)$/.test(verb)
  )
    return 3;
  return /^(?:deleted|removed|revoked|erased)$/.test(verb) ? 4 : 99;
}

/** A line of ArcSight's Common Event Format, version 0. */
export function cefLine(entry: SealedEntry, version: string): string {
  const { actor, detail } = entry;
  const name = isErased(actor)
    ? entry.actorKey
    : ((actor.value as { name?: string } | null)?.name ?? entry.actorKey);
  const severity = entry.outcome === "done" ? 3 : 6;
  const head = [product, product, version, entry.action, entry.action.split(".").slice(1).join(" ")].map(
    cefHead,
  );
  const fields: Array<[string, string]> = [
    ["rt", String(Date.parse(entry.at))],
    ["externalId", entry.id],
    ["suid", entry.actorKey],
    ["suser", name],
    ["outcome", entry.outcome],
    ["cs1Label", "subject"],
    ["cs1", `${entry.subjectKind}:${entry.subjectId}`],
    ["cs2Label", "project"],
    ["cs2", entry.projectId ?? ""],
    ["cs3Label", "leafHash"],
    ["cs3", entry.leafHash],
    ["cs4Label", "requestId"],
    ["cs4", entry.requestId ?? ""],
    ["cn1Label", "sequence"],
    ["cn1", String(entry.sequence)],
    ["msg", isErased(detail) ? "(erased)" : JSON.stringify(detail.value)],
  ];
  return `CEF:0|${head.join("|")}|${severity}|${fields.map(([key, value]) => `${key}=${cefValue(value)}`).join(" ")}`;
}

const cefHead = (text: string) => text.replace(/[\\|]/g, "\\$&").replace(/[\r\n]+/g, " ");
const cefValue = (text: string) => text.replace(/[\\=]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");
