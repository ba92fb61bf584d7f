import type { RedactionCounts } from "@/lib/domain/records";
import type { Database } from "./client";
import { json, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { OpenTransaction } from "./transaction";

/** A piece of evidence of a record, redacted before it came here. */
export type NewEvidence = {
  evidenceId: string;
  /** `log_source` for bytes of a watched log. */
  kind: string;
  incidentId: string | null;
  draftId: string | null;
  /** The reference that names exactly this one; unique. */
  path: string;
  contentType: string;
  content: Record<string, unknown>;
  /** Over the canonical JSON of `content`, lower-case hex. */
  sha256: string;
  redactions: RedactionCounts;
  createdAtMs: number;
  expiresAtMs: number | null;
};
export type Evidence = NewEvidence;

/** Evidence that is there already, by its reference, stays as it is. */
export async function insertEvidence(
  open: Pick<OpenTransaction, "query">,
  evidence: readonly NewEvidence[],
): Promise<void> {
  if (evidence.length === 0) return;
  await open.query({
    name: "insert-evidence",
    text: `INSERT INTO evidence_artifacts (id, kind, draft_id, incident_id, path, content_type, content, sha256, redactions,
        created_at, expires_at)
      SELECT id, kind, draft_id, incident_id, path, content_type, content, sha256, redactions, created_at, expires_at
      FROM jsonb_to_recordset($1::jsonb) AS t(id text, kind text, draft_id text, incident_id text, path text,
        content_type text, content jsonb, sha256 text, redactions jsonb, created_at timestamptz, expires_at timestamptz)
      ON CONFLICT DO NOTHING`,
    values: [
      JSON.stringify(
        evidence.map((each) => ({
          id: each.evidenceId,
          kind: each.kind,
          draft_id: each.draftId,
          incident_id: each.incidentId,
          path: each.path,
          content_type: each.contentType,
          content: each.content,
          sha256: each.sha256,
          redactions: each.redactions,
          created_at: new Date(each.createdAtMs).toISOString(),
          expires_at: each.expiresAtMs === null ? null : new Date(each.expiresAtMs).toISOString(),
        })),
      ),
    ],
  });
}

/** Evidence by the reference that names exactly it; null where there is none, or its time is over. */
export async function findEvidence(db: Database, path: string, nowMs: number): Promise<Evidence | null> {
  const { rows } = await db.pool.query(
    "SELECT * FROM evidence_artifacts WHERE path = $1 AND (expires_at IS NULL OR expires_at > $2)",
    [path, new Date(nowMs)],
  );
  return rows[0] ? evidenceFromRow(rows[0]) : null;
}

/**
 * The newest evidence of these bytes of a source's log, whichever of its files they were in; null where there is none,
 * or its time is over.
 */
export async function findEvidenceOfBytes(
  db: Database,
  bytes: { pathPrefix: string; offsetStart: number; offsetEnd: number },
  nowMs: number,
): Promise<Evidence | null> {
  const { rows } = await db.pool.query(
    `SELECT * FROM evidence_artifacts WHERE kind = 'log_source' AND starts_with(path, $1)
       AND content->'offset_start' = to_jsonb($2::bigint) AND content->'offset_end' = to_jsonb($3::bigint)
       AND (expires_at IS NULL OR expires_at > $4) ORDER BY created_at DESC LIMIT 1`,
    [bytes.pathPrefix, bytes.offsetStart, bytes.offsetEnd, new Date(nowMs)],
  );
  return rows[0] ? evidenceFromRow(rows[0]) : null;
}

function evidenceFromRow(row: Row): Evidence {
  return {
    evidenceId: text(row.id),
    kind: text(row.kind),
    incidentId: textOrNull(row.incident_id),
    draftId: textOrNull(row.draft_id),
    path: text(row.path),
    contentType: text(row.content_type),
    content: json(row.content),
    sha256: text(row.sha256),
    redactions: json(row.redactions),
    createdAtMs: ms(row.created_at),
    expiresAtMs: msOrNull(row.expires_at),
  };
}
