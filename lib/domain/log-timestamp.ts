/** A time found in a text: one past its last character, and its epoch ms, null where there is no date to make one of. */
export type FoundTime = { end: number; ms: () => number | null };

const iso =
  /(\d{4})[-/](\d\d)[-/](\d\d)(?:T|t|\s{1,2}|:)(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)(?![\w]))?/y;
const compact = /(\d{4})(\d\d)(\d\d)[T -]?(\d\d):?(\d\d):?(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?(?!\w)/y;
const dayFirst =
  /(?:[A-Z][a-z]{2}, )?(\d{1,2})[ /-]([A-Z][a-z]{2})[ /-](\d{4})[ :T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d)(?!\w))?/y;
const monthFirst =
  /(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) {1,2}(\d{1,2})(?: (\d{4}))? (\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: (?:(UTC|GMT|[A-Z]{3,4}) )?(\d{4})(?!\w))?/y;
const epoch = /(\d{10})(?:\.(\d{1,9}))?(?![\w.])|(\d{13}|\d{16}|\d{19})(?![\w.])/y;
const timeOnly = /\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?!\w)/y;

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * The time that begins at this character, in the forms that logs use. Without a zone it is taken for UTC; without a year
 * (`Jun 29 12:00:01`) for the newest such moment that is not more than a day after `nowMs`, and for none when no `nowMs` is given.
 */
export function timeAt(text: string, at: number, nowMs?: number): FoundTime | null {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39
    ? numericAt(text, at)
    : code >= 0x41 && code <= 0x5a
      ? namedAt(text, at, nowMs)
      : null;
}

function numericAt(text: string, at: number): FoundTime | null {
  const dashed = matchAt(iso, text, at) ?? matchAt(compact, text, at);
  if (dashed) {
    const [all, year, month, day, hour, minute, second, fraction, zone] = dashed;
    const clock = [hour, minute, second, fraction];
    return { end: at + all.length, ms: () => momentOf(year, Number(month), day, clock, zone) };
  }
  const named = dayFirstAt(text, at);
  if (named) return named;
  const count = matchAt(epoch, text, at);
  if (count) {
    const [all, seconds, fraction, longer] = count;
    return { end: at + all.length, ms: () => epochMs(Number(longer ?? `${seconds}.${fraction ?? 0}`)) };
  }
  const clock = matchAt(timeOnly, text, at);
  return clock && { end: at + clock[0].length, ms: () => null };
}

function namedAt(text: string, at: number, nowMs: number | undefined): FoundTime | null {
  const day = dayFirstAt(text, at);
  if (day) return day;
  const match = matchAt(monthFirst, text, at);
  if (!match) return null;
  const [all, name, date, yearBefore, hour, minute, second, fraction, , yearAfter] = match;
  const month = monthOf(name);
  if (month === 0) return null;
  const clock = [hour, minute, second, fraction];
  const year = yearBefore ?? yearAfter;
  const ms = () => (year ? momentOf(year, month, date, clock) : nearestYear(month, date, clock, nowMs));
  return { end: at + all.length, ms };
}

function dayFirstAt(text: string, at: number): FoundTime | null {
  const match = matchAt(dayFirst, text, at);
  if (!match) return null;
  const [all, day, name, year, hour, minute, second, fraction, zone] = match;
  const month = monthOf(name);
  const clock = [hour, minute, second, fraction];
  return month === 0 ? null : { end: at + all.length, ms: () => momentOf(year, month, day, clock, zone) };
}

const monthOf = (name: string | undefined) => months.indexOf((name ?? "").toLowerCase()) + 1;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

type Clock = ReadonlyArray<string | undefined>;
const dayMs = 86_400_000;

function momentOf(
  year: string | undefined,
  month: number,
  day: string | undefined,
  [hour, minute, second, fraction]: Clock,
  zone?: string,
): number | null {
  const [h, m, s, d] = [hour, minute, second ?? 0, day].map(Number) as [number, number, number, number];
  // 60 is a leap second, counted as the one after it.
  if (month < 1 || month > 12 || d < 1 || d > 31 || h > 24 || m > 59 || s > 60) return null;
  const millis = Number((fraction ?? "0").padEnd(3, "0").slice(0, 3));
  return Date.UTC(Number(year), month - 1, d, h, m, s, millis) - zoneMs(zone);
}

function zoneMs(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? "");
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === "-" ? -minutes : minutes) * 60_000;
}

function nearestYear(month: number, day: string | undefined, clock: Clock, nowMs: number | undefined) {
  if (nowMs === undefined) return null;
  const year = new Date(nowMs).getUTCFullYear();
  for (const candidate of [year + 1, year, year - 1]) {
    const moment = momentOf(String(candidate), month, day, clock);
    if (moment !== null && moment <= nowMs + dayMs) return moment;
  }
  return null;
}

/** Seconds, milliseconds, microseconds or nanoseconds, told apart by their size; null outside 2001 to 2286. */
export function epochMs(value: number): number | null {
  if (!(value >= 1e9)) return null;
  if (value < 1e10) return Math.round(value * 1_000);
  if (value >= 1e12 && value < 1e13) return Math.floor(value);
  if (value >= 1e15 && value < 1e16) return Math.floor(value / 1_000);
  return value >= 1e18 && value < 1e19 ? Math.floor(value / 1_000_000) : null;
}

/** The time a field's value names; null when it names none. */
export function timeOfValue(value: unknown, nowMs?: number): number | null {
  if (typeof value === "number") return epochMs(value);
  if (typeof value !== "string") return null;
  const text = value.trim();
  return timeAt(text, 0, nowMs)?.ms() ?? null;
}
