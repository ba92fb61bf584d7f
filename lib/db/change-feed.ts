import type { Database } from "./client";
import type { Transaction } from "./transaction";

/** What live screens and workers are told about: a topic and an id, no content (readers fetch what they may see). */
export type ChangeTopic =
  | "incident"
  | "draft"
  | "delivery"
  | "config"
  | "key"
  /** Who may do what: `id` is the user, the token or the invitation concerned. */
  | "access"
  | "intake"
  | "silence"
  /** Stored texts are to be read again. */
  | "redaction"
  /** A hold was placed or released, or something was erased on request. */
  | "retention"
  /** An admin approved alone, or somebody judged it. */
  | "break_glass"
  /** A run of triage: taken, further on, ended. */
  | "triage"
  /** `project/source`: its tail was put elsewhere, or it began or ceased to be readable. */
  | "log_source"
  /** What a session says of its person has changed, or it has ended. The id is the session's. */
  | "session";
export type Change = { topic: ChangeTopic; id: string; projectId?: string | null };

export const changeChannel = "incident_monitor_changes";

/** Queued with the transaction: listeners in any process hear of it only when it commits. */
export async function announceChange(tx: Transaction, change: Change): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${changeChannel}, ${JSON.stringify(change)})`;
}

/** The same where nothing is written besides: who listens hears it at once. */
export async function announceNow(db: Pick<Database, "pool">, change: Change): Promise<void> {
  await db.pool.query("SELECT pg_notify($1, $2)", [changeChannel, JSON.stringify(change)]);
}
