import type { ApiToken } from "@/lib/domain/access";
import type { ActorRef, TokenKind } from "@/lib/domain/actor";
import type { PageRequest } from "@/lib/domain/page";
import type { Permission } from "@/lib/domain/permission";
import type { Database } from "./client";
import type { ApiToken as TokenRow } from "./generated/client";
import { also, alsoContains, type ListFilter, readPage } from "./list-query";
import { type Row as ColumnRow, ms, msOrNull } from "./rows";
import type { Transaction } from "./transaction";

/** An API token. The raw token and its hash are no part of this. */
export type ApiTokenRecord = {
  tokenId: string;
  name: string;
  kind: TokenKind;
  scopes: Permission[];
  expiresAtMs: number | null;
  disabledAtMs: number | null;
};

/** `tim_token_` and four characters: tells tokens apart, gives nothing away. */
export const tokenPrefix = (rawToken: string) => rawToken.slice(0, 14);

export type NewApiToken = {
  tokenId: string;
  name: string;
  kind: TokenKind;
  prefix: string;
  tokenHash: string;
  bootstrap?: boolean;
  /** Absent or empty: all that the kind may do. */
  scopes?: readonly Permission[];
  expiresAtMs?: number | null;
  /** The token it takes over from; absent for one made anew. */
  rotatedFromId?: string;
  createdBy: ActorRef;
  createdAtMs: number;
};

type Row = {
  id: string;
  name: string;
  kind: TokenKind;
  scopes: string[];
  expiresAt: Date | null;
  disabledAt: Date | null;
};

/** On every API request that is not remembered, so plain SQL over the unique index. */
export async function findTokenByHash(db: Database, tokenHash: string): Promise<ApiTokenRecord | null> {
  const { rows } = await db.pool.query<Row>({
    name: "api-token-by-hash",
    text: `SELECT id, name, kind, scopes, expires_at AS "expiresAt", disabled_at AS "disabledAt"
           FROM api_tokens WHERE token_hash = $1`,
    values: [tokenHash],
  });
  const [row] = rows;
  if (!row) return null;
  return {
    tokenId: row.id,
    name: row.name,
    kind: row.kind,
    scopes: row.scopes as Permission[],
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
      scopes: [...(token.scopes ?? [])],
      rotatedFromId: token.rotatedFromId,
      expiresAt: token.expiresAtMs ? new Date(token.expiresAtMs) : null,
      createdBy: token.createdBy,
      createdAt: new Date(token.createdAtMs),
    },
  });
}

export type TokenFilter = {
  /** Part of the name, the prefix or the id. */
  search?: string;
  kind?: TokenKind;
  /** Whether it was disabled; one that has expired was not. */
  disabled?: boolean;
};

/** Newest first. */
export async function listTokenRecords(
  db: Database,
  filter: TokenFilter,
  page: PageRequest,
): Promise<{ tokens: ApiToken[]; total: number; more: boolean }> {
  const query: ListFilter = { where: [], values: [] };
  if (filter.search) alsoContains(query, ["t.name", "t.prefix", "t.id"], filter.search);
  if (filter.kind) also(query, "t.kind = $?::token_kind", filter.kind);
  if (filter.disabled !== undefined) also(query, "(t.disabled_at IS NOT NULL) = $?", filter.disabled);
  const select = `t.id, t.name, t.kind, t.prefix, t.scopes, t.bootstrap, t.created_by AS "createdBy",
    t.created_at AS "createdAt", t.expires_at AS "expiresAt", t.last_used_at AS "lastUsedAt",
    t.disabled_at AS "disabledAt", t.rotated_from_id AS "rotatedFromId"`;
  const shape = { select, from: "api_tokens t", at: "t.created_at", id: "t.id" };
  const { rows, total, more } = await readPage(db, shape, query, page);
  return { tokens: rows.map(tokenFromRow), total, more };
}

export async function findToken(on: Database | Transaction, tokenId: string): Promise<ApiToken | null> {
  const client = "prisma" in on ? on.prisma : on;
  const row = await client.apiToken.findUnique({ where: { id: tokenId }, omit: { tokenHash: true } });
  return row && tokenFromRow(row);
}

/** false when it was disabled already. */
export async function markTokenDisabled(tx: Transaction, tokenId: string, nowMs: number): Promise<boolean> {
  const { count } = await tx.apiToken.updateMany({
    where: { id: tokenId, bootstrap: false, disabledAt: null },
    data: { disabledAt: new Date(nowMs) },
  });
  return count === 1;
}

/** Moves the end of a token that is still as it was read; false when somebody disabled or moved it meanwhile. */
export async function moveTokenExpiry(
  tx: Transaction,
  token: Pick<ApiToken, "tokenId" | "expiresAtMs">,
  expiresAtMs: number,
): Promise<boolean> {
  const expiresAt = token.expiresAtMs === null ? null : new Date(token.expiresAtMs);
  const { count } = await tx.apiToken.updateMany({
    where: { id: token.tokenId, bootstrap: false, disabledAt: null, expiresAt },
    data: { expiresAt: new Date(expiresAtMs) },
  });
  return count === 1;
}

function tokenFromRow(row: ColumnRow | Omit<TokenRow, "tokenHash">): ApiToken {
  const { id, name, kind, prefix, scopes, bootstrap, createdBy, rotatedFromId } = row as TokenRow;
  return {
    ...{ tokenId: id, name, kind, prefix, bootstrap, rotatedFromId },
    scopes: scopes as Permission[],
    createdBy: createdBy as ActorRef,
    createdAtMs: ms(row.createdAt),
    expiresAtMs: msOrNull(row.expiresAt),
    lastUsedAtMs: msOrNull(row.lastUsedAt),
    disabledAtMs: msOrNull(row.disabledAt),
  };
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
