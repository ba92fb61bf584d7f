import { severityLook } from "@/components/state/severity";
import { sourceWords } from "@/components/state/source-words";
import type { StateName } from "@/components/state/state-map";
import type { PostWire } from "@/lib/contracts/post";
import type { OverviewWire } from "@/lib/contracts/status";
import {
  accessPath,
  breakGlassPath,
  destinationsPath,
  draftPath,
  receiptPath,
  sourcesPath,
} from "@/lib/paths";
import type { NameOf } from "@/lib/queries/names";

export type QueueGroup = "reviews" | "approvals" | "failures" | "unready" | "silent" | "keys";

/** The groups in their order: what each is called, and what doing its work asks for. */
export const queueGroups: readonly { id: QueueGroup; label: string; permission: string }[] = [
  { id: "reviews", label: "Emergency approvals to review", permission: "reviewBreakGlass" },
  { id: "approvals", label: "Approvals due", permission: "decide" },
  { id: "failures", label: "Failed and ambiguous deliveries", permission: "publish" },
  { id: "unready", label: "Unready destinations", permission: "configure" },
  { id: "silent", label: "Silent sources", permission: "configure" },
  { id: "keys", label: "Keys and tokens that end", permission: "manageKeys" },
];

/** What this person can act upon, and what waits for somebody else. Until their role is known everything is theirs. */
export function splitByRole(
  items: readonly QueueItem[],
  permissions: readonly string[] | undefined,
): { mine: QueueItem[]; others: QueueItem[] } {
  const isMine = ({ group, byOthersOnly }: QueueItem) => {
    if (byOthersOnly) return false;
    const needed = queueGroups.find((each) => each.id === group)?.permission ?? "";
    return permissions === undefined || permissions.includes(needed);
  };
  return { mine: items.filter(isMine), others: items.filter((item) => !isMine(item)) };
}

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
  /** Whatever the role: this person may not be the one. */
  byOthersOnly?: boolean;
  /** The one thing to do about it. */
  action: { word: string; href: string };
  mark:
    | { severity: string | undefined }
    | { kind: PostWire["destination_kind"] }
    | { icon: "source" | "key" | "siren" };
};

type DueDraft = OverviewWire["approvals_due"][number];

/** Is it for others alone to approve: has this reader done so, or are others named? */
const isForOthers = (draft: DueDraft) => draft.approved_by_you ?? draft.asks_others;

