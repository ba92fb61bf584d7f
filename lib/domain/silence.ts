import type { ActorRef } from "./actor";
import type { MonitorConfig, RouteMatch } from "./config";
import { type Reason, reason } from "./reason";
import type { ActiveWindow } from "./route-condition";
import { type RoutedContent, routeContextOf } from "./route-context";
import { matchesGlob } from "./route-pattern";
import { atLeastTheFloor, type RouteContext } from "./routing";
import { closesAt, isAnyOpen, opensAt } from "./silence-window";
import { normaliseKey } from "./text";

type ListField = {
  list: keyof RouteMatch;
  values: (context: RouteContext) => ReadonlyArray<string | null | undefined>;
};

/** The equality lists of routes, and what of a record each is held against (contract 5.6, in its order). */
const listFields = [
  { list: "matchEventTypes", values: (c) => [c.eventType] },
  { list: "matchSources", values: (c) => [c.source] },
  { list: "matchComponents", values: (c) => [c.component] },
  { list: "matchRiskLevels", values: (c) => [c.riskLevel] },
  { list: "matchRiskCategories", values: (c) => [c.riskCategory] },
  { list: "matchConfidence", values: (c) => [c.confidence] },
  { list: "matchExpectedDestinations", values: (c) => [c.expectedDestination] },
  { list: "matchProjectIds", values: (c) => [c.projectId] },
  { list: "matchLogSourceIds", values: (c) => [c.logSourceId] },
  { list: "matchSourceKinds", values: (c) => [c.sourceKind] },
  { list: "matchTenantIds", values: (c) => [c.tenantId] },
  { list: "matchWorkspaceIds", values: (c) => [c.workspaceId] },
  { list: "matchEventSchemaVersions", values: (c) => [c.eventSchemaVersion] },
  { list: "matchRouteTags", values: (c) => c.routeTags },
] as const satisfies readonly ListField[];

export const silenceLists = listFields.map((field) => field.list);
export type SilenceList = (typeof listFields)[number]["list"];

/** All that is said must hold; a list holds if any of its values does. An empty list and a null title say nothing. */
export type SilenceMatcher = Record<SilenceList, string[]> & {
  /** `*` is anything, `?` one character; the whole title, in any case. */
  matchTitle: string | null;
};

export type Silence = {
  silenceId: string;
  matcher: SilenceMatcher;
  reason: string;
  /** When it holds between start and expiry; none: all the time. */
  windows: ActiveWindow[];
  version: number;
  createdBy: ActorRef;
  updatedBy: ActorRef | null;
  endedBy: ActorRef | null;
  startsAtMs: number;
  expiresAtMs: number;
  /** When somebody expired it before its time. */
  endedAtMs: number | null;
  createdAtMs: number;
  updatedAtMs: number;
};

/**
 * scheduled: not begun. active: holds now. waiting: begun, and outside the windows of its schedule. expired: over for good,
 * by its time or by somebody.
 */
export type SilenceState = "scheduled" | "active" | "waiting" | "expired";

/** Why a record is held, and until when that will be so if nothing changes. */
export type Silenced = { silenceId: string; reason: string; untilMs: number };

export type SilenceHold = {
  holdId: string;
  silenceId: string;
  draftId: string;
  incidentId: string;
  projectId: string | null;
  heldAtMs: number;
  releasedAtMs: number | null;
  releaseReason: ReleaseReason | null;
};

/** expired: by time or by somebody; changed: the silence no longer says so; settled: the draft was denied, deleted or sent. */
export type ReleaseReason = "expired" | "changed" | "window_over" | "settled";

export function silenceState(silence: Silence, nowMs: number): SilenceState {
  if (silence.endedAtMs !== null || nowMs >= silence.expiresAtMs) return "expired";
  if (nowMs < silence.startsAtMs) return "scheduled";
  return isAnyOpen(silence.windows, nowMs) ? "active" : "waiting";
}

