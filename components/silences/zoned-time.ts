/** What the clocks of a zone show at a moment, as a date field takes it: `2026-03-12T14:05`. */
export function zonedText(ms: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit" },
  });
  const parts = new Map(format.formatToParts(ms).map((part) => [part.type, part.value]));
  const get = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? "";
  return `${get("year")}-${get("month")}-${get("day")}T${get("hour")}:${get("minute")}`;
}

/** The moment at which the clocks of a zone show this; null when it is no time. An hour that is left out is the one after. */
export function zonedMs(text: string, timeZone: string): number | null {
  const asUtc = Date.parse(`${text}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) || Number.isNaN(asUtc)) return null;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  let ms = asUtc;
  for (let round = 0; round < 2; round++) ms += asUtc - Date.parse(`${zonedText(ms, timeZone)}Z`);
  return ms;
}
