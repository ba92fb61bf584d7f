import { createHash } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import type { SafeResult } from "@/lib/net/safe-fetch";
import type { AdapterContext } from "./destination";
import type { GithubConfig, GithubCredentials } from "./github-config";

const apiVersion = "2022-11-28";
const userAgent = "incident-monitor/0.1 (+github)";
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** One request on the wire: what came of it, and the digest of the bytes sent. */
export type GithubReply = { result: SafeResult; requestDigest: string };

export type GithubRequest = {
  /** `POST /repos/{owner}/{repo}/issues`; owner and repo are filled in. */
  route: string;
  parameters?: Record<string, unknown>;
  responseByteLimit?: number;
};

export type GithubClient = (request: GithubRequest) => Promise<GithubReply>;

type Access = Pick<GithubConfig, "owner" | "repo" | "apiBaseUrl" | "policy" | "timeoutMs">;
type Net = Pick<AdapterContext, "fetch" | "signal">;

const responseByteLimitDefault = 262_144;

/** Requests with this token. Octokit writes them; what came back is judged from our own result, never from its errors. */
export function createGithubClient(access: Access, token: string, net: Net): GithubClient {
  const { owner, repo } = access;
  return (request) =>
    send(access, net, { auth: token }, { ...request, parameters: { owner, repo, ...request.parameters } });
}

/**
 * Asks for an installation's token. Octokit signs the JWT and, where GitHub says that our clock is off, signs once more by
 * GitHub's clock; asking twice makes nothing twice.
 */
export function requestInstallationToken(
  access: Access,
  app: Extract<GithubCredentials, { kind: "app" }>,
  net: Net,
): Promise<GithubReply> {
  const { appId, privateKey, installationId } = app;
  return send(
    access,
    net,
    { authStrategy: createAppAuth, auth: { appId, privateKey, installationId, log: silent } },
    {
      route: "POST /app/installations/{installation_id}/access_tokens",
      parameters: { installation_id: Number(installationId) },
    },
  );
}

async function send(
  access: Access,
  net: Net,
  auth: { auth: unknown; authStrategy?: typeof createAppAuth },
  request: GithubRequest,
): Promise<GithubReply> {
  let reply: GithubReply | undefined;
  const fetch = async (url: string, init: FetchInit): Promise<Response> => {
    const body = init.body ?? undefined;
    const result = await net.fetch({
      url,
      method: init.method,
      headers: init.headers,
      body,
      policy: access.policy,
      timeoutMs: access.timeoutMs,
      responseByteLimit: request.responseByteLimit ?? responseByteLimitDefault,
      signal: net.signal,
    });
    reply = {
      result,
      requestDigest: createHash("sha256")
        .update(body ?? "")
        .digest("hex"),
    };
    return toResponse(result);
  };
  const octokit = new Octokit({
    ...auth,
    baseUrl: access.apiBaseUrl,
    userAgent,
    log: silent,
    request: { fetch },
  });
  try {
    const headers = { "x-github-api-version": apiVersion };
    await octokit.request(request.route, { ...request.parameters, headers });
  } catch (error) {
    // Before anything was sent it is an error of ours; afterwards the result itself says what happened.
    if (!reply) throw error;
  }
  if (!reply) throw new Error("octokit sent nothing");
  return reply;
}

/** What octokit hands to a fetch. */
type FetchInit = {
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers: Record<string, string>;
  body?: string | null;
};

const bodilessStatuses = new Set([204, 205, 304]);

/** A Response that octokit can read; a request without an answer fails there as a broken connection does. */
function toResponse(result: SafeResult): Response {
  if (result.outcome !== "response") throw new TypeError(result.reason.message);
  const { status, headers, body } = result;
  return new Response(bodilessStatuses.has(status) ? null : body, { status, headers });
}
