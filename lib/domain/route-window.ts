import { type ActiveWindow, daysOfWeek } from "./route-condition";

const minutesOfDay = 24 * 60;
const zoneName = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/** `day` counts from Monday, 0; `minute` from midnight. */
export type LocalTime = { day: number; minute: number };

type ZoneClock = { format: Intl.DateTimeFormat; minute: number; local: LocalTime };
/** Making a formatter costs more than many decisions. Only zones that exist get in, so their number is bounded. */
const clocks = new Map<string, ZoneClock>();

/** Does this host know an IANA zone of that name? Offsets such as `+02:00` are none: they know no summer time. */
export const isTimeZone = (zone: string): boolean => clockOf(zone) !== null;

function clockOf(zone: string): ZoneClock | null {
  const known = clocks.get(zone);
  if (known) return known;
  if (!zoneName.test(zone)) return null;
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    });
    const clock = { format, minute: Number.NaN, local: { day: 0, minute: 0 } };
    clocks.set(zone, clock);
    return clock;
  } catch {
    return null;
  }
}

/** What the clocks of a zone show at `nowMs` (UTC epoch); null when there is no such zone or time. */
export function localTime(zone: string, nowMs: number): LocalTime | null {
  const clock = clockOf(zone);
  if (!clock || !Number.isFinite(nowMs) || Math.abs(nowMs) > 8.64e15) return null;
  // Every zone of today is whole minutes away from UTC, so one reading is good for its minute.
  const minute = Math.floor(nowMs / 60_000);
  if (clock.minute !== minute) {
    const parts = new Map(clock.format.formatToParts(nowMs).map((part) => [part.type, part.value]));
    const day = daysOfWeek.findIndex((name) => name === parts.get("weekday")?.toLowerCase());
    clock.local = { day, minute: Number(parts.get("hour")) * 60 + Number(parts.get("minute")) };
    clock.minute = minute;
  }
  return clock.local;
}

/** Minutes from midnight of `HH:MM`, at most `24:00`; null when it is no such time. */
export function minutesOf(time: string): number | null {
  const [, hour, minute] = /^(\d\d):([0-5]\d)$/.exec(time) ?? [];
  if (hour === undefined) return null;
  const minutes = Number(hour) * 60 + Number(minute);
  return minutes <= minutesOfDay ? minutes : null;
}

/** Open from its first minute until just before its last; what is not understood is never open. */
export const isOpen = (window: ActiveWindow, nowMs: number): boolean => compileWindow(window)(nowMs);

/** The same for many moments, with the window read once. */
export function compileWindow(window: ActiveWindow): (nowMs: number) => boolean {
  const from = minutesOf(window.from);
  const to = minutesOf(window.to);
  if (from === null || to === null || from === to || !isTimeZone(window.zone)) return () => false;
  const starts = daysOfWeek.map((name) => !window.days?.length || window.days.includes(name));
  const startsOn = (day: number) => starts[day % 7] === true;
  return (nowMs) => {
    const now = localTime(window.zone, nowMs);
    if (now === null) return false;
    if (from < to) return now.minute >= from && now.minute < to && startsOn(now.day);
    return (now.minute >= from && startsOn(now.day)) || (now.minute < to && startsOn(now.day + 6));
  };
}

/** No minute of any week lies inside: it ends where it begins. */
export function neverOpens(window: ActiveWindow): boolean {
  const from = minutesOf(window.from);
  const to = minutesOf(window.to);
  return from === null || to === null || from === to || (from === minutesOfDay && to === 0);
}

const dayWord = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** `Mon, Tue 22:00-06:00 Europe/Berlin`. */
export function windowWords({ days, from, to, zone }: ActiveWindow): string {
  return `${days?.length ? `${days.map(dayWord).join(", ")} ` : ""}${from}-${to} ${zone}`;
}

/** `Tue 14:05 Europe/Berlin`: what the clocks of each zone show, once a zone. */
export function nowWords(windows: readonly ActiveWindow[], nowMs: number): string {
  const zones = [...new Set(windows.map((window) => window.zone))];
  return zones
    .flatMap((zone) => {
      const now = localTime(zone, nowMs);
      if (!now) return [];
      const digits = (value: number) => String(value).padStart(2, "0");
      const time = `${digits(Math.floor(now.minute / 60))}:${digits(now.minute % 60)}`;
      return [`${dayWord(daysOfWeek[now.day] ?? "?")} ${time} ${zone}`];
    })
    .join("; ");
}
