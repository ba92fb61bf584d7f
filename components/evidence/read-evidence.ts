import type { EvidenceWire } from "@/lib/contracts/evidence";

/** What was kept of a failure in a watched log, as far as it can be read; its content is of no fixed shape on the wire. */
export type LogEvidence = {
  title: string | null;
  path: string | null;
  offsets: { start: number; end: number } | null;
  lines: string[];
  /** Lines before the failure: shown, never part of its identity. */
  context: string[];
  level: string | null;
  event: string | null;
  fingerprint: string | null;
  format: string | null;
  detectedAtMs: number | null;
  /** A line was longer than the source's cap. */
  truncated: boolean;
};

/** null for content that is not of a log. */
export function readLogEvidence({
  kind,
  content,
}: Pick<EvidenceWire, "kind" | "content">): LogEvidence | null {
  if (kind !== "log_source" || typeof content !== "object" || content === null) return null;
  const fields = content as Record<string, unknown>;
  const { offset_start: start, offset_end: end } = fields;
  return {
    title: textOf(fields.title),
    path: textOf(fields.log_path),
    offsets: typeof start === "number" && typeof end === "number" ? { start, end } : null,
    lines: textsOf(fields.raw_excerpt_redacted),
    context: textsOf(fields.context),
    level: textOf(fields.level),
    event: textOf(fields.event),
    fingerprint: textOf(fields.fingerprint),
    format: textOf(fields.parser_format),
    detectedAtMs: typeof fields.detected_at_ms === "number" ? fields.detected_at_ms : null,
    truncated: fields.truncated === true,
  };
}

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
const textsOf = (value: unknown) =>
  Array.isArray(value) ? value.filter((row): row is string => typeof row === "string") : [];

/** Is it a reference that the monitor itself can open? */
export function isEvidenceReference(reference: string): boolean {
  return reference.startsWith("tandem://incident-monitor/");
}
