import type { NewQuarantined } from "@/lib/db/log-quarantine-store";
import type { MonitorConfig } from "@/lib/domain/config";
import type { QuarantinedRecord } from "@/lib/domain/log-reading";
import { storable, truncate } from "@/lib/domain/text";
import { newId } from "@/lib/ids";
import { profileNamed } from "@/lib/redaction/profiles";
import { redactFields } from "@/lib/redaction/redact-fields";
import type { WatchedSource } from "./watch-plan";
import type { Found } from "./watch-report";

/** Of the lines of a record that is set aside: enough to read it again by other rules. */
const rowMax = 200;
const rowLengthMax = 10_000;
const detailLengthMax = 500;

/** Records as they are set aside: redacted by their source's profile, bounded. */
export async function redactQuarantined(
  records: { watched: WatchedSource; quarantined: ReadonlyArray<Found<QuarantinedRecord>> },
  config: MonitorConfig,
  nowMs: number,
): Promise<NewQuarantined[]> {
  const { watched, quarantined } = records;
  if (quarantined.length === 0) return [];
  const items = quarantined.map(({ found }) => ({
    detail: truncate(storable(found.detail), detailLengthMax),
    lines: found.lines.slice(0, rowMax).map((row) => truncate(storable(row), rowLengthMax)),
  }));
  const profile = watched.binding.redactionProfile ?? config.safetyDefaults.redactionProfile;
  const redacted = await redactFields(
    items,
    { structural: [] },
    profileNamed(profile, config.safetyDefaults),
  );
  return quarantined.map(({ found, generation }, at) => ({
    quarantineId: newId.quarantined(),
    projectId: watched.projectId,
    sourceId: watched.sourceId,
    generation,
    offsetStart: found.offsetStart,
    offsetEnd: found.offsetEnd,
    reason: found.reason,
    detail: redacted[at]?.value.detail ?? "",
    excerpt: [...(redacted[at]?.value.lines ?? [])],
    createdAtMs: nowMs,
  }));
}
