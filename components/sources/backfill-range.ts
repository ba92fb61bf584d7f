import { zonedMs, zonedText } from "@/components/silences/zoned-time";

export type BackfillRange = { from: string; to: string };

const hourMs = 3_600_000;

/** Spans that people ask for, from now back. */
export const backfillSpans = [
  { label: "Last hour", ms: hourMs },
  { label: "Last 24 h", ms: 24 * hourMs },
  { label: "Last 7 days", ms: 7 * 24 * hourMs },
] as const;

/** A span that ends now, as two date fields take it. The minute that runs is part of it. */
export function rangeOf(spanMs: number, nowMs: number, timeZone: string): BackfillRange {
  const end = Math.ceil(nowMs / 60_000) * 60_000;
  return { from: zonedText(end - spanMs, timeZone), to: zonedText(end, timeZone) };
}

export type RangeReading =
  | { ok: true; from_ms: number; to_ms: number }
  | { ok: false; field: "from" | "to"; message: string };

/** What two date fields say, or which of them says nothing usable. */
export function readRange({ from, to }: BackfillRange, timeZone: string): RangeReading {
  const fromMs = zonedMs(from, timeZone);
  if (fromMs === null) return { ok: false, field: "from", message: "Say from when on" };
  const toMs = zonedMs(to, timeZone);
  if (toMs === null) return { ok: false, field: "to", message: "Say until when" };
  if (toMs <= fromMs) return { ok: false, field: "to", message: "It must be after the beginning" };
  return { ok: true, from_ms: fromMs, to_ms: toMs };
}
