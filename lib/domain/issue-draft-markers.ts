import { byteLength, cutUnits } from "./issue-text";

/*
 * What an issue draft says of itself, out of sight, as its last lines. A destination never trusts them: it takes them off and writes
 * its own (lib/destinations/issue-markers.ts, issue-body.ts). They are there for whoever reads the draft over the API.
 */
export type DraftMarkers = {
  /** SHA-256 in hex: the digest that the destinations write for this failure, never a value that a client chose (W-07). */
  fingerprint: string;
  triageRunId: string;
  /** Present only when the draft is ready for a coding agent. */
  coderHandoff: Record<string, unknown> | null;
};

/** Bytes that the hand-off may take in the body; the draft's own `coder_handoff` is whole. */
export const handoffByteLimit = 4_000;

/** Lines to end a body with: hand-off, run, and the fingerprint last. A value that does not have its form is left out. */
export function draftMarkerLines({ fingerprint, triageRunId, coderHandoff }: DraftMarkers): string[] {
  const handoff = coderHandoff && coderHandoffMarker(coderHandoff);
  return [
    ...(handoff ? [handoff] : []),
    ...(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(triageRunId)
      ? [`<!-- tandem:triage_run_id:v1:${triageRunId} -->`]
      : []),
    ...(/^[0-9a-f]{64}$/.test(fingerprint) ? [`<!-- tandem:fingerprint:v1:${fingerprint} -->`] : []),
  ];
}

/**
 * The hand-off in one comment: JSON in which nothing can end the comment, wake anybody or pass for another marker, and which
 * reads back as the same values. Long lists give way until it fits; null where it never does.
 */
export function coderHandoffMarker(
  handoff: Record<string, unknown>,
  byteLimit: number = handoffByteLimit,
): string | null {
  for (const [rows, units] of [
    [30, 300],
    [15, 200],
    [8, 120],
    [3, 80],
    [1, 60],
  ] as const) {
    const line = `<!-- tandem:coder_handoff:v1 ${hiddenJson(shortened(handoff, rows, units))} -->`;
    if (byteLength(line) <= Math.min(byteLimit, handoffByteLimit)) return line;
  }
  return null;
}

/** Only the lists give way: ids and the gate stay whole. */
function shortened(handoff: Record<string, unknown>, rows: number, units: number): Record<string, unknown> {
  const short = (value: unknown) => (typeof value === "string" ? cutUnits(value, units) : value);
  return Object.fromEntries(
    Object.entries(handoff).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.slice(0, rows).map(short) : value,
    ]),
  );
}

function hiddenJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[<>&@#\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, escaped)
    .replace(/--/g, "-\\u002d")
    .replace(/(tande)(m)(?=:)/gi, (_, head: string, last: string) => head + escaped(last));
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
