import { generateKeyPairSync } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { GithubFakeOptions, GithubStep } from "@/e2e/fakes/github";
import { type GithubGround, githubGround } from "@/e2e/fakes/github-ground";
import type { AdapterContext } from "./destination";
import { githubAdapter } from "./github";

const pair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
const key = pair();
const otherKey = pair();
const hourMs = 3_600_000;
const appConfig = {
  token_ref: undefined,
  app_id: "77",
  installation_id: 5,
  private_key_ref: "file:app-key",
};
let ground: GithubGround | undefined;

afterEach(() => ground?.close());

async function appGround(options: Partial<GithubFakeOptions> = {}, privateKey = key.privateKey) {
  ground = await githubGround(
    { tokens: [], apps: [{ appId: "77", installationId: 5, publicKey: key.publicKey }], ...options },
    { "file:app-key": privateKey },
  );
  return ground;
}

async function publish(at: GithubGround, context: Partial<AdapterContext> = {}, config = {}) {
  const destination = at.destination({ ...appConfig, ...config });
  return githubAdapter.publish(destination, at.request({ destination }), at.context(context));
}

describe("a GitHub App", () => {
  it("signs in with its key, publishes with the installation's token and keeps it", async () => {
    const at = await appGround();
    expect(await publish(at)).toMatchObject({ outcome: "published", externalId: "1" });
    expect(await publish(at)).toMatchObject({ outcome: "published", externalId: "2" });
    expect(at.fake.tokenCount).toBe(1);
    expect(at.fake.requests[0]).toMatchObject({
      operation: "installationToken",
      path: "/app/installations/5/access_tokens",
      body: {},
    });
    expect(at.fake.requests[1]?.headers.authorization).toMatch(/^token ghs_/);
  });

  it("asks for a new token a minute before the old one ends", async () => {
    const at = await appGround();
    const nowMs = Date.now();
    await publish(at, { nowMs });
    await publish(at, { nowMs: nowMs + hourMs - 90_000 });
    expect(at.fake.tokenCount).toBe(1);
    await publish(at, { nowMs: nowMs + hourMs - 30_000 });
    expect(at.fake.tokenCount).toBe(2);
  });

  it("never uses one installation's token, key or server for another", async () => {
    const at = await appGround({
      apps: [
        { appId: "77", installationId: 5, publicKey: key.publicKey },
        { appId: "78", installationId: 5, publicKey: key.publicKey },
      ],
    });
    await publish(at);
    await publish(at, {}, { app_id: "78" });
    expect(at.fake.tokenCount).toBe(2);
    const second = await githubGround({ tokens: [] }, { "file:app-key": key.privateKey });
    const destination = second.destination(appConfig);
    const outcome = await githubAdapter.publish(
      destination,
      second.request({ destination }),
      second.context(),
    );
    expect(outcome).toMatchObject({ outcome: "rejected", reason: { code: "app_key_refused" } });
    expect(second.fake.requests.map((each) => each.operation)).toEqual(["installationToken"]);
    await second.close();
  });

  it.each([-hourMs, hourMs])("signs by GitHub's clock when that is %i ms from ours", async (clockAheadMs) => {
    const at = await appGround({ clockAheadMs });
    expect(await publish(at)).toMatchObject({ outcome: "published" });
    expect(await publish(at)).toMatchObject({ outcome: "published" });
    expect(at.fake.tokenCount).toBe(1);
    expect(at.fake.requests.map((each) => each.operation)).toEqual([
      "installationToken",
      "installationToken",
      "createIssue",
      "createIssue",
    ]);
  });

  it("a kept token that was revoked: nothing was made, so it is tried again with a new one", async () => {
    const at = await appGround();
    await publish(at);
    at.fake.revokeInstallationTokens();
    expect(await publish(at)).toMatchObject({ outcome: "retryable", reason: { code: "unauthorised" } });
    expect(await publish(at)).toMatchObject({ outcome: "published", externalId: "2" });
    expect(at.fake.tokenCount).toBe(2);
  });

  it("a new token that is refused at once: rejected, and not kept", async () => {
    const at = await appGround();
    at.fake.script("createIssue", { kind: "status", status: 401 });
    expect(await publish(at)).toMatchObject({ outcome: "rejected", reason: { code: "unauthorised" } });
    await publish(at);
    expect(at.fake.tokenCount).toBe(2);
  });

  it.each<[string, GithubStep, Record<string, unknown>]>([
    [
      "another App's installation",
      { kind: "status", status: 404 },
      { outcome: "rejected", reason: { code: "app_installation_not_found" } },
    ],
    [
      "suspended",
      { kind: "status", status: 403, body: { message: "This installation has been suspended" } },
      { outcome: "rejected", reason: { code: "app_suspended" } },
    ],
    [
      "a rate limit",
      { kind: "secondaryLimit", retryAfterS: 4 },
      { outcome: "retryable", retryAfterMs: 4_000 },
    ],
    ["a lost reply", { kind: "drop" }, { outcome: "retryable" }],
    ["a 503", { kind: "status", status: 503 }, { outcome: "retryable" }],
    [
      "a malformed answer",
      { kind: "malformed" },
      { outcome: "retryable", reason: { code: "reply_unreadable" } },
    ],
    [
      "an answer without a token",
      { kind: "status", status: 201, body: { token: "a b" } },
      { outcome: "retryable" },
    ],
  ])("signing in meets %s: no issue is made and nothing is ambiguous", async (_name, step, expected) => {
    const at = await appGround();
    at.fake.script("installationToken", step);
    expect(await publish(at)).toMatchObject(expected);
    expect(at.fake.requests.every((each) => each.operation === "installationToken")).toBe(true);
  });

  it("another key is refused, and no part of a key or token is in any outcome", async () => {
    const at = await appGround({}, otherKey.privateKey);
    const outcome = await publish(at);
    expect(outcome).toMatchObject({ outcome: "rejected", reason: { code: "app_key_refused" } });
    const good = await publish(await appGround());
    expect(JSON.stringify([outcome, good])).not.toMatch(/PRIVATE KEY|ghs_|eyJ/);
  });

  it("without the right to write issues fails its test", async () => {
    const at = await appGround({
      apps: [{ appId: "77", installationId: 5, publicKey: key.publicKey, permissions: { issues: "read" } }],
    });
    const destination = at.destination(appConfig);
    const request = at.request({ destination, test: true });
    expect(await githubAdapter.publish(destination, request, at.context())).toMatchObject({
      outcome: "rejected",
      reason: { code: "permission_missing" },
    });
  });
});

describe("an Enterprise Server", () => {
  it("is called below its API's path, and its pages are linked without it", async () => {
    ground = await githubGround({ basePath: "/api/v3" });
    const destination = ground.destination();
    const outcome = await githubAdapter.publish(
      destination,
      ground.request({ destination }),
      ground.context(),
    );
    expect(outcome).toMatchObject({
      outcome: "published",
      externalUrl: `${ground.fake.webOrigin}/example/tracker/issues/1`,
    });
    expect(ground.fake.requests[0]?.path).toBe("/api/v3/repos/example/tracker/issues");
  });
});
