import type { NextAuthOptions, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { logger } from "@/lib/logger";
import { signInPath } from "@/lib/paths";
import { clientAddress } from "./client-address";
import { currentProcess, type Process } from "./process";
import { hasSecureCookies, resolveSession } from "./session-cookie";
import { sessionLifetimeMs, signIn } from "./sign-in";
import { signOut } from "./sign-out";

declare module "next-auth" {
  interface User {
    sessionId: string;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    /** The row in `sessions` that says whether this cookie is still good. */
    sid?: string;
  }
}

/** What the sign-in form tells apart (components/sign-in/sign-in-outcome.ts). null is `CredentialsSignin`. */
const failure = { throttled: "throttled", broken: "Unavailable" };

/** next-auth's canonical URL is NEXTAUTH_URL, which the start script sets to the public one. */
export function authOptions(process: Process = currentProcess()): NextAuthOptions {
  return {
    secret: process.authSecret,
    useSecureCookies: hasSecureCookies(process.publicUrl),
    session: { strategy: "jwt", maxAge: sessionLifetimeMs / 1_000 },
    // None of next-auth's own screens: they know neither our words nor our content security policy.
    pages: { signIn: signInPath(), error: signInPath(), signOut: signInPath(), verifyRequest: signInPath() },
    providers: [
      CredentialsProvider({
        name: "Email and password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials, request) => authorize(process, credentials, request.headers ?? {}),
      }),
    ],
    callbacks: {
      redirect: ({ url, baseUrl }) => onThisSite(url, baseUrl),
      jwt: async ({ token, user }) => {
        if (user) return { sub: user.id, sid: user.sessionId };
        // Throwing is how next-auth is told to take the cookie back.
        if (!token.sid || !(await resolveSession(process, token.sid)))
          throw new Error("the session has ended");
        return { sub: token.sub, sid: token.sid };
      },
      session: async ({ session, token }) => {
        const actor = token.sid ? await resolveSession(process, token.sid) : null;
        return { expires: session.expires, user: { name: actor?.name, email: actor?.email } };
      },
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sid) await signOut(process, token.sid);
      },
    },
    logger: {
      error: (code) => logger.error({ code: codeOf(code) }, "sign-in library"),
      warn: (code) => logger.warn({ code: codeOf(code) }, "sign-in library"),
      debug: () => undefined,
    },
  };
}

/** @throws Error whose message is the word the form is given; nothing of what went wrong inside travels with it. */
async function authorize(
  process: Process,
  credentials: { email?: string; password?: string } | undefined,
  headers: Record<string, string>,
): Promise<User | null> {
  const { email, password } = credentials ?? {};
  if (typeof email !== "string" || typeof password !== "string") return null;
  const address = clientAddress((name) => headers[name], process.publicUrl);
  const userAgent = headers["user-agent"] ?? null;
  const outcome = await signIn(process, { email, password, address, userAgent }).catch((error: unknown) => {
    logger.error({ err: error }, "a sign-in could not be checked");
    throw new Error(failure.broken);
  });
  if (outcome.ok) {
    const { userId, name, email, sessionId } = outcome;
    return { id: userId, name, email, sessionId };
  }
  if (outcome.reason === "throttled") throw new Error(failure.throttled);
  return null;
}

function onThisSite(url: string, baseUrl: string): string {
  if (!URL.canParse(url, baseUrl)) return baseUrl;
  const target = new URL(url, baseUrl);
  return target.origin === new URL(baseUrl).origin ? target.href : baseUrl;
}

/** Browsers may report to next-auth's log as well, so that even a code is anybody's text. */
function codeOf(code: unknown): string {
  return typeof code === "string" && /^[A-Za-z_]{1,60}$/.test(code) ? code : "unknown";
}
