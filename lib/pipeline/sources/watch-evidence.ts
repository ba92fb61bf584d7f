import type { LogPlace } from "@/lib/db/log-sighting-store";
import type { GroupEvidence } from "@/lib/db/log-window-store";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { MonitorConfig, SafetyDefaults } from "@/lib/domain/config";
import { artifactReference, bytesReference } from "@/lib/domain/evidence-reference";
import type { LogCandidate } from "@/lib/domain/log-reading";
import { evidenceExpiry } from "@/lib/domain/retention";
import { storable, truncate } from "@/lib/domain/text";
import { newId } from "@/lib/ids";
import { profileNamed } from "@/lib/redaction/profiles";
import { redactFields } from "@/lib/redaction/redact-fields";
import type { PreparedReport } from "../intake/accept-reports";

/** One failure that is to leave evidence, as it was read. */
export type EvidenceDue = { prepared: PreparedReport; candidate: LogCandidate; place: LogPlace };

/** Of what is kept of a line, and of a failure in all; characters. */
const lineLengthMax = 10_000;
const linesLengthMax = 100_000;

/**
 * The evidence of these failures, each redacted by its source's profile, and the group of each with the references added:
 * one names the bytes of the log, one the artifact. In the order given.
 */
export async function makeEvidence(
  due: readonly EvidenceDue[],
  config: MonitorConfig,
  nowMs: number,
): Promise<GroupEvidence[]> {
  const redacted = await redactLines(due, config.safetyDefaults);
  return due.map((each, at) => {
    const { prepared, place } = each;
    const { lines, context, redactions } = redacted[at] ?? { lines: [], context: [], redactions: {} };
    const { projectId, sourceId } = sourceOf(each);
    const file = fileOf(prepared, place);
    const path = artifactReference(projectId, sourceId, file);
    const content = contentOf(each, { lines, context, redactions }, nowMs);
    return {
      group: withReferences(prepared, [
        bytesReference(projectId, sourceId, place.offsetStart, place.offsetEnd),
        path,
      ]),
      evidence: {
        evidenceId: newId.evidence(),
        kind: "log_source",
        path,
        contentType: "application/json",
        content,
        sha256: sha256Hex(canonicalJson(content)),
        redactions,
        createdAtMs: nowMs,
        expiresAtMs: evidenceExpiry(config, { projectId, sourceId, nowMs }),
      },
    };
  });
}

function sourceOf({ prepared }: EvidenceDue): { projectId: string; sourceId: string } {
  const { projectId, logSourceId } = prepared.origin;
  if (projectId === null || logSourceId === null) throw new Error("a watched line belongs to a source");
  return { projectId, sourceId: logSourceId };
}

function fileOf({ group }: PreparedReport, place: LogPlace): string {
  const { fingerprint } = group.candidate;
  const identity = [fingerprint.scopeKey, fingerprint.value, place.generation, place.offsetStart];
  return `${sha256Hex(canonicalJson(identity)).slice(0, 16)}-${place.offsetStart}.json`;
}

type RedactedLines = { lines: string[]; context: string[]; redactions: Record<string, number> };

/** One pass per profile, as for reports. */
async function redactLines(due: readonly EvidenceDue[], safety: SafetyDefaults): Promise<RedactedLines[]> {
  const results = new Array<RedactedLines>(due.length);
  const names = new Set(due.map((each) => each.prepared.origin.redactionProfile));
  for (const name of names) {
    const own = [...due.entries()].filter(([, each]) => each.prepared.origin.redactionProfile === name);
    const items = own.map(([, { candidate }]) => ({
      lines: bounded(candidate.lines),
      context: bounded(candidate.context),
    }));
    const redacted = await redactFields(items, { structural: [] }, profileNamed(name, safety));
    redacted.forEach(({ value, redactions }, position) => {
      const at = own[position]?.[0];
      if (at === undefined) return;
      const counts = Object.fromEntries(redactions.map((each) => [each.kind, each.count]));
      results[at] = { lines: [...value.lines], context: [...value.context], redactions: counts };
    });
  }
  return results;
}

function bounded(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    if (length >= linesLengthMax) break;
    const row = truncate(storable(line), Math.min(lineLengthMax, linesLengthMax - length));
    kept.push(row);
    length += row.length;
  }
  return kept;
}

/** What the reference keeps (2.8), and what it left out: generation, context and how much was taken out. */
function contentOf({ prepared, candidate, place }: EvidenceDue, redacted: RedactedLines, nowMs: number) {
  const { origin, group } = prepared;
  const { content, fingerprint } = group.candidate;
  return {
    schema_version: 1,
    project_id: origin.projectId,
    source_id: origin.logSourceId,
    repo: origin.repo,
    workspace_root: origin.workspaceRoot,
    log_path: place.path,
    offset_start: place.offsetStart,
    offset_end: place.offsetEnd,
    inode: place.inode,
    generation: place.generation,
    detected_at_ms: nowMs,
    parser_format: candidate.record.format,
    level: content.level ?? null,
    event: content.eventType,
    fingerprint: fingerprint.wireValue,
    title: content.title,
    excerpt: content.excerpt,
    raw_excerpt_redacted: redacted.lines,
    context: redacted.context,
    truncated: candidate.truncated,
    redactions: redacted.redactions,
  };
}

/** References are ours and hold nothing of the line's words, so they are added after redaction. */
function withReferences({ redacted, regroup }: PreparedReport, references: string[]) {
  const report = {
    ...redacted.report,
    evidenceRefs: [...references, ...redacted.report.evidenceRefs],
  } as typeof redacted.report;
  const group = regroup({ ...redacted, report });
  return { ...group, eventPayload: { ...group.eventPayload, evidence_ref: references[1] } };
}
