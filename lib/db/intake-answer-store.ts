import type { Database } from "./client";

export type IntakeAnswer = {
  requestHash: string;
  incidentId: string;
  draftId: string | null;
  inserted: boolean;
};

/** Answers given before under these idempotency keys, by `scope\nkey`. One query for a batch; none without keys. */
export async function findIntakeAnswers(
  db: Database,
  wanted: ReadonlyArray<{ scope: string; key: string }>,
  nowMs: number,
): Promise<Map<string, IntakeAnswer>> {
  if (wanted.length === 0) return new Map();
  const { rows } = await db.pool.query(
    `SELECT a.scope, a.key, a.request_hash, a.outcome, a.expires_at FROM intake_answers a
     JOIN unnest($1::text[], $2::text[]) AS w(scope, key) ON w.scope = a.scope AND w.key = a.key
     WHERE a.expires_at > $3`,
    [wanted.map((each) => each.scope), wanted.map((each) => each.key), new Date(nowMs)],
  );
  return new Map(
    rows.map((row) => [
      `${row.scope}\n${row.key}`,
      { requestHash: row.request_hash as string, ...row.outcome },
    ]),
  );
}

/** Removes answers of these keys whose time is over, so that a key may be used anew. */
export async function deleteLapsedAnswers(
  db: Database,
  keys: ReadonlyArray<{ scope: string; key: string }>,
  nowMs: number,
): Promise<void> {
  await db.pool.query(
    `DELETE FROM intake_answers a USING unnest($1::text[], $2::text[]) AS w(scope, key)
     WHERE w.scope = a.scope AND w.key = a.key AND a.expires_at <= $3`,
    [keys.map((each) => each.scope), keys.map((each) => each.key), new Date(nowMs)],
  );
}

/** Which of these origins (log lines, events) were counted before, and for which incident. */
export async function findCountedOrigins(
  db: Database,
  originKeys: readonly string[],
): Promise<Map<string, string>> {
  if (originKeys.length === 0) return new Map();
  const { rows } = await db.pool.query(
    "SELECT origin_key, incident_id FROM occurrences WHERE origin_key IS NOT NULL AND origin_key = ANY($1::text[])",
    [originKeys],
  );
  return new Map(rows.map((row) => [row.origin_key as string, row.incident_id as string]));
}

const answersPerStatement = 5_000;

/** Removes every answer whose time is over, some thousand a statement so that nobody waits long for a lock. */
export async function deleteAnswersBefore(db: Database, nowMs: number): Promise<void> {
  for (let deleted = answersPerStatement; deleted === answersPerStatement; ) {
    const { rowCount } = await db.pool.query(
      `DELETE FROM intake_answers WHERE (scope, key) IN
         (SELECT scope, key FROM intake_answers WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)`,
      [new Date(nowMs), answersPerStatement],
    );
    deleted = rowCount ?? 0;
  }
}
