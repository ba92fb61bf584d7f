import type { ActorRef } from "@/lib/domain/actor";
import type { Attestation } from "@/lib/domain/production-readiness";
import type { Database } from "./client";
import { count, json, ms, msOrNull, type Row, text } from "./rows";
import type { Transaction } from "./transaction";

/** The newest of each control that was not taken back. */
export async function listStandingAttestations(db: Database): Promise<Attestation[]> {
  const { rows } = await db.pool.query(
    `SELECT DISTINCT ON (control_id) * FROM readiness_attestations WHERE withdrawn_at IS NULL
     ORDER BY control_id, attested_at DESC, id`,
  );
  return rows.map(attestationFromRow);
}

export async function insertAttestation(tx: Transaction, attestation: Attestation): Promise<void> {
  await tx.readinessAttestation.create({
    data: {
      ...{ id: attestation.attestationId, controlId: attestation.controlId, note: attestation.note },
      ...{ actor: attestation.actor, attestedAt: new Date(attestation.attestedAtMs) },
      expiresAt: new Date(attestation.expiresAtMs),
    },
  });
}

/** All that stands of a control: an older one does not come back. How many there were. */
export async function withdrawAttestations(
  tx: Transaction,
  controlId: string,
  by: { actor: ActorRef; at: Date },
): Promise<number> {
  const { count: ended } = await tx.readinessAttestation.updateMany({
    where: { controlId, withdrawnAt: null },
    data: { withdrawnAt: by.at, withdrawnBy: by.actor },
  });
  return ended;
}

/** Facts that no other store tells, in one look. */
export async function readReadinessFacts(db: Database): Promise<{
  sealedEntries: number;
  reportAtMs: number | null;
  deciders: number;
  admins: number;
  adminsWithoutSecondFactor: number;
}> {
  const { rows } = await db.pool.query(
    `SELECT COALESCE((SELECT max(tree_size) FROM audit_checkpoints), 0) AS sealed,
       (SELECT max(at) FROM audit_entries WHERE action = 'incident_monitor.assessment_report.generated') AS reported,
       count(*) FILTER (WHERE u.role IN ('approver', 'admin')) AS deciders,
       count(*) FILTER (WHERE u.role = 'admin') AS admins,
       count(*) FILTER (WHERE u.role = 'admin' AND u.totp_enabled_at IS NULL) AS bare
     FROM users u WHERE u.disabled_at IS NULL`,
  );
  const [row] = rows;
  return {
    sealedEntries: count(row?.sealed ?? 0),
    reportAtMs: msOrNull(row?.reported ?? null),
    deciders: count(row?.deciders ?? 0),
    admins: count(row?.admins ?? 0),
    adminsWithoutSecondFactor: count(row?.bare ?? 0),
  };
}

const attestationFromRow = (row: Row): Attestation => ({
  attestationId: text(row.id),
  controlId: text(row.control_id),
  note: text(row.note),
  actor: json<ActorRef>(row.actor),
  attestedAtMs: ms(row.attested_at),
  expiresAtMs: ms(row.expires_at),
  withdrawnAtMs: msOrNull(row.withdrawn_at),
});
