import { type ApiTokenRecord, findTokenByHash, touchToken } from "@/lib/db/token-store";
import { keyedHash } from "@/lib/digest";
import type { Actor, AgentActor, TokenActor } from "@/lib/domain/actor";
import { type CachedToken, credentialCaches } from "./credential-cache";
import { isPlausibleCredential, rawTokenOf } from "./credential-headers";
import type { Process } from "./process";
import { resolveSessionCookie } from "./session-cookie";

export type Credential =
  | { kind: "none" }
  /** Presented and not good: no other credential of the request makes up for it. */
  | { kind: "invalid" }
  | { kind: "actor"; actor: Actor; via: "token" | "cookie" };

const none: Credential = { kind: "none" };
const invalid: Credential = { kind: "invalid" };
const touchEveryMs = 10_000;

/**
 * Who calls the HTTP API. A token in any header comes before the session cookie; which header it was says nothing about
 * what it may do (D-19).
 */
export async function resolveCredential(process: Process, headers: Headers): Promise<Credential> {
  const raw = rawTokenOf(headers);
  if (raw) {
    const actor = await resolveToken(process, raw);
    return actor ? { kind: "actor", actor, via: "token" } : invalid;
  }
  const actor = await resolveSessionCookie(process, headers);
  return actor ? { kind: "actor", actor, via: "cookie" } : none;
}

/** Looked up by a keyed hash, so that how far a guess matches cannot be told from the time it takes. */
async function resolveToken(process: Process, raw: string): Promise<Actor | null> {
  if (!isPlausibleCredential(raw)) return null;
  const { db } = process;
  const nowMs = Date.now();
  const hash = keyedHash(process.services.pepper, raw);
  const found = await credentialCaches(db).tokens.find(hash, nowMs, async () => {
    const token = await findTokenByHash(db, hash);
    if (!token || token.disabledAtMs !== null) return null;
    return { actor: actorOf(token), expiresAtMs: token.expiresAtMs, touchedAtMs: 0 };
  });
  if (!found || (found.expiresAtMs !== null && found.expiresAtMs <= nowMs)) return null;
  await touch(process, found, nowMs);
  return found.actor;
}

async function touch(process: Process, found: CachedToken, nowMs: number): Promise<void> {
  if (nowMs - found.touchedAtMs < touchEveryMs) return;
  found.touchedAtMs = nowMs;
  await touchToken(process.db, (found.actor as TokenActor | AgentActor).tokenId, nowMs);
}

function actorOf({ tokenId, name, kind, scopes }: ApiTokenRecord): TokenActor | AgentActor {
  return kind === "agent"
    ? Object.freeze({ kind: "agent", tokenId, name, scopes })
    : Object.freeze({ kind: "token", tokenId, name, tokenKind: kind, scopes });
}