/** What waits for a person, in the order of the groups: approvals worst first, then newest. */
export function queueItems(overview: OverviewWire, name: NameOf): QueueItem[] {
  return [
    ...overview.break_glass_reviews.map(
      (use): QueueItem => ({
        key: `reviews ${use.break_glass_id}`,
        group: "reviews",
        title: use.title || "A draft that is gone",
        detail: [
          `${use.own ? "you" : use.by} approved alone`,
          ...(use.own ? ["somebody else has to judge it"] : []),
        ],
        state: use.overdue ? "reviewOverdue" : "reviewDue",
        atMs: use.due_at_ms,
        byOthersOnly: use.own,
        action: { word: use.own ? "See" : "Judge", href: breakGlassPath() },
        mark: { icon: "siren" },
      }),
    ),
    ...worstFirst(overview.approvals_due).map(
      (draft): QueueItem => ({
        key: `approvals ${draft.draft_id}`,
        group: "approvals",
        title: draft.title,
        detail: [
          draft.approved_by_you ? "you approved, others have to as well" : "",
          draft.asks_others && !draft.approved_by_you ? "others are named to approve it" : "",
          draft.source ? sourceWords(draft.source) : "",
          `${draft.occurrence_count.toLocaleString("en-GB")} ${draft.occurrence_count === 1 ? "occurrence" : "occurrences"}`,
          draft.risk_level ? `${draft.risk_level} risk` : "",
        ].filter(Boolean),
        state: "approvalDue",
        word: isForOthers(draft) && "Waits for others",
        byOthersOnly: isForOthers(draft),
        atMs: draft.last_seen_at_ms,
        action: { word: isForOthers(draft) ? "See" : "Review", href: draftPath(draft.draft_id) },
        mark: { severity: draft.risk_level },
      }),
    ),
    ...overview.failed_deliveries.map(
      (delivery): QueueItem => ({
        key: `failures ${delivery.post_id}`,
        group: "failures",
        title: delivery.title,
        detail: [name.destination(delivery.destination_id), delivery.reason].filter(Boolean),
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
    ...overview.silent_sources.map(
      (source): QueueItem => ({
        key: `silent ${source.project_id}/${source.source_id}`,
        group: "silent",
        title: `${name.project(source.project_id)} / ${source.source_id}`,
        detail: [source.advice ?? ""].filter(Boolean),
        state: source.state,
        atMs: source.since_ms,
        action: { word: "Look", href: sourcesPath({ project: source.project_id, source: source.source_id }) },
        mark: { icon: "source" },
      }),
    ),
    ...overview.expiring_keys.map((key): QueueItem => {
      const ended = key.expires_at_ms <= overview.now_ms;
      return {
        key: `keys ${key.id}`,
        group: "keys",
        title: key.name,
        detail: [
          key.kind === "intake_key"
            ? `intake key of ${key.project_id ? name.project(key.project_id) : "a project"}`
            : "API token",
        ],
        state: ended ? "keyEnded" : "keyEnding",
        atMs: key.expires_at_ms,
        action: { word: ended ? "Replace" : "Rotate", href: keyHref(key) },
        mark: { icon: "key" },
      };
    }),
  ];
}

const keyHref = (key: OverviewWire["expiring_keys"][number]) =>
  key.kind === "intake_key" ? sourcesPath({ project: key.project_id }) : accessPath();

const endedStates = { failed: "deliveryFailed", blocked: "blocked", ambiguous: "ambiguous" } as const;

function worstFirst(due: OverviewWire["approvals_due"]): OverviewWire["approvals_due"] {
  return due.toSorted(
    (a, b) =>
      severityLook(b.risk_level).rank - severityLook(a.risk_level).rank ||
      b.last_seen_at_ms - a.last_seen_at_ms,
  );
}

/**
 * How many things wait for this person: the counts where a list holds only its first rows. Until their role is known
 * everything is theirs, as in `splitByRole`.
 */
export function waitingCount(overview: OverviewWire, permissions: readonly string[] | undefined): number {
  const { counts, ...lists } = overview;
  const byOthers = {
    reviews: lists.break_glass_reviews.filter((use) => use.own).length,
    approvals: lists.approvals_due.filter((draft) => isForOthers(draft)).length,
  };
  const waiting: Record<QueueGroup, number> = {
    reviews: Math.max(counts.break_glass_open, lists.break_glass_reviews.length) - byOthers.reviews,
    approvals: Math.max(counts.approvals_due, lists.approvals_due.length) - byOthers.approvals,
    failures: Math.max(counts.failed, lists.failed_deliveries.length),
    unready: unreadyByThemselves(overview).length,
    silent: lists.silent_sources.length,
    keys: lists.expiring_keys.length,
  };
  return queueGroups
    .filter(({ permission }) => permissions === undefined || permissions.includes(permission))
    .reduce((sum, { id }) => sum + waiting[id], 0);
}

/** "1 needs you", "10 need you". */
export const needWords = (count: number): string =>
  count === 0
    ? "nothing needs you"
    : `${count.toLocaleString("en-GB")} ${count === 1 ? "needs" : "need"} you`;

/**
 * How many a group says it has: its rows, and with them what no list holds, whoever may act upon that. `inLists`: rows of the
 * group in both halves of the queue.
 */
export function countOfGroup(
  rows: number,
  inLists: number,
  total: number,
): { shown: number; isMore: boolean } {
  const beyond = Math.max(0, total - inLists);
  return { shown: rows + beyond, isMore: beyond > 0 };
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
