import type { ActorRef } from "@/lib/domain/actor";
import type { Database } from "./client";
import type { Transaction } from "./transaction";

export type ApiTokenKind = "admin" | "service" | "agent";

/** An API token. The raw token and its hash are no part of this. */
export type ApiTokenRecord = {
  tokenId: string;
  name: string;
  kind: ApiTokenKind;
  expiresAtMs: number | null;
  disabledAtMs: number | null;
};

export type NewApiToken = {
  tokenId: string;
  name: string;
  kind: ApiTokenKind;
  prefix: string;
  tokenHash: string;
  bootstrap?: boolean;
  expiresAtMs?: number | null;
  createdBy: ActorRef;
  createdAtMs: number;
};

type Row = {
  id: string;
  name: string;
  kind: ApiTokenKind;
  expiresAt: Date | null;
  disabledAt: Date | null;
};

/** On every API request that is not remembered, so plain SQL over the unique index. */
export async function findTokenByHash(db: Database, tokenHash: string): Promise<ApiTokenRecord | null> {
  const { rows } = await db.pool.query<Row>({
    name: "api-token-by-hash",
    text: `SELECT id, name, kind, expires_at AS "expiresAt", disabled_at AS "disabledAt"
           FROM api_tokens WHERE token_hash = $1`,
    values: [tokenHash],
  });
  const [row] = rows;
  if (!row) return null;
  return {
    tokenId: row.id,
    name: row.name,
    kind: row.kind,
    expiresAtMs: row.expiresAt?.getTime() ?? null,
    disabledAtMs: row.disabledAt?.getTime() ?? null,
  };
}

export async function insertToken(tx: Transaction, token: NewApiToken): Promise<void> {
  await tx.apiToken.create({
    data: {
      id: token.tokenId,
      name: token.name,
      kind: token.kind,
      prefix: token.prefix,
      tokenHash: token.tokenHash,
      bootstrap: token.bootstrap ?? false,
      expiresAt: token.expiresAtMs ? new Date(token.expiresAtMs) : null,
      createdBy: token.createdBy,
      createdAt: new Date(token.createdAtMs),
    },
  });
}

const touchEveryMs = 10_000;

/** Records use, at most once in ten seconds whatever the number of processes. */
export async function touchToken(db: Database, tokenId: string, nowMs: number): Promise<void> {
  await db.pool.query(
    "UPDATE api_tokens SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)",
    [tokenId, new Date(nowMs), new Date(nowMs - touchEveryMs)],
  );
}

export type BootstrapToken = Pick<NewApiToken, "tokenId" | "name" | "prefix" | "tokenHash" | "createdBy"> & {
  createdAtMs: number;
};

/**
 * Makes the host's own admin token the one given. One that somebody disabled stays so until another is given. The
 * caller holds the bootstrap lock.
 *
 * @throws a unique violation when the token is in use under another name.
 */
export async function putBootstrapToken(
  tx: Transaction,
  token: BootstrapToken,
): Promise<"created" | "replaced" | "kept"> {
  const stored = await tx.apiToken.findFirst({ where: { bootstrap: true } });
  if (!stored) {
    await insertToken(tx, { ...token, kind: "admin", bootstrap: true });
    return "created";
  }
  if (stored.tokenHash === token.tokenHash) return "kept";
  await tx.apiToken.update({
    where: { id: stored.id },
    data: {
      tokenHash: token.tokenHash,
      prefix: token.prefix,
      kind: "admin",
      disabledAt: null,
      expiresAt: null,
    },
  });
  return "replaced";
}
