import type { Destination, DestinationKind, JsonObject } from "./config";

/** Holds at most `capacity`; fills at `perMs`. Starts full. */
export type Bucket = { capacity: number; perMs: number };

/** How fast a destination may be sent to. A bucket that is null limits nothing. */
export type Pace = { concurrencyMax: number; minute: Bucket | null; hour: Bucket | null };

type Limits = { concurrency: number; perMinute: number | null; perHour: number | null; burst: number };

/**
 * GitHub asks for no more than 80 requests that make content in a minute and 500 in an hour, one after another
 * (docs.github.com, "Rate limits for the REST API", secondary limits). The others state no such limit; a tracker and a tool
 * still get a pace that people would not call a flood.
 */
const defaults: Record<DestinationKind, Limits> = {
  github_issue: { concurrency: 1, perMinute: 80, perHour: 500, burst: 2 },
  linear_issue: { concurrency: 2, perMinute: 60, perHour: 1_000, burst: 5 },
  mcp_tool: { concurrency: 4, perMinute: 120, perHour: null, burst: 10 },
  webhook: { concurrency: 32, perMinute: null, perHour: null, burst: 32 },
  telemetry: { concurrency: 32, perMinute: null, perHour: null, burst: 32 },
  internal_memory: { concurrency: 32, perMinute: null, perHour: null, burst: 32 },
};

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** `config.max_concurrency`, `config.rate_per_minute`, `config.rate_per_hour` and `config.burst` set it; else the kind does. */
export function paceOf(destination: Pick<Destination, "kind" | "config">): Pace {
  const given = destination.config ?? {};
  const limits = defaults[destination.kind];
  const concurrencyMax = whole(given, "max_concurrency", 1, 64) ?? limits.concurrency;
  const burst = whole(given, "burst", 1, 1_000) ?? limits.burst;
  return {
    concurrencyMax,
    minute: bucket(whole(given, "rate_per_minute", 1, 100_000) ?? limits.perMinute, minuteMs, burst),
    hour: bucket(whole(given, "rate_per_hour", 1, 1_000_000) ?? limits.perHour, hourMs, null),
  };
}

export const isPaced = (pace: Pace): boolean => pace.minute !== null || pace.hour !== null;

/**
 * A bucket that no stretch of `windowMs` can exceed: what it holds when full and what flows in meanwhile are the limit
 * together. Without a burst of its own a fifth of the limit may go at once.
 */
function bucket(limit: number | null, windowMs: number, burst: number | null): Bucket | null {
  if (limit === null) return null;
  const capacity = Math.max(1, Math.min(burst ?? Math.floor(limit / 5), Math.ceil(limit / 2)));
  return { capacity, perMs: Math.max(limit - capacity, 1) / windowMs };
}

function whole(config: JsonObject, key: string, least: number, most: number): number | null {
  const value = config[key];
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  return Math.min(most, Math.max(least, Math.round(value)));
}