/** When it lets go again: the end of its current window, its expiry at the latest; null while it does not hold. */
export function holdsUntil(silence: Silence, nowMs: number): number | null {
  if (silenceState(silence, nowMs) !== "active") return null;
  return Math.min(closesAt(silence.windows, nowMs) ?? silence.expiresAtMs, silence.expiresAtMs);
}

/** When it will begin to hold; null when it holds already or never will again. */
export function holdsFrom(silence: Silence, nowMs: number): number | null {
  const state = silenceState(silence, nowMs);
  if (state === "expired" || state === "active") return null;
  const earliest = Math.max(nowMs, silence.startsAtMs);
  const from = isAnyOpen(silence.windows, earliest) ? earliest : opensAt(silence.windows, earliest);
  return from !== null && from < silence.expiresAtMs ? from : null;
}

/** A silence while it holds, and until when: looked up once, asked about many records. */
export type ActiveSilence = { silence: Silence; untilMs: number };

/** Those that hold now, the one that lasts longest first. */
export function activeSilences(silences: readonly Silence[], nowMs: number): ActiveSilence[] {
  return silences
    .flatMap((silence) => {
      const untilMs = holdsUntil(silence, nowMs);
      return untilMs === null ? [] : [{ silence, untilMs }];
    })
    .sort(
      (left, right) =>
        right.untilMs - left.untilMs || (left.silence.silenceId < right.silence.silenceId ? -1 : 1),
    );
}

/**
 * Which of the active silences holds this record: the one that lasts longest. Values are compared as routes compare them,
 * after the risk floor and today's binding; a project is compared exactly, because permissions hang on it.
 */
export function silencedBy(
  content: RoutedContent,
  active: readonly ActiveSilence[],
  config: MonitorConfig,
): Silenced | null {
  const [found] = silencesOf(content, active, config);
  if (!found) return null;
  const { silence, untilMs } = found;
  return { silenceId: silence.silenceId, reason: silence.reason, untilMs };
}

/** Every one of the active silences that holds this record (a draft's content, or an incident's), in their order. */
export function silencesOf(
  content: RoutedContent,
  active: readonly ActiveSilence[],
  config: MonitorConfig,
): ActiveSilence[] {
  if (active.length === 0) return [];
  // Nothing that a silence compares hangs on the moment.
  const context = atLeastTheFloor(routeContextOf(content, config, { nowMs: 0 }), config);
  return active.filter(({ silence }) => matchesSilence(silence.matcher, context));
}

/** `context` with the risk floor applied. */
export function matchesSilence(matcher: SilenceMatcher, context: RouteContext): boolean {
  if (isEmptyMatcher(matcher)) return false;
  const { matchTitle } = matcher;
  if (matchTitle !== null && !matchesGlob(matchTitle.toLowerCase(), (context.title ?? "").toLowerCase()))
    return false;
  return listFields.every(({ list, values }) => {
    const wanted = matcher[list];
    if (wanted.length === 0) return true;
    const given = values(context);
    if (list === "matchProjectIds") return given.some((value) => value != null && wanted.includes(value));
    const keys = wanted.map(normaliseKey);
    return given.some((value) => {
      const key = normaliseKey(value);
      return key !== null && keys.includes(key);
    });
  });
}

/** A matcher that says nothing would hold everything; pausing is for that. */
export const isEmptyMatcher = (matcher: SilenceMatcher): boolean =>
  matcher.matchTitle === null && silenceLists.every((list) => matcher[list].length === 0);

/** As readiness says it: no destination is to blame, so the whole publish is refused. */
export function silencedReason(silenced: Silenced): Reason {
  const until = new Date(silenced.untilMs).toISOString();
  return reason("silenced", `Silenced until ${until} by ${silenced.silenceId}: ${silenced.reason}`, {
    silence_id: silenced.silenceId,
    until_ms: silenced.untilMs,
  });
}
