export type TimeInput = string | number | Date;

export function toMs(value: TimeInput): number {
  if (typeof value === "number") return value;
  return typeof value === "string" ? Date.parse(value) : value.getTime();
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "45 s", "6 min", "1 h 12 min", "3 d": the two largest units where the second still matters. */
export function durationWords(ms: number): string {
  const span = Math.abs(ms);
  if (span < minute) return `${Math.floor(span / 1000)} s`;
  if (span < hour) return `${Math.floor(span / minute)} min`;
  if (span < 100 * hour) {
    const minutes = Math.floor((span % hour) / minute);
    const hours = Math.floor(span / hour);
    return minutes > 0 && hours < 10 ? `${hours} h ${minutes} min` : `${hours} h`;
  }
  return `${Math.floor(span / day)} d`;
}

/** "6 min ago", "in 71 h", "now". */
export function relativeWords(at: number, now: number): string {
  const difference = at - now;
  if (Math.abs(difference) < 5000) return "now";
  const span =
    Math.abs(difference) >= hour
      ? durationWords(difference).replace(/ \d+ min$/, "")
      : durationWords(difference);
  return difference > 0 ? `in ${span}` : `${span} ago`;
}

/** "6m", "1h", "3d" for narrow columns. */
export function shortWords(at: number, now: number): string {
  const span = Math.abs(at - now);
  if (span < minute) return `${Math.max(1, Math.floor(span / 1000))}s`;
  if (span < hour) return `${Math.floor(span / minute)}m`;
  if (span < day) return `${Math.floor(span / hour)}h`;
  if (span < 365 * day) return `${Math.floor(span / day)}d`;
  return `${Math.floor(span / (365 * day))}y`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Made once for each form: making one costs more than a thousand uses of it, and long lists are full of times. */
function formatter(options: Intl.DateTimeFormatOptions, timeZone: string) {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { hourCycle: "h23", timeZone, ...options });
  formatters.set(key, made);
  return made;
}

/** "12 Mar 2026, 03:14:08 UTC". */
export function exactTime(ms: number, timeZone: string): string {
  const text = formatter({ dateStyle: "medium", timeStyle: "medium" }, timeZone).format(ms);
  return `${text} ${zoneName(ms, timeZone)}`;
}

/** "03:14:08" or, with ms, "03:14:08.390". */
export function clockTime(
  ms: number,
  timeZone: string,
  precision: "minute" | "second" | "ms" = "second",
): string {
  return formatter(
    {
      hour: "2-digit",
      minute: "2-digit",
      ...(precision === "minute" ? {} : { second: "2-digit" }),
      ...(precision === "ms" ? { fractionalSecondDigits: 3 as const } : {}),
    },
    timeZone,
  ).format(ms);
}

/** "UTC", "GMT+2". */
export function zoneName(ms: number, timeZone: string): string {
  if (timeZone === "UTC") return "UTC";
  const parts = formatter({ timeZoneName: "short" }, timeZone).formatToParts(ms);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}
