import type { RouteWire } from "@/lib/contracts/config";

export type ActiveWindow = NonNullable<RouteWire["active_windows"]>[number];
export type Day = NonNullable<ActiveWindow["days"]>[number];

export const days: readonly { value: Day; label: string; long: string }[] = [
  { value: "mon", label: "Mon", long: "Monday" },
  { value: "tue", label: "Tue", long: "Tuesday" },
  { value: "wed", label: "Wed", long: "Wednesday" },
  { value: "thu", label: "Thu", long: "Thursday" },
  { value: "fri", label: "Fri", long: "Friday" },
  { value: "sat", label: "Sat", long: "Saturday" },
  { value: "sun", label: "Sun", long: "Sunday" },
];

/** "Mon to Fri", "Sat, Sun", "every day". */
export function dayWords(chosen: readonly Day[] = []): string {
  const places = days.flatMap((day, index) => (chosen.includes(day.value) ? [index] : []));
  if (places.length === 0 || places.length === 7) return "every day";
  const [first = 0] = places;
  const last = places[places.length - 1] ?? first;
  if (places.length > 2 && last - first === places.length - 1)
    return `${days[first]?.label} to ${days[last]?.label}`;
  return places.map((place) => days[place]?.label).join(", ");
}

/** "Mon to Fri 22:00 to 06:00 the next day, Europe/Berlin". */
export function windowWords({ days: chosen, from, to, zone }: ActiveWindow): string {
  const overnight = to < from ? " the next day" : "";
  return `${dayWords(chosen)} ${from} to ${to}${overnight}, ${zone}`;
}

/** The zones this browser knows; UTC is one although its list leaves it out. */
export function knownZones(): string[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];
}

/** Those with the text in their name; a name that is none of the list and yet a zone (Asia/Kolkata) as it was typed. */
export function zonesLike(text: string): string[] {
  const wanted = text.trim().replaceAll(" ", "_").toLowerCase();
  const known = knownZones().filter((zone) => zone.toLowerCase().includes(wanted));
  return known.length === 0 && isZone(text.trim()) ? [text.trim()] : known;
}

function isZone(name: string): boolean {
  if (!/^[A-Z]\w*(?:\/[\w+-]+)+$/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** A time of day as the server takes it: from 00:00 to 24:00. */
export const isTimeOfDay = (text: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);

/** What people type for a time, made one: "9" and "930" are 09:00 and 09:30; anything else stays as typed. */
export function timeFrom(text: string): string {
  const [, hour = "", minute = "00"] = /^(\d{1,2})(?:[:.h]?(\d\d))?$/.exec(text.trim()) ?? [];
  const time = `${hour.padStart(2, "0")}:${minute}`;
  return hour && isTimeOfDay(time) ? time : text.trim();
}
