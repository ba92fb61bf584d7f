import { durationWords } from "@/components/layout/format-time";
import type { TrendsWire, TrendWindowWire } from "@/lib/contracts/trend";
import type { NameOf } from "@/lib/queries/names";

export const windowWords: Record<TrendWindowWire, string> = {
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
};

const hourMs = 3_600_000;

/** "hourly", "every 6 hours", "daily": how often a bar begins. */
export function paceWords(bucketMs: number): string {
  const bar = barWords(bucketMs);
  return bar === "hour" ? "hourly" : bar === "day" ? "daily" : `every ${bar}`;
}

/** "hour", "6 hours", "day": how wide a bar is. */
export function barWords(bucketMs: number): string {
  const hours = bucketMs / hourMs;
  return hours === 1 ? "hour" : hours === 24 ? "day" : `${hours} hours`;
}

const cameIn: Record<string, string> = {
  report: "reported over the API",
  operator: "reported by people",
  intake_key: "reported with a key",
  log_source: "read in logs",
  runtime_event: "runtime events",
  self_monitoring: "this monitor itself",
  security: "security checks",
};

type Series = TrendsWire["occurrences"]["sources"][number];

/** "shop / app", or how reports came that no log source made. */
export function sourceName({ project_id, source }: Series, name: NameOf): string {
  const words = cameIn[source] ?? source;
  return project_id ? `${name.project(project_id)} / ${words}` : words;
}

/** "3 of 4 arrived": never a share without what it is of. */
export function deliveredWords({
  published,
  failed,
  ambiguous,
}: Pick<TrendsWire["deliveries"][number], "published" | "failed" | "ambiguous">): string {
  const all = published + failed + ambiguous;
  const rest = [
    failed > 0 ? `${failed.toLocaleString("en-GB")} failed` : "",
    ambiguous > 0 ? `${ambiguous.toLocaleString("en-GB")} ambiguous` : "",
  ].filter(Boolean);
  const arrived = `${published.toLocaleString("en-GB")} of ${all.toLocaleString("en-GB")} arrived`;
  return [arrived, ...rest].join(", ");
}

/** Rounded down, so that 100 % means all of them. */
export function successShare({
  published,
  failed,
  ambiguous,
}: Pick<TrendsWire["deliveries"][number], "published" | "failed" | "ambiguous">): number {
  const all = published + failed + ambiguous;
  return all === 0 ? 0 : Math.floor((published / all) * 100);
}

export const timeOrNone = (ms: number | undefined): string => (ms === undefined ? "none" : durationWords(ms));
