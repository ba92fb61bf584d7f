import { type ConditionField, conditions } from "@/components/routing/conditions";
import type { ActiveWindow } from "@/components/routing/window-words";
import type { RouteWire } from "@/lib/contracts/config";
import type { CreateSilenceWire, SilenceWire } from "@/lib/contracts/silence";
import { zonedMs, zonedText } from "./zoned-time";

/** A silence while it is written; times as the reader's clocks show them, empty where there is none yet. */
export type SilenceForm = {
  lists: Pick<RouteWire, ConditionField>;
  title: string;
  reason: string;
  /** Empty: from now on. */
  starts: string;
  expires: string;
  windows: ActiveWindow[];
};

const hour = 3_600_000;

/** How long from now, or from the start. */
export const presets = [
  { label: "1 h", ms: hour },
  { label: "4 h", ms: 4 * hour },
  { label: "1 day", ms: 24 * hour },
  { label: "7 days", ms: 7 * 24 * hour },
] as const;

const listsOf = (from: Partial<Record<ConditionField, readonly string[]>>) =>
  Object.fromEntries(
    conditions.map(({ field }) => [field, [...(from[field] ?? [])]]),
  ) as SilenceForm["lists"];

export const emptyForm = (): SilenceForm => ({
  lists: listsOf({}),
  ...{ title: "", reason: "", starts: "", expires: "", windows: [] },
});

export function formOf(silence: SilenceWire, timeZone: string): SilenceForm {
  return {
    lists: listsOf(silence.matcher),
    title: silence.matcher.match_title ?? "",
    reason: silence.reason,
    starts: zonedText(silence.starts_at_ms, timeZone),
    expires: zonedText(silence.expires_at_ms, timeZone),
    windows: silence.windows,
  };
}

/** The end a preset gives: from the start, where one was said, otherwise from now; to the minute, rounded up. */
export function presetEnd(ms: number, starts: string, nowMs: number, timeZone: string): string {
  const from = zonedMs(starts, timeZone) ?? Math.ceil(nowMs / 60_000) * 60_000;
  return zonedText(from + ms, timeZone);
}

export type FormFaults = Partial<Record<"matcher" | "reason" | "starts_at_ms" | "expires_at_ms", string>>;

/** What is missing before the server need be asked. */
export function faultsOf(form: SilenceForm, timeZone: string): FormFaults {
  const hasMatcher = form.title.trim() !== "" || conditions.some(({ field }) => form.lists[field].length > 0);
  return {
    ...(!hasMatcher && { matcher: "Say what to silence; to hold everything, pause the monitor." }),
    ...(form.reason.trim() === "" && { reason: "Say why: it is shown wherever something is held." }),
    ...(form.starts !== "" && zonedMs(form.starts, timeZone) === null && { starts_at_ms: "Not a time." }),
    ...(zonedMs(form.expires, timeZone) === null && { expires_at_ms: "Say until when." }),
  };
}

/** As the server takes it. Only for a form without faults: a time that is none becomes 0. */
export function requestOf(form: SilenceForm, timeZone: string): CreateSilenceWire {
  const starts = zonedMs(form.starts, timeZone);
  return {
    matcher: { ...form.lists, match_title: form.title.trim() || null },
    reason: form.reason.trim(),
    ...(starts !== null && { starts_at_ms: starts }),
    expires_at_ms: zonedMs(form.expires, timeZone) ?? 0,
    windows: form.windows,
  };
}
