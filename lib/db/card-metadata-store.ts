import type { ActorRef } from "@/lib/domain/actor";
import type { CardChange, CardMetadata, CardVersion } from "@/lib/domain/card-metadata";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";
import { count, json, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

/** The newest version of every card that has any, by card id; those of these projects alone unless null. */
export async function listNewestCardVersions(
  db: Database,
  projects: readonly string[] | null,
): Promise<CardVersion[]> {
  const { rows } = await db.pool.query(
    `SELECT DISTINCT ON (card_id) * FROM deployment_card_versions
     WHERE $1::text[] IS NULL OR project_id = ANY($1) OR project_id IS NULL
     ORDER BY card_id, version DESC`,
    [projects],
  );
  return rows.map(versionFromRow);
}

/** Newest first, at most so many. */
export async function listCardVersions(db: Database, cardId: string, limit: number): Promise<CardVersion[]> {
  const { rows } = await db.pool.query(
    "SELECT * FROM deployment_card_versions WHERE card_id = $1 ORDER BY version DESC LIMIT $2",
    [cardId, limit],
  );
  return rows.map(versionFromRow);
}

/** @throws a unique violation where somebody else made this version first. */
export async function insertCardVersion(tx: Transaction, version: CardVersion): Promise<void> {
  await tx.deploymentCardVersion.create({
    data: {
      ...{ cardId: version.cardId, version: version.version, projectId: version.projectId },
      action: version.action,
      ...(version.metadata && { metadata: version.metadata }),
      changes: version.changes as unknown as Prisma.InputJsonValue,
      describedAt: new Date(version.describedAtMs),
      reviewedAt: version.reviewedAtMs === null ? null : new Date(version.reviewedAtMs),
      actor: version.actor,
      at: new Date(version.atMs),
    },
  });
}

/** Incidents that are a card's own, by the newest `limit` of each: exact ids alone, never part of one. */
export async function listCardIncidents(
  db: Database,
  places: ReadonlyArray<{ cardId: string; projectId: string; sourceId: string | null }>,
  limit: number,
): Promise<Array<{ cardId: string; incidentId: string }>> {
  const { rows } = await db.pool.query(
    `SELECT s.card_id, i.id
     FROM jsonb_to_recordset($1::jsonb) AS s(card_id text, project_id text, source_id text)
     CROSS JOIN LATERAL (
       (SELECT id FROM incidents WHERE s.source_id IS NULL AND project_id = s.project_id AND log_source_id IS NULL
          AND deleted_at IS NULL AND merged_into_id IS NULL ORDER BY updated_at DESC LIMIT $2)
       UNION ALL
       (SELECT id FROM incidents WHERE project_id = s.project_id AND log_source_id = s.source_id
          AND deleted_at IS NULL AND merged_into_id IS NULL ORDER BY updated_at DESC LIMIT $2)) i`,
    [
      JSON.stringify(
        places.map(({ cardId, projectId, sourceId }) => ({
          ...{ card_id: cardId, project_id: projectId, source_id: sourceId },
        })),
      ),
      limit,
    ],
  );
  return rows.map((row) => ({ cardId: text(row.card_id), incidentId: text(row.id) }));
}

/** The monitor's failures about itself, newest first. */
export async function listOwnIncidents(db: Database, limit: number): Promise<string[]> {
  const { rows } = await db.pool.query(
    `SELECT id FROM incidents WHERE project_id IS NULL AND log_source_id IS NULL AND source_kind = 'tandem_monitor'
       AND deleted_at IS NULL AND merged_into_id IS NULL ORDER BY updated_at DESC, id LIMIT $1`,
    [limit],
  );
  return rows.map((row) => text(row.id));
}

const versionFromRow = (row: Row): CardVersion => ({
  cardId: text(row.card_id),
  version: count(row.version),
  projectId: textOrNull(row.project_id),
  action: row.action as CardVersion["action"],
  metadata: json<CardMetadata | null>(row.metadata ?? null),
  changes: json<CardChange[]>(row.changes),
  describedAtMs: ms(row.described_at),
  reviewedAtMs: msOrNull(row.reviewed_at),
  actor: json<ActorRef>(row.actor),
  atMs: ms(row.at),
});
