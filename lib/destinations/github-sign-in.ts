import { createHash } from "node:crypto";
import { reason } from "@/lib/domain/reason";
import type { AdapterContext } from "./destination";
import { createGithubClient, type GithubClient, requestInstallationToken } from "./github-client";
import { type GithubConfig, type GithubCredentials, readGithubCredentials } from "./github-config";
import { type GithubFailure, githubFailure, readJson, unreadableReply } from "./github-outcome";

type InstallationToken = { token: string; expiresAtMs: number; permissions: Record<string, string> };

export type SignedIn = {
  ok: true;
  client: GithubClient;
  /** What an App's installation may do; null for a token, whose rights GitHub does not tell. */
  permissions: Record<string, string> | null;
  /** After a 401: forgets a kept token, and says whether there was one, so that a new one may still be accepted. */
  forget: () => boolean;
};

/** Per server, App, installation and key. Tokens live an hour; the process forgets them when it ends. */
const kept = new Map<string, InstallationToken>();
const keptMax = 200;
const marginMs = 60_000;

/** A client for this destination, or why there is none. Never repeats a secret. */
export async function signIn(
  config: GithubConfig,
  context: AdapterContext,
): Promise<SignedIn | { ok: false; failure: GithubFailure }> {
  const [problem] = config.problems;
  if (problem) return refuse({ outcome: "rejected", reason: problem });
  if (!config.auth) {
    const words = "No GitHub token is set: give config.token_ref (env:NAME or file:NAME), or a GitHub App.";
    return refuse({ outcome: "rejected", reason: reason("token_ref_missing", words) });
  }
  const read = readGithubCredentials(config.auth, context);
  if (!read.ok) return refuse({ outcome: "rejected", reason: read.reason });
  if (read.credentials.kind === "token") {
    const client = createGithubClient(config, read.credentials.token, context);
    return { ok: true, client, permissions: null, forget: () => false };
  }
  return signInAsApp(config, read.credentials, context);
}

async function signInAsApp(
  config: GithubConfig,
  app: Extract<GithubCredentials, { kind: "app" }>,
  context: AdapterContext,
): Promise<SignedIn | { ok: false; failure: GithubFailure }> {
  const keyDigest = createHash("sha256").update(app.privateKey).digest("hex");
  const place = JSON.stringify([config.apiBaseUrl, app.appId, app.installationId, keyDigest]);
  let found = kept.get(place);
  const isKept = found !== undefined && found.expiresAtMs - marginMs > context.nowMs;
  if (!found || !isKept) {
    const reply = await requestInstallationToken(config, app, context);
    const { result } = reply;
    if (result.outcome !== "response" || result.status < 200 || result.status >= 300) {
      return refuse(githubFailure(reply, "sign_in", context.nowMs));
    }
    const made = readToken(readJson(reply), Date.parse(result.headers.date ?? ""), context.nowMs);
    if (!made) return refuse(unreadableReply(reply, "sign_in"));
    keep(place, made);
    found = made;
  }
  const { token, permissions } = found;
  return {
    ok: true,
    client: createGithubClient(config, token, context),
    permissions,
    forget: () => {
      if (kept.get(place)?.token === token) kept.delete(place);
      return isKept;
    },
  };
}

function keep(place: string, token: InstallationToken): void {
  kept.delete(place);
  kept.set(place, token);
  const oldest = kept.keys().next().value;
  if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
}

/** Its life is measured by GitHub's clock and counted by ours, so that the two may differ. */
function readToken(value: unknown, serverNowMs: number, nowMs: number): InstallationToken | null {
  const { token, expires_at, permissions } = (value ?? {}) as Record<string, unknown>;
  const expiresAtMs = typeof expires_at === "string" ? Date.parse(expires_at) : Number.NaN;
  if (typeof token !== "string" || !/^[\x21-\x7e]{1,1024}$/.test(token) || Number.isNaN(expiresAtMs))
    return null;
  const named = Object.entries((permissions ?? {}) as Record<string, unknown>).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const lifeMs = expiresAtMs - (Number.isNaN(serverNowMs) ? nowMs : serverNowMs);
  return { token, expiresAtMs: nowMs + lifeMs, permissions: Object.fromEntries(named) };
}

function refuse(failure: GithubFailure): { ok: false; failure: GithubFailure } {
  return { ok: false, failure };
}
