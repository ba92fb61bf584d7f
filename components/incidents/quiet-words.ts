import type { IncidentWire } from "@/lib/contracts/incident";
import type { ResolutionWire, SnoozeWire } from "@/lib/contracts/quiet";

/** What ends a snooze, the time last: it is written behind. "until 120 sightings or the next release, at the latest" */
export function snoozeWords(
  snooze: Pick<SnoozeWire, "until_ms" | "until_count" | "until_next_release">,
): string {
  const ends = [
    snooze.until_count === undefined ? null : `${snooze.until_count.toLocaleString("en-GB")} sightings`,
    snooze.until_next_release ? "the next release" : null,
  ].filter((end) => end !== null);
  if (ends.length === 0) return "and wakes";
  return `until ${ends.join(" or ")}${snooze.until_ms === undefined ? "" : ", or"}`;
}

export function resolvedWords({ release, how }: Pick<ResolutionWire, "release" | "how">): string {
  const by = how === "issue_closed" ? "as its issue was closed" : "";
  return [release ? `in release ${release}` : "", by].filter((part) => part !== "").join(", ");
}

/** "Resolved in release 2.4.1, seen again in 2.5.0" */
export function cameBackWords(
  resolution: Pick<ResolutionWire, "release" | "how" | "came_back_release">,
): string {
  const resolved =
    resolution.how === "issue_closed"
      ? "Its issue was closed"
      : `Resolved${resolution.release ? ` in release ${resolution.release}` : ""}`;
  return `${resolved}, seen again${resolution.came_back_release ? ` in ${resolution.came_back_release}` : ""}`;
}

/** The word beside a row's state; nothing where it asks for attention as usual. */
export function attentionWord(
  incident: Pick<IncidentWire, "merged_into" | "snooze" | "mute" | "resolution">,
): string | null {
  if (incident.merged_into) return "Merged";
  if (incident.resolution?.came_back_at_ms !== undefined) return "Came back";
  if (incident.mute) return "Muted";
  if (incident.snooze) return "Snoozed";
  return incident.resolution ? "Resolved" : null;
}
