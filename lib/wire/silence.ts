import type {
  CreateSilenceWire,
  SilenceHoldListQuery,
  SilenceHoldListWire,
  SilenceListQuery,
  SilenceListWire,
  SilenceMatcherRequestWire,
  SilenceMatcherWire,
  SilenceWire,
  UpdateSilenceWire,
} from "@/lib/contracts/silence";
import {
  holdsFrom,
  holdsUntil,
  type Silence,
  type SilenceHold,
  type SilenceMatcher,
  silenceLists,
  silenceState,
} from "@/lib/domain/silence";
import { camelKeys, snakeName } from "./casing";
import { flagOf, given, pageFromQuery, spanFromQuery } from "./list-query";
import { present } from "./record-parts";

type ListedSilence = { silence: Silence; counts: { heldNow: number; heldEver: number } };

export function silenceToWire({ silence, counts }: ListedSilence, nowMs: number): SilenceWire {
  return {
    silence_id: silence.silenceId,
    version: silence.version,
    state: silenceState(silence, nowMs),
    matcher: matcherToWire(silence.matcher),
    reason: silence.reason,
    windows: silence.windows,
    starts_at_ms: silence.startsAtMs,
    expires_at_ms: silence.expiresAtMs,
    created_by: silence.createdBy,
    created_at_ms: silence.createdAtMs,
    updated_at_ms: silence.updatedAtMs,
    held_now: counts.heldNow,
    held_ever: counts.heldEver,
    ...present({
      until_ms: holdsUntil(silence, nowMs),
      from_ms: holdsFrom(silence, nowMs),
      updated_by: silence.updatedBy,
      ended_by: silence.endedBy,
      ended_at_ms: silence.endedAtMs,
    }),
  };
}

export function silenceListToWire(list: {
  silences: ListedSilence[];
  total: number;
  nextCursor: string | null;
  nowMs: number;
}): SilenceListWire {
  return {
    silences: list.silences.map((each) => silenceToWire(each, list.nowMs)),
    count: list.silences.length,
    total: list.total,
    ...present({ next_cursor: list.nextCursor }),
  };
}

export function silenceHoldListToWire(list: {
  holds: Array<SilenceHold & { title: string | null }>;
  total: number;
  nextCursor: string | null;
}): SilenceHoldListWire {
  return {
    holds: list.holds.map((hold) => ({
      hold_id: hold.holdId,
      draft_id: hold.draftId,
      incident_id: hold.incidentId,
      held_at_ms: hold.heldAtMs,
      ...present({
        project_id: hold.projectId,
        title: hold.title,
        released_at_ms: hold.releasedAtMs,
        release_reason: hold.releaseReason,
      }),
    })),
    count: list.holds.length,
    total: list.total,
    ...present({ next_cursor: list.nextCursor }),
  };
}

export function createSilenceFromWire(body: CreateSilenceWire) {
  return {
    matcher: matcherFromWire(body.matcher),
    reason: body.reason,
    windows: windowsFromWire(body.windows ?? []),
    startsAtMs: body.starts_at_ms ?? null,
    expiresAtMs: body.expires_at_ms,
  };
}

/** What is absent or null is not there: the verb keeps what is stored. */
export function updateSilenceFromWire({ version, ...body }: UpdateSilenceWire) {
  return {
    version: version ?? null,
    change: present({
      matcher: body.matcher && matcherFromWire(body.matcher),
      reason: body.reason,
      windows: body.windows && windowsFromWire(body.windows),
      startsAtMs: body.starts_at_ms,
      expiresAtMs: body.expires_at_ms,
    }),
  };
}

export function listSilencesFromQuery(query: SilenceListQuery) {
  return {
    page: pageFromQuery(query),
    filter: {
      state: query.state,
      projectId: given(query.project),
      search: given(query.q),
      ...spanFromQuery(query),
    },
  };
}

export const listSilenceHoldsFromQuery = (silenceId: string, query: SilenceHoldListQuery) => ({
  silenceId,
  open: flagOf(query.open),
  page: pageFromQuery(query),
});

function matcherToWire(matcher: SilenceMatcher): SilenceMatcherWire {
  const lists = silenceLists.map((list) => [snakeName(list), matcher[list]]);
  return {
    ...(Object.fromEntries(lists) as Omit<SilenceMatcherWire, "match_title">),
    ...present({ match_title: matcher.matchTitle }),
  };
}

function matcherFromWire(body: SilenceMatcherRequestWire): SilenceMatcher {
  const known = camelKeys(body);
  const lists = silenceLists.map((list) => [list, known[list] ?? []]);
  return {
    ...(Object.fromEntries(lists) as Omit<SilenceMatcher, "matchTitle">),
    matchTitle: body.match_title ?? null,
  };
}

const windowsFromWire = (windows: NonNullable<CreateSilenceWire["windows"]>) =>
  windows.map(({ days, ...window }) => ({ ...window, ...(days && { days }) }));
