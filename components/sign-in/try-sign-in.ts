import { signIn } from "next-auth/react";
import { type SignInFailure, signInFailure } from "./sign-in-outcome";

export type Credentials = { email: string; password: string };

/** The auth client leaves the page when the server is gone, so ask first whether it is there. */
async function csrfToken(): Promise<string | null> {
  try {
    const answer = await fetch("/api/auth/csrf", { cache: "no-store" });
    return answer.ok ? ((await answer.json()) as { csrfToken: string }).csrfToken : null;
  } catch {
    return null;
  }
}

/** null: signed in. */
export async function trySignIn(
  credentials: Credentials & { code?: string },
  callbackUrl: string,
): Promise<SignInFailure | null> {
  if (!(await csrfToken())) return "unreachable";
  try {
    const answer = await signIn("credentials", { ...credentials, callbackUrl, redirect: false });
    return signInFailure(answer);
  } catch {
    return "broken";
  }
}

/**
 * Leaves for the provider, which sends the person back to `callbackUrl`. `again`: it has to ask them, however lately they
 * signed in there. Answers only when that could not begin.
 */
export async function leaveForProvider(callbackUrl: string, again = false): Promise<SignInFailure | null> {
  const token = await csrfToken();
  if (!token) return "unreachable";
  try {
    const body = new URLSearchParams({ csrfToken: token, callbackUrl, json: "true" });
    const query = again ? "?prompt=login&max_age=0" : "";
    const answer = await fetch(`/api/auth/signin/oidc${query}`, { method: "POST", body, cache: "no-store" });
    const { url } = (await answer.json()) as { url?: string };
    if (!url) return "provider_failed";
    window.location.assign(url);
    return null;
  } catch {
    return "broken";
  }
}
