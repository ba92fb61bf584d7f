import type { Database } from "@/lib/db/client";

/** Refusals of one actor in one window before they are told to wait. */
export const refusalsMax = 60;
const windowMs = 60_000;
const actorsMax = 10_000;

type Window = { startedAtMs: number; count: number };
type Windows = Map<string, Window>;

const slot = Symbol.for("incident-monitor.refusals");
type Holder = { [slot]?: WeakMap<Database, Windows> };

export type RefusalVerdict =
  | { limited: false }
  /** `first`: the one that is still worth an audit entry. */
  | { limited: true; first: boolean; retryAfterSeconds: number };

/**
 * Counts a refusal of `actor` in this process. Each is an audit entry, and nobody may fill the audit by asking for what
 * is not theirs: over the limit nothing more is written until the window ends.
 */
export function countRefusal(db: Database, actor: string, nowMs: number): RefusalVerdict {
  const windows = windowsOf(db);
  const known = windows.get(actor);
  const window = known && nowMs - known.startedAtMs < windowMs ? known : { startedAtMs: nowMs, count: 0 };
  window.count += 1;
  keep(windows, actor, window);
  if (window.count <= refusalsMax) return { limited: false };
  const retryAfterSeconds = Math.max(1, Math.ceil((window.startedAtMs + windowMs - nowMs) / 1_000));
  return { limited: true, first: window.count === refusalsMax + 1, retryAfterSeconds };
}

/** One set a process and database: server.ts and Next are bundled apart. */
function windowsOf(db: Database): Windows {
  const holder = globalThis as Holder;
  holder[slot] ??= new WeakMap();
  const known = holder[slot].get(db) ?? new Map<string, Window>();
  holder[slot].set(db, known);
  return known;
}

/** The one that was refused longest ago goes. */
function keep(windows: Windows, actor: string, window: Window): void {
  windows.delete(actor);
  windows.set(actor, window);
  if (windows.size <= actorsMax) return;
  const [oldest] = windows.keys();
  if (oldest !== undefined) windows.delete(oldest);
}
