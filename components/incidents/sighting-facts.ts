import type { OccurrencesWire } from "@/lib/contracts/incident";

export type OccurrenceWire = OccurrencesWire["occurrences"][number];

const runKeys = ["run_id", "session_id", "correlation_id"] as const;

/** Looked at in this order; the first two that are not the same everywhere are worth a line. */
const comparedKeys = ["message", "title", "process", "file_name", "actor", "level", "risk_level"] as const;

/** The run a sighting belongs to, by the most telling id it carries. */
export function runOf(occurrence: OccurrenceWire): string | undefined {
  for (const key of runKeys) {
    const value = textOf(occurrence.sighting[key]);
    if (value) return value;
  }
  return undefined;
}

/** The fields whose values are not the same in all of these sightings. */
export function variedKeys(occurrences: readonly OccurrenceWire[]): string[] {
  return comparedKeys.filter((key) => {
    const values = new Set(occurrences.map((each) => textOf(each.sighting[key]) ?? ""));
    return values.size > 1;
  });
}

/** What this sighting says in the fields that vary; at most two, with their names. */
export function differencesOf(
  occurrence: OccurrenceWire,
  varied: readonly string[],
): { name: string; value: string }[] {
  return varied
    .flatMap((key) => {
      const value = textOf(occurrence.sighting[key]);
      return value ? [{ name: key.replaceAll("_", " "), value }] : [];
    })
    .slice(0, 2);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
