import type { ActorRef, Role } from "@/lib/domain/actor";
import type { AuthorFacts } from "@/lib/domain/authorship";
import type { Database } from "./client";
import { json, type Row, text } from "./rows";
import type { Transaction } from "./transaction";

/** Who reported a draft's incident first, and which person edited the draft last (domain/authorship.ts). */
export async function findAuthorFacts(
  db: Database,
  draft: { draftId: string; incidentId: string },
): Promise<AuthorFacts> {
  const { rows } = await db.pool.query(
    `SELECT (SELECT o.reporter FROM occurrences o WHERE o.incident_id = $1 ORDER BY o.received_at, o.id LIMIT 1) AS reporter,
       (SELECT r.actor FROM draft_revisions r WHERE r.draft_id = $2 AND r.actor->>'kind' = 'user'
        ORDER BY r.revision DESC LIMIT 1) AS last_editor`,
    [draft.incidentId, draft.draftId],
  );
  return {
    reporter: json<ActorRef | null>(rows[0]?.reporter ?? null),
    lastEditor: json<ActorRef | null>(rows[0]?.last_editor ?? null),
  };
}

export type HeldRoles = { role: Role | null; projectRoles: Readonly<Record<string, Role>> };

/** The roles that people hold now, as this transaction sees them; somebody disabled or gone is not among them. */
export async function findHeldRoles(
  tx: Transaction,
  userIds: readonly string[],
): Promise<Map<string, HeldRoles>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT u.id, u.role, (SELECT coalesce(jsonb_object_agg(p.project_id, p.role), '{}') FROM user_project_roles p
      WHERE p.user_id = u.id) AS project_roles
    FROM users u WHERE u.id = ANY(${[...userIds]}::text[]) AND u.disabled_at IS NULL`;
  return new Map(
    rows.map((row) => [
      text(row.id),
      {
        role: (row.role ?? null) as Role | null,
        projectRoles: json<Record<string, Role>>(row.project_roles),
      },
    ]),
  );
}
