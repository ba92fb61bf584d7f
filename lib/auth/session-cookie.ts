import { decode } from "next-auth/jwt";
import { findActiveSession, type SessionRecord, touchSession } from "@/lib/db/session-store";
import type { UserActor } from "@/lib/domain/actor";
import type { Context } from "@/lib/pipeline/context";
import { type CachedSession, credentialCaches } from "./credential-cache";
import { sessionCookieOf } from "./credential-headers";
import type { Process } from "./process";

/** Named as next-auth names it; the prefix makes browsers refuse it over plain http. */
export function sessionCookieName(publicUrl: string): string {
  const base = "next-auth.session-token";
  return hasSecureCookies(publicUrl) ? `__Secure-${base}` : base;
}

export const hasSecureCookies = (publicUrl: string): boolean => publicUrl.startsWith("https://");

const touchEveryMs = 60_000;

/** Who is signed in, as far as the cookie and its session's row agree. null when nobody is. */
export async function resolveSessionCookie(process: Process, headers: Headers): Promise<UserActor | null> {
  const cookie = sessionCookieOf(headers, sessionCookieName(process.publicUrl));
  if (!cookie) return null;
  const sessionId = await sessionIdOf(cookie, process.authSecret);
  return sessionId ? resolveSession(process, sessionId) : null;
}

/** The row decides: the cookie only says which one. Revoking is seen within five seconds by every process. */
export async function resolveSession(process: Process, sessionId: string): Promise<UserActor | null> {
  const { db } = process;
  const nowMs = Date.now();
  const found = await credentialCaches(db).sessions.find(sessionId, nowMs, async () => {
    const session = await findActiveSession(db, sessionId, nowMs);
    return session && { session, actor: actorOf(session), touchedAtMs: 0 };
  });
  if (!found || found.session.expiresAtMs <= nowMs) return null;
  await touch(process, found, nowMs);
  return found.actor as UserActor;
}

export function forgetSession(process: Process, sessionId: string): void {
  credentialCaches(process.db).sessions.forget(sessionId);
}

/** After the caller's own session has changed, or others ended: the next call of this process must see it. */
export function forgetOwnSession(
  { db, actor }: Pick<Context, "db" | "actor">,
  endedIds: readonly string[] = [],
) {
  const { sessions } = credentialCaches(db);
  for (const id of endedIds) sessions.forget(id);
  if (actor.kind === "user") sessions.forget(actor.sessionId);
}

async function sessionIdOf(cookie: string, secret: string): Promise<string | null> {
  try {
    const token = await decode({ token: cookie, secret });
    return typeof token?.sid === "string" ? token.sid : null;
  } catch {
    // Not ours, altered or over: it says nothing.
    return null;
  }
}

async function touch(process: Process, found: CachedSession, nowMs: number): Promise<void> {
  if (nowMs - found.touchedAtMs < touchEveryMs) return;
  found.touchedAtMs = nowMs;
  await touchSession(process.db, found.session.sessionId, nowMs);
}

function actorOf(session: SessionRecord): UserActor {
  const { userId, name, email, role, projectRoles, sessionId, stepUpAtMs } = session;
  return Object.freeze({ kind: "user", userId, name, email, role, projectRoles, sessionId, stepUpAtMs });
}
