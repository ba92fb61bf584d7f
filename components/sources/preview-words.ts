import { plural } from "@/components/settings/words";
import type { LogPreviewWire, PreviewedLineWire } from "@/lib/contracts/log-source";

type Candidate = LogPreviewWire["candidates"][number];

/** "4 failures in the last 50 lines would have become 3 incidents, 2 of them new." */
export function previewSentence({ lines, candidates }: Pick<LogPreviewWire, "lines" | "candidates">): string {
  const among = lines.length === 1 ? "the last line" : `the last ${lines.length} lines`;
  if (lines.length === 0) return "The file is empty.";
  if (candidates.length === 0) return `No failure in ${among}.`;
  const failures = candidates.reduce((sum, each) => sum + each.occurrences, 0);
  const known = candidates.filter((each) => each.incident_id !== null).length;
  const fresh = candidates.length - known;
  const found = `${plural(failures, "failure")} in ${among} would have`;
  if (known === 0) return `${found} become ${plural(fresh, "new incident")}.`;
  if (fresh > 0) return `${found} become ${plural(candidates.length, "incident")}, ${fresh} of them new.`;
  return `${found} been counted on ${plural(known, "incident")} that ${known === 1 ? "exists" : "exist"}.`;
}

/** What the watcher makes of a line, in few words; a failure is named by its number in the list. */
export function verdictWords(line: Pick<PreviewedLineWire, "verdict" | "candidate">): string {
  const number = line.candidate === null ? "" : ` ${line.candidate + 1}`;
  switch (line.verdict) {
    case "candidate":
      return `incident${number}`;
    case "part_of_candidate":
      return `part of${number}`;
    case "below_level":
      return "below level";
    case "ignored":
      return "ignored";
    case "not_a_record":
      return "no record";
    case "quarantined":
      return "set aside";
  }
}

export type LineGroup = { key: string; candidate: number | null; lines: PreviewedLineWire[] };

/** Lines that are one failure stand together. */
export function groupLines(lines: readonly PreviewedLineWire[]): LineGroup[] {
  const groups: LineGroup[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const goesOn = last && line.candidate !== null && last.candidate === line.candidate;
    // A second sighting of the same failure begins anew with its own trigger line.
    if (goesOn && line.verdict === "part_of_candidate") last.lines.push(line);
    else groups.push({ key: `${line.offset_start}`, candidate: line.candidate, lines: [line] });
  }
  return groups;
}

const isQuiet = (group: LineGroup) =>
  group.candidate === null && group.lines.every((line) => line.verdict !== "quarantined");

export type Fold = { key: string; folded: LineGroup[] } | { key: string; group: LineGroup };

/** Runs of lines that mean nothing are folded but for the last two, which lead to what follows; never when all mean nothing. */
export function foldQuiet(groups: readonly LineGroup[]): Fold[] {
  const shown = (group: LineGroup): Fold => ({ key: group.key, group });
  if (groups.every(isQuiet)) return groups.map(shown);
  const folds: Fold[] = [];
  let run: LineGroup[] = [];
  const close = () => {
    const kept = run.length > 5 ? run.slice(-2) : run;
    const folded = run.slice(0, run.length - kept.length);
    const first = folded[0];
    if (first) folds.push({ key: `fold ${first.key}`, folded });
    folds.push(...kept.map(shown));
    run = [];
  };
  for (const group of groups) {
    if (isQuiet(group)) run.push(group);
    else {
      close();
      folds.push(shown(group));
    }
  }
  close();
  return folds;
}

/** "16 lines: 14 below level, 2 ignored". */
export function foldWords(folded: readonly LineGroup[]): string {
  const lines = folded.flatMap((group) => group.lines);
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(verdictWords(line), (counts.get(verdictWords(line)) ?? 0) + 1);
  const kinds = [...counts].map(([word, count]) => (counts.size === 1 ? word : `${count} ${word}`));
  return `${plural(lines.length, "line")}: ${kinds.join(", ")}`;
}

export function incidentWords(candidate: Pick<Candidate, "incident_id" | "occurrences">): string {
  const times = candidate.occurrences === 1 ? "once" : `${candidate.occurrences} times`;
  return candidate.incident_id === null ? `new, seen ${times}` : `counted ${times} more`;
}
