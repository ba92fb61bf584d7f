import type { CodeWindow, Inspection, Research, SimilarRecord } from "./triage";

/** How many of each kind are worth a reader's time; the contract's caps come on top. */
const counts = { references: 30, suspects: 5, logs: 5, lookedAt: 10 };

/** Places in the project that the inspection read, each once, the richest reference of a place first. */
export function codeReferences(inspect: Inspection | undefined): unknown[] {
  const resolved = (inspect?.frames ?? []).filter((each) => each.state === "resolved" && each.path !== null);
  const references = [
    ...(inspect?.windows ?? []).map(windowReference),
    ...resolved.map((each) => ({
      path: each.path,
      ...(each.line !== null && { line: each.line }),
      ...(each.function && { function: each.function }),
      why: "A frame of the trace.",
    })),
    ...(inspect?.mentions ?? []).map((each) => ({
      path: each.path,
      ...(each.line !== null && { line: each.line }),
      why: mentionWords[each.because],
    })),
  ];
  const seen = new Set<string>();
  const firsts = references.filter(({ path, line }) => {
    const place = `${path}:${line ?? ""}`;
    return seen.has(place) ? false : seen.add(place);
  });
  return firsts.slice(0, counts.references);
}

const mentionWords = {
  named_in_report: "Named in the report.",
  names_component: "Names the failing component.",
  message_literal: "The message is written here.",
  locks_dependency: "Pins a dependency of the trace.",
} as const;

const windowReference = ({ path, fromLine, lines, focusLine, enclosing }: CodeWindow) => ({
  path,
  line: focusLine ?? fromLine,
  from_line: fromLine,
  to_line: fromLine + Math.max(0, lines.length - 1),
  ...(enclosing && { function: enclosing.name }),
  why: "Code around the failure.",
});

/** What research rests on: suspect commits, the log around the failure, and what else was read. */
export function sourceReferences(inspect: Inspection | undefined, research: Research | undefined): unknown[] {
  return [
    ...(research?.history.suspects ?? []).slice(0, counts.suspects).map((each) => ({
      kind: "commit",
      hash: each.hash,
      subject: each.subject,
      author: each.author,
      authored_at_ms: each.authoredAtMs,
      because: each.because,
      confidence: each.confidence,
    })),
    ...(inspect?.logNeighbours ?? []).slice(0, counts.logs).map((reference) => ({ kind: "log", reference })),
    ...(research?.lookedAt ?? [])
      .filter((each) => each.outcome === "read")
      .slice(0, counts.lookedAt)
      .map((each) => ({ kind: "looked_at", what: each.what, ...(each.note && { note: each.note }) })),
  ];
}

export const similarReference = (each: SimilarRecord) => ({
  kind: each.kind,
  id: each.id,
  title: each.title,
  match_reason: each.match,
  score: each.score,
  ...(each.occurrenceCount !== null && { occurrence_count: each.occurrenceCount }),
  ...(each.outcome !== null && { outcome: each.outcome }),
  ...(each.url !== null && { url: each.url }),
});
