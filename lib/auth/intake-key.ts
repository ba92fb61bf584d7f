import { insertAuditEntries } from "@/lib/db/audit-store";
import { countRejectedIntakeKey, findIntakeKeyByHash, touchIntakeKey } from "@/lib/db/intake-key-store";
import { keyedHash } from "@/lib/digest";
import { actorRef, type IntakeKeyActor } from "@/lib/domain/actor";
import { type IntakeKey, refuseKeyUse } from "@/lib/domain/intake-key";
import { type Reason, reason } from "@/lib/domain/reason";
import { newId } from "@/lib/ids";
import { credentialCaches } from "./credential-cache";
import { isPlausibleCredential } from "./credential-headers";
import type { Process } from "./process";

export { clearCredentialCaches } from "./credential-cache";
export { rawIntakeKeyOf } from "./credential-headers";

export type IntakeKeyUse = { projectId: string; sourceId?: string | null; requestId?: string | null };

export type IntakeKeyResolution =
  | { ok: true; actor: IntakeKeyActor; key: IntakeKey }
  | { ok: false; reason: Reason };

/** May the holder of this raw key report here and now? A known key that may not is counted and told to the audit. */
export async function resolveIntakeKey(
  process: Process,
  raw: string,
  use: IntakeKeyUse,
): Promise<IntakeKeyResolution> {
  const { db } = process;
  const nowMs = Date.now();
  const key = isPlausibleCredential(raw) ? await findKey(process, raw, nowMs) : null;
  if (!key) return { ok: false, reason: reason("key_unknown", "The key is not known.") };
  const refusal = refuseKeyUse(key, { projectId: use.projectId, sourceId: use.sourceId, nowMs });
  if (refusal) {
    await recordRefusal(process, key, refusal, use, nowMs);
    return { ok: false, reason: refusal };
  }
  await touchIntakeKey(db, key.keyId, nowMs);
  return { ok: true, actor: actorOf(key), key };
}

function findKey({ db, services }: Process, raw: string, nowMs: number): Promise<IntakeKey | null> {
  const hash = keyedHash(services.pepper, raw);
  return credentialCaches(db).intakeKeys.find(hash, nowMs, () => findIntakeKeyByHash(db, hash));
}

function actorOf({ keyId, name, projectId, sourceIds }: IntakeKey): IntakeKeyActor {
  return { kind: "intakeKey", keyId, name, projectId, sourceIds };
}

const auditEveryMs = 60_000;
const auditedMax = 10_000;
const audited = new Map<string, number>();

const overLimitEveryMs = 1_000;
const overLimit = new Map<string, { since: number; uses: number }>();

/** A use over the key's rate or quota: counted and told as any refusal, its row written once a second and no more. */
export async function recordOverLimit(
  process: Process,
  key: IntakeKey,
  refusal: Reason,
  use: IntakeKeyUse,
): Promise<void> {
  const nowMs = Date.now();
  const about = `${key.keyId} ${refusal.code}`;
  const { since, uses } = overLimit.get(about) ?? { since: Number.NEGATIVE_INFINITY, uses: 0 };
  const due = nowMs - since >= overLimitEveryMs;
  if (overLimit.size >= auditedMax) overLimit.clear();
  overLimit.set(about, due ? { since: nowMs, uses: 0 } : { since, uses: uses + 1 });
  if (due) await recordRefusal(process, key, refusal, use, nowMs, uses + 1);
}

/** Every refusal counts; the audit is told once a minute for a key and reason, so that nobody can flood it. */
async function recordRefusal(
  { db }: Process,
  key: IntakeKey,
  refusal: Reason,
  use: IntakeKeyUse,
  nowMs: number,
  uses = 1,
): Promise<void> {
  await countRejectedIntakeKey(db, key.keyId, uses);
  const about = `${key.keyId} ${refusal.code}`;
  if (nowMs - (audited.get(about) ?? Number.NEGATIVE_INFINITY) < auditEveryMs) return;
  if (audited.size >= auditedMax) audited.clear();
  audited.set(about, nowMs);
  await insertAuditEntries(db, [
    {
      id: newId.audit(),
      at: new Date(nowMs),
      actor: actorRef(actorOf(key)),
      action: "incident_monitor.intake_key.rejected",
      outcome: "denied",
      subject: { kind: "intake_key", id: key.keyId, projectId: key.projectId },
      requestId: use.requestId ?? null,
      detail: { reason: refusal.code },
    },
  ]);
}
