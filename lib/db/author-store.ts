import type { ActorRef, Role } from "@/lib/domain/actor";
import type { AuthorFacts } from "@/lib/domain/authorship";
import type { ApproverPerson } from "@/lib/domain/config-validate-approvers";
import type { Database } from "./client";
import { json, type Row, text } from "./rows";
import type { Transaction } from "./transaction";

/**
 * Incidents that were one before somebody took it apart: each has a draft with the words of the first sighting of all, whichever
 * of them that sighting belongs to by now. Undone or not: the words stay.
 */
const partsOfOne = `
  WITH RECURSIVE part(id) AS (
    SELECT $1::text
    UNION
    SELECT CASE WHEN split.from_id = part.id THEN split.incident_id ELSE split.from_id END
    FROM part JOIN (SELECT outcome->'split'->>'fromId' AS from_id, outcome->'split'->>'incidentId' AS incident_id
      FROM grouping_rules WHERE kind = 'split') split ON part.id IN (split.from_id, split.incident_id)
  )`;

/** Who reported a draft's incident first, and which person edited the draft last (domain/authorship.ts). */
export async function findAuthorFacts(
  db: Database,
  draft: { draftId: string; incidentId: string },
): Promise<AuthorFacts> {
  const { rows } = await db.pool.query(
    `${partsOfOne}
     SELECT (SELECT first.reporter FROM part CROSS JOIN LATERAL (SELECT o.reporter, o.received_at, o.id FROM occurrences o
         WHERE o.incident_id = part.id ORDER BY o.received_at, o.id LIMIT 1) first
       ORDER BY first.received_at, first.id LIMIT 1) AS reporter,
       (SELECT r.actor FROM draft_revisions r WHERE r.draft_id = $2 AND r.actor->>'kind' = 'user'
        ORDER BY r.revision DESC LIMIT 1) AS last_editor`,
    [draft.incidentId, draft.draftId],
  );
  return {
    reporter: json<ActorRef | null>(rows[0]?.reporter ?? null),
    lastEditor: json<ActorRef | null>(rows[0]?.last_editor ?? null),
  };
}

const peopleById = `
  SELECT u.id, u.name, u.role, u.disabled_at IS NOT NULL AS disabled,
    (SELECT coalesce(jsonb_object_agg(p.project_id, p.role), '{}') FROM user_project_roles p
      WHERE p.user_id = u.id) AS project_roles
  FROM users u WHERE u.id = ANY($1::text[])`;

/** People by id as they stand now, disabled ones too; whoever is gone is not among them. */
export async function findPeople(
  on: Database | Transaction,
  userIds: readonly string[],
): Promise<Map<string, ApproverPerson>> {
  if (userIds.length === 0) return new Map();
  const ids = [...new Set(userIds)];
  const rows =
    "pool" in on
      ? (await on.pool.query<Row>(peopleById, [ids])).rows
      : await on.$queryRawUnsafe<Row[]>(peopleById, ids);
  return new Map(
    rows.map((row) => [
      text(row.id),
      {
        ...{ userId: text(row.id), name: text(row.name), disabled: row.disabled === true },
        role: (row.role ?? null) as Role | null,
        projectRoles: json<Record<string, Role>>(row.project_roles),
      },
    ]),
  );
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
