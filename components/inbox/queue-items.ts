import { severityLook } from "@/components/state/severity";
import type { StateName } from "@/components/state/state-map";
import type { PostWire } from "@/lib/contracts/post";
import type { OverviewWire } from "@/lib/contracts/status";
import { destinationsPath, draftPath, receiptPath } from "@/lib/paths";

export type QueueGroup = "approvals" | "failures" | "unready";

export type QueueItem = {
  key: string;
  group: QueueGroup;
  title: string;
  /** Reported text may carry redaction markers; ours does not. */
  detail: string[];
  state: StateName;
  /** Another word than the state's own. */
  word?: string;
  atMs: number | undefined;
  /** The one thing to do about it. */
  action: { word: string; href: string };
  mark: { severity: string | undefined } | { kind: PostWire["destination_kind"] };
};

/** What waits for a person, in the order of the groups: approvals worst first, then newest. */
export function queueItems(overview: OverviewWire): QueueItem[] {
  return [
    ...worstFirst(overview.approvals_due).map(
      (draft): QueueItem => ({
        key: `approvals ${draft.draft_id}`,
        group: "approvals",
        title: draft.title,
        detail: [
          draft.source ?? "",
          `${draft.occurrence_count.toLocaleString("en-GB")} ${draft.occurrence_count === 1 ? "occurrence" : "occurrences"}`,
          draft.risk_level ? `${draft.risk_level} risk` : "",
        ].filter(Boolean),
        state: "approvalDue",
        atMs: draft.last_seen_at_ms,
        action: { word: "Review", href: draftPath(draft.draft_id) },
        mark: { severity: draft.risk_level },
      }),
    ),
    ...overview.failed_deliveries.map(
      (delivery): QueueItem => ({
        key: `failures ${delivery.post_id}`,
        group: "failures",
        title: delivery.title,
        detail: [delivery.destination_id, delivery.reason].filter(Boolean),
        state: endedStates[delivery.state],
        atMs: delivery.ended_at_ms,
        action: { word: "See why", href: receiptPath(delivery.post_id) },
        mark: { kind: undefined },
      }),
    ),
    ...unreadyByThemselves(overview).map(
      (destination): QueueItem => ({
        key: `unready ${destination.destination_id}`,
        group: "unready",
        title: `${destination.name || destination.destination_id} cannot deliver`,
        detail: destination.missing.map(missingWords),
        state: "notReady",
        atMs: undefined,
        action: { word: "Fix", href: destinationsPath({ id: destination.destination_id }) },
        mark: { kind: destination.kind },
      }),
    ),
  ];
}

const endedStates = { failed: "deliveryFailed", blocked: "blocked", ambiguous: "ambiguous" } as const;

function worstFirst(due: OverviewWire["approvals_due"]): OverviewWire["approvals_due"] {
  return due.toSorted(
    (a, b) =>
      severityLook(b.risk_level).rank - severityLook(a.risk_level).rank ||
      b.last_seen_at_ms - a.last_seen_at_ms,
  );
}

/** How many things wait: the counts where a list holds only its first rows. */
export function waitingCount(overview: OverviewWire): number {
  const { counts, ...lists } = overview;
  return (
    Math.max(counts.approvals_due, lists.approvals_due.length) +
    Math.max(counts.failed, lists.failed_deliveries.length) +
    unreadyByThemselves(overview).length
  );
}

const heldReasons = new Set(["The monitor is paused", "The monitor is disabled"]);

/** While the monitor is held every destination is; the banner says so once. What is left here has its own fault. */
function unreadyByThemselves({ unready_destinations }: OverviewWire): OverviewWire["unready_destinations"] {
  return unready_destinations
    .map((row) => ({ ...row, missing: row.missing.filter((reason) => !heldReasons.has(reason)) }))
    .filter((row) => row.missing.length > 0);
}

/** A sentence stays as it is; a bare code becomes words. */
export function missingWords(missing: string): string {
  return missing.includes(" ") ? missing : missing.replaceAll("_", " ");
}
