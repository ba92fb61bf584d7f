import type { Actor } from "./actor";
import { type BreakGlassUse, isReviewOverdue } from "./break-glass";
import type { DestinationKind } from "./config";
import type { LogSourceHealth } from "./log-source-state";

/** Counts of the pipeline for the projects an actor may see; each stops at `totalCap`. */
export type OverviewCounts = {
  occurrences24h: number;
  incidents: number;
  draftsOpen: number;
  approvalsDue: number;
  approvedWaiting: number;
  held: number;
  leaving: number;
  published24h: number;
  failed: number;
  /** Uses of breaking the glass that nobody has judged. */
  breakGlassOpen: number;
};

export type ApprovalDue = {
  draftId: string;
  title: string;
  riskLevel: string | null;
  source: string | null;
  occurrenceCount: number;
  lastSeenAtMs: number;
  /** The approval of whoever asks stands: others are missing. */
  approvedByYou: boolean;
  /** Settings name people who must approve, of whom whoever asks is none. */
  asksOthers?: boolean;
};

export type FailedDelivery = {
  postId: string;
  draftId: string;
  title: string;
  destinationId: string;
  state: "failed" | "blocked" | "ambiguous";
  reason: string;
  endedAtMs: number;
};

/** A log source that does not speak: silent for longer than it promised, or not readable. */
export type SilentSource = {
  projectId: string;
  sourceId: string;
  state: "silent" | "unreadable";
  advice: string | null;
  /** Since when; null when that is not known. */
  sinceMs: number | null;
};

/** A credential that works no more, or soon will not: whoever holds it has to be given another. */
export type ExpiringKey = {
  kind: "intake_key" | "api_token";
  id: string;
  name: string;
  projectId: string | null;
  expiresAtMs: number;
};

/** An emergency approval that somebody else has to judge. */
export type ReviewDue = {
  breakGlassId: string;
  draftId: string;
  title: string;
  /** Who broke the glass. */
  by: string;
  usedAtMs: number;
  dueAtMs: number;
  overdue: boolean;
  /** By whoever asks, who therefore may not judge it. */
  own: boolean;
};

/** Of uses that nobody has judged: whose time is over or ends first comes first. */
export function reviewsDue(uses: readonly BreakGlassUse[], actor: Actor, nowMs: number): ReviewDue[] {
  return uses
    .filter((use) => use.verdict === null)
    .toSorted((one, other) => one.dueAtMs - other.dueAtMs)
    .map((use) => ({
      breakGlassId: use.breakGlassId,
      draftId: use.draftId,
      title: use.draftTitle,
      by: use.actor.name,
      usedAtMs: use.usedAtMs,
      dueAtMs: use.dueAtMs,
      overdue: isReviewOverdue(use, nowMs),
      own: actor.kind === "user" && use.actor.kind === "user" && use.actor.id === actor.userId,
    }));
}

/** Told of this long before, and for a month after. */
export const expiryNoticeMs = 14 * 86_400_000;
export const expiredShownMs = 30 * 86_400_000;

/** Silence and unreadable files are somebody's work; waiting, lagging and switched off sources are not. */
export function silentSources(health: readonly LogSourceHealth[]): SilentSource[] {
  return health.flatMap((source) => {
    const { state, projectId, sourceId, advice } = source;
    if (state !== "silent" && state !== "unreadable") return [];
    const sinceMs = state === "silent" ? source.silentAfterMs : source.lastErrorAtMs;
    return [{ projectId, sourceId, state, advice, sinceMs }];
  });
}

/** What has happened at least once; the first-run checklist is read from it. */
export type FirstFacts = {
  signedIn: boolean;
  key: boolean;
  report: boolean;
  /** The built-in test receiver took a delivery that is ours. */
  received: boolean;
  /** Something was published to a destination outside. */
  published: boolean;
};

export type ChecklistItem = { key: string; label: string; done: boolean };

export type Overview = {
  nowMs: number;
  counts: OverviewCounts;
  hourly: Array<{ fromMs: number; count: number }>;
  breakGlassReviews: ReviewDue[];
  approvalsDue: ApprovalDue[];
  failedDeliveries: FailedDelivery[];
  unreadyDestinations: Array<{
    destinationId: string;
    name: string;
    kind: DestinationKind;
    missing: string[];
  }>;
  silentSources: SilentSource[];
  /** Of the projects whose keys the actor may manage. */
  expiringKeys: ExpiringKey[];
  checklist: ChecklistItem[];
  paused: boolean;
  enabled: boolean;
};

/** In the order somebody new goes through them. */
export function firstRunChecklist(
  facts: FirstFacts & { project: boolean; destinationReady: boolean },
): ChecklistItem[] {
  return [
    { key: "signed_in", label: "Sign in", done: facts.signedIn },
    { key: "project", label: "Add the project whose failures you watch", done: facts.project },
    { key: "key", label: "Make an intake key for it", done: facts.key },
    { key: "destination_ready", label: "Have a destination that is ready", done: facts.destinationReady },
    { key: "first_report", label: "Send a first report", done: facts.report },
    {
      key: "received",
      label: "See a report arrive at the test receiver",
      done: facts.received || facts.published,
    },
  ];
}
