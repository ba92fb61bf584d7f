import type { Role } from "@/lib/domain/actor";
import type { Database } from "./client";
import type { Transaction } from "./transaction";

/** A person as their own account page and the checks of their proofs need them. Hash and secrets stay on the server. */
export type AccountRecord = {
  userId: string;
  email: string;
  name: string;
  role: Role | null;
  projectRoles: Readonly<Record<string, Role>>;
  passwordHash: string | null;
  /** Sealed; there once a code has confirmed it. */
  totpSecret: string | null;
  /** Sealed, and not confirmed yet. */
  totpPending: string | null;
  totpEnabledAtMs: number | null;
  recoveryCodesLeft: number;
  /** Issuers of the providers that know this person. */
  issuers: readonly string[];
};

export async function findAccount(db: Database, userId: string): Promise<AccountRecord | null> {
  const row = await db.prisma.user.findUnique({
    where: { id: userId },
    include: {
      projectRoles: true,
      identities: { select: { issuer: true }, orderBy: { createdAt: "asc" } },
      recoveryCodes: { where: { usedAt: null }, select: { codeHash: true } },
    },
  });
  if (!row) return null;
  return {
    userId: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    projectRoles: Object.fromEntries(row.projectRoles.map(({ projectId, role }) => [projectId, role])),
    passwordHash: row.passwordHash,
    totpSecret: row.totpSecret,
    totpPending: row.totpPending,
    totpEnabledAtMs: row.totpEnabledAt?.getTime() ?? null,
    recoveryCodesLeft: row.recoveryCodes.length,
    issuers: row.identities.map(({ issuer }) => issuer),
  };
}

export async function hasTotp(tx: Transaction, userId: string): Promise<boolean> {
  const where = { id: userId, totpSecret: { not: null } };
  return (await tx.user.findFirst({ where, select: { id: true } })) !== null;
}

/** Another password. false when the hash is no longer `from`'s: somebody was first. */
export async function savePasswordHash(
  tx: Transaction,
  userId: string,
  change: { from: string; to: string; nowMs: number },
): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id: userId, passwordHash: change.from },
    data: { passwordHash: change.to, updatedAt: new Date(change.nowMs) },
  });
  return count === 1;
}

/** Over whatever was begun before. false when codes are asked for already. */
export async function savePendingTotp(tx: Transaction, userId: string, sealed: string): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id: userId, totpSecret: null },
    data: { totpPending: sealed },
  });
  return count === 1;
}

/** From now on codes are asked for. false when `sealed` is no longer what is pending. */
export async function putTotp(
  tx: Transaction,
  userId: string,
  { sealed, step, nowMs }: { sealed: string; step: number; nowMs: number },
): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id: userId, totpPending: sealed, totpSecret: null },
    data: { totpSecret: sealed, totpPending: null, totpEnabledAt: new Date(nowMs), totpLastStep: step },
  });
  return count === 1;
}

/** Secret and recovery codes are gone. false when there was nothing to end. */
export async function endTotp(tx: Transaction, userId: string): Promise<boolean> {
  await tx.recoveryCode.deleteMany({ where: { userId } });
  const { count } = await tx.user.updateMany({
    where: { id: userId, OR: [{ totpSecret: { not: null } }, { totpPending: { not: null } }] },
    data: { totpSecret: null, totpPending: null, totpEnabledAt: null, totpLastStep: null },
  });
  return count === 1;
}

export async function replaceRecoveryCodes(
  tx: Transaction,
  userId: string,
  codeHashes: readonly string[],
  nowMs: number,
): Promise<void> {
  const createdAt = new Date(nowMs);
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: codeHashes.map((codeHash) => ({ userId, codeHash, createdAt })) });
}

/** Uses a code up, with all before it. false when it, or a later one, was taken already: whoever saw it is too late. */
export async function takeTotpStep(db: Database, userId: string, step: number): Promise<boolean> {
  const { count } = await db.prisma.user.updateMany({
    where: { id: userId, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
    data: { totpLastStep: step },
  });
  return count === 1;
}

/** false when there is no such code, or it was used. */
export async function takeRecoveryCode(
  db: Database,
  userId: string,
  codeHash: string,
  nowMs: number,
): Promise<boolean> {
  const { count } = await db.prisma.recoveryCode.updateMany({
    where: { userId, codeHash, usedAt: null },
    data: { usedAt: new Date(nowMs) },
  });
  return count === 1;
}
