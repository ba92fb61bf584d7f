import type { ActorRef } from "@/lib/domain/actor";
import type { RuntimeRegistration } from "@/lib/domain/authority-subjects";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";
import { count, json, ms, type Row, text } from "./rows";
import { type Transaction, takeTurn } from "./transaction";

const columns = "runtime_id, name, generation, subjects, registered_at, expires_at";

/** By id. There are few: their number is limited where they are made. */
export async function listRegistrations(db: Database): Promise<RuntimeRegistration[]> {
  const { rows } = await db.pool.query(
    `SELECT ${columns} FROM runtime_registrations ORDER BY runtime_id COLLATE "C"`,
  );
  return rows.map(fromRow);
}

/** One that nobody else changes before this transaction ends, and how many others there are. */
export async function takeRegistration(
  tx: Transaction,
  runtimeId: string,
): Promise<{ stored: RuntimeRegistration | null; others: number }> {
  // Those that do not exist yet cannot be locked, so runtimes take turns.
  await takeTurn(tx, "registrations");
  const row = await tx.runtimeRegistration.findUnique({ where: { runtimeId } });
  const others = await tx.runtimeRegistration.count({ where: { runtimeId: { not: runtimeId } } });
  return {
    stored: row && {
      ...{ runtimeId: row.runtimeId, name: row.name, generation: row.generation },
      ...{ registeredAtMs: row.registeredAt.getTime(), expiresAtMs: row.expiresAt.getTime() },
      subjects: json(row.subjects),
    },
    others,
  };
}

export async function putRegistration(
  tx: Transaction,
  registration: RuntimeRegistration,
  by: ActorRef,
): Promise<void> {
  const { runtimeId, name, generation } = registration;
  const registeredAt = new Date(registration.registeredAtMs);
  const said = {
    ...{ name, generation, registeredBy: by, registeredAt },
    subjects: registration.subjects as unknown as Prisma.InputJsonValue,
    expiresAt: new Date(registration.expiresAtMs),
  };
  await tx.runtimeRegistration.upsert({
    where: { runtimeId },
    create: { runtimeId, createdAt: registeredAt, ...said },
    update: said,
  });
}

/** false when there was none. */
export async function removeRegistration(tx: Transaction, runtimeId: string): Promise<boolean> {
  return (await tx.runtimeRegistration.deleteMany({ where: { runtimeId } })).count === 1;
}

const fromRow = (row: Row): RuntimeRegistration => ({
  runtimeId: text(row.runtime_id),
  name: text(row.name),
  generation: count(row.generation),
  subjects: json(row.subjects),
  registeredAtMs: ms(row.registered_at),
  expiresAtMs: ms(row.expires_at),
});
