import type { NextAuthOptions, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { OidcEndpoints, OidcVerdict } from "@/lib/domain/oidc";
import { reason } from "@/lib/domain/reason";
import { logger } from "@/lib/logger";
import { signInPath, withQuery } from "@/lib/paths";
import { clientAddress } from "./client-address";
import { oidcProvider, providerId } from "./oidc-provider";
import { sessionLifetimeMs } from "./open-session";
import { currentProcess, type Process } from "./process";
import { type ProviderOutcome, type ProviderSignIn, signInByProvider } from "./provider-sign-in";
import { hasSecureCookies, resolveSession } from "./session-cookie";
import { signIn } from "./sign-in";
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
const failure = {
  ...{ throttled: "throttled", code_required: "CodeRequired", code_wrong: "CodeWrong" },
  broken: "Unavailable",
};

/** next-auth's canonical URL is NEXTAUTH_URL, which the start script sets to the public one. */
export function authOptions(process: Process = currentProcess(), oidc?: OidcCall): NextAuthOptions {
  const { oidc: client } = process;
  const endpoints = oidc?.endpoints ?? null;
  const from = oidc?.from ?? { address: "unknown", userAgent: null };
  return {
    secret: process.authSecret,
    useSecureCookies: hasSecureCookies(process.publicUrl),
    session: { strategy: "jwt", maxAge: sessionLifetimeMs / 1_000 },
    // None of next-auth's own screens: they know neither our words nor our content security policy.
    pages: { signIn: signInPath(), error: signInPath(), signOut: signInPath(), verifyRequest: signInPath() },
    providers: [
      CredentialsProvider({
        name: "Email and password",
        credentials: { email: { type: "email" }, password: { type: "password" }, code: { type: "text" } },
        authorize: (credentials, request) => authorize(process, credentials, request.headers ?? {}),
      }),
      ...(client ? [oidcProvider(process, client, endpoints, from)] : []),
    ],
    callbacks: {
      redirect: ({ url, baseUrl }) => onThisSite(url, baseUrl),
      signIn: async ({ user, account, profile }) => {
        if (account?.provider !== providerId) return true;
        const outcome = await byProvider(process, profile as unknown as OidcVerdict, from);
        if (!outcome.ok) return refusalUrl(process, outcome.reason.code);
        // The library hands this very object on to the token; a session of its own it does not keep.
        user.id = outcome.userId;
        user.sessionId = outcome.sessionId;
        return true;
      },
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

/** A call that has to do with the provider: what it says of itself, and who calls. */
export type OidcCall = { endpoints: OidcEndpoints; from: ProviderSignIn };

/** Where the sign-in page says why (components/sign-in/sign-in-outcome.ts). */
export const refusalUrl = ({ publicUrl }: Process, code: string): string =>
  new URL(withQuery(signInPath(), { error: code }), publicUrl).href;

/** What is thrown here the library would show to the person. */
async function byProvider(
  process: Process,
  verdict: OidcVerdict,
  from: ProviderSignIn,
): Promise<ProviderOutcome> {
  try {
    return await signInByProvider(process, verdict, from);
  } catch (error) {
    logger.error({ err: error }, "a sign-in through the provider could not be checked");
    return { ok: false, reason: reason(failure.broken, "The sign-in could not be checked.") };
  }
}

/** Recovery codes are the longest there are, with room for how people write them. */
const codeLengthMax = 64;

/** @throws Error whose message is the word the form is given; nothing of what went wrong inside travels with it. */
async function authorize(
  process: Process,
  credentials: { email?: string; password?: string; code?: string } | undefined,
  headers: Record<string, string>,
): Promise<User | null> {
  const { email, password, code = null } = credentials ?? {};
  if (typeof email !== "string" || typeof password !== "string") return null;
  if (code !== null && (typeof code !== "string" || code.length > codeLengthMax)) return null;
  const address = clientAddress((name) => headers[name], process.publicUrl);
  const userAgent = headers["user-agent"] ?? null;
  const outcome = await signIn(process, { email, password, code, address, userAgent }).catch(
    (error: unknown) => {
      logger.error({ err: error }, "a sign-in could not be checked");
      throw new Error(failure.broken);
    },
  );
  if (outcome.ok) {
    const { userId, name, email, sessionId } = outcome;
    return { id: userId, name, email, sessionId };
  }
  if (outcome.reason !== "wrong") throw new Error(failure[outcome.reason]);
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
