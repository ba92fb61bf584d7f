import type { RetentionFindingWire, RetentionKind } from "@/lib/contracts/retention";
import type { NameOf } from "@/lib/queries/names";

type DaysKey = `${RetentionKind}_days`;

/** Kinds in the order of a failure's life, each with what it means to whoever sets its span. */
export const keptKinds: readonly { kind: RetentionKind; key: DaysKey; label: string; help: string }[] = [
  { kind: "reports", key: "reports_days", label: "Reports", help: "What each sighting said. Counts stay." },
  { kind: "evidence", key: "evidence_days", label: "Evidence", help: "Lines of logs, and lines set aside." },
  { kind: "incidents", key: "incidents_days", label: "Incidents", help: "Since last seen or changed." },
  { kind: "drafts", key: "drafts_days", label: "Drafts", help: "With revisions and payloads." },
  {
    kind: "receipts",
    key: "receipts_days",
    label: "Receipts",
    help: "What was sent and answered. Proof stays.",
  },
  { kind: "triage", key: "triage_days", label: "Triage", help: "Runs, artifacts, what a model said." },
  { kind: "runs", key: "runs_days", label: "Own records", help: "Silence and shadow records, old runs." },
];

export const kindWord: Record<RetentionKind, string> = Object.fromEntries(
  keptKinds.map(({ kind, label }) => [kind, label]),
) as Record<RetentionKind, string>;

const places: Record<string, string> = {
  occurrences: "reports",
  evidence: "pieces of evidence",
  quarantine: "lines set aside",
  triage_artifacts: "triage artifacts",
  triage_runs: "triage runs",
  telemetry: "telemetry records",
  memory: "memory records",
  posts: "receipts",
  drafts: "drafts",
  incidents: "incidents",
  silence_holds: "silence records",
  shadow_decisions: "shadow decisions",
  runs: "run records",
};

export const placeWord = (place: string) => places[place] ?? place.replaceAll("_", " ");

/** "3 incidents, 2 drafts"; "nothing" for none. */
export function countsWords(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([place, count]) => `${count.toLocaleString("en-GB")} ${one(placeWord(place), count)}`);
  return parts.length > 0 ? parts.join(", ") : "nothing";
}

function one(word: string, count: number): string {
  if (count !== 1) return word;
  return word
    .replace(/^pieces of/, "piece of")
    .replace(/^lines set/, "line set")
    .replace(/s$/, "");
}

export function bytesWords(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let value = bytes / 1_024;
  let unit = 0;
  while (value >= 1_024 && unit < units.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export const daysWords = (days: number | undefined) =>
  days === undefined || days === 0
    ? "for ever"
    : days === 1
      ? "1 day"
      : `${days.toLocaleString("en-GB")} days`;

export function whereWords(where: { project_id?: string; source_id?: string }, name: NameOf): string {
  if (!where.project_id) return "Everything else";
  const project = name.project(where.project_id);
  return where.source_id ? `${project} / ${where.source_id}` : project;
}

export function findingWords(
  { code, profile, ...where }: RetentionFindingWire,
  name: NameOf,
): { title: string; why: string } {
  switch (code) {
    case "retention_days_unset":
      return {
        title: "Nothing is removed by default.",
        why: "No span is set, so texts of failures are kept until somebody deletes them.",
      };
    case "retention_profile_unknown":
      return {
        title: `${whereWords(where, name)} names a profile that is not there: ${profile}.`,
        why: "Until it is made, or another one chosen, nothing of it is removed.",
      };
    case "retention_keeps_reports":
      return {
        title: `${whereWords(where, name)} keeps what each report said for ever.`,
        why: `The profile ${profile} has no span for reports.`,
      };
  }
}
