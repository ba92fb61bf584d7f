import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sampleDestination, samplePayloadSubject } from "@/e2e/fakes/sample-payload";
import type { JsonObject } from "@/lib/domain/config";
import { githubAdapter } from "./github";
import { readGithubConfig } from "./github-config";

const rsa = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});
const ec = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const secrets: Record<string, string> = {
  "env:TANDEM_TOKEN": "gh-token",
  "env:TANDEM_BROKEN": "two words",
  "file:app-key": rsa.privateKey,
  "env:TANDEM_ONE_LINE": rsa.privateKey.replaceAll("\n", "\\n"),
  "file:ec-key": ec.privateKey,
};
const app = { app_id: 12, installation_id: "34", private_key_ref: "file:app-key" };
const token = { token_ref: "env:TANDEM_TOKEN" };

const row = (config: JsonObject, repo: string | undefined = "example/tracker") =>
  sampleDestination({ kind: "github_issue", repo, config });

function readiness(config: JsonObject, repo?: string, privateNetworks: string[] = []) {
  return githubAdapter.readiness(row(config, repo), {
    privateNetworks,
    resolveSecret: (reference) => {
      const value = secrets[reference];
      return value === undefined
        ? { ok: false, reason: { code: "secret_unset", message: "not set" } }
        : { ok: true, values: [value] };
    },
  });
}

const codes = (config: JsonObject, repo?: string, privateNetworks?: string[]) =>
  readiness(config, repo, privateNetworks).map((each) => each.code);

describe("readiness", () => {
  it.each<[string, JsonObject, string[]]>([
    ["a token", token, []],
    ["an App", app, []],
    ["an App whose key is on one line", { ...app, private_key_ref: "env:TANDEM_ONE_LINE" }, []],
    ["nothing", {}, ["token_ref_missing"]],
    ["both", { ...token, ...app }, ["github_auth_twice"]],
    ["half an App", { app_id: 1 }, ["installation_id_missing", "private_key_ref_missing"]],
    [
      "an App with odd ids",
      { ...app, app_id: "a b", installation_id: "x" },
      ["app_id_malformed", "installation_id_malformed"],
    ],
    ["a token that is not set", { token_ref: "env:TANDEM_NONE" }, ["secret_unset"]],
    ["a token of two words", { token_ref: "env:TANDEM_BROKEN" }, ["token_malformed"]],
    ["a key that is none", { ...app, private_key_ref: "env:TANDEM_TOKEN" }, ["private_key_malformed"]],
    ["a key of another kind", { ...app, private_key_ref: "file:ec-key" }, ["private_key_malformed"]],
    ["labels that are no list", { ...token, labels: "bug" }, ["labels_malformed"]],
    ["a label too long", { ...token, labels: ["x".repeat(51)] }, ["labels_malformed"]],
    ["an assignee with a space", { ...token, assignees: ["a b"] }, ["assignees_malformed"]],
    ["a prefix of two lines", { ...token, title_prefix: "a\nb" }, ["title_prefix_malformed"]],
    ["a template that is no text", { ...token, body_template: 3 }, ["body_template_malformed"]],
    ["an unknown placeholder", { ...token, body_template: "{{x}}" }, ["body_template_unknown_placeholder"]],
    ["no URL", { ...token, api_base_url: "ghe" }, ["api_base_url_malformed"]],
    [
      "a URL with a query",
      { ...token, api_base_url: "https://ghe.example.com/api/v3?x=1" },
      ["api_base_url_malformed"],
    ],
    ["the site itself", { ...token, api_base_url: "https://github.com" }, ["api_base_url_not_an_api"]],
    ["plain http", { ...token, api_base_url: "http://ghe.example.com/api/v3" }, ["url_insecure"]],
    [
      'http by "true"',
      { ...token, api_base_url: "http://ghe.example.com", allow_insecure_http: "true" },
      ["url_insecure"],
    ],
    ["this machine", { ...token, api_base_url: "https://127.0.0.1/api/v3" }, ["address_loopback"]],
    [
      "credentials in the URL",
      { ...token, api_base_url: "https://a:b@ghe.example.com" },
      ["url_credentials"],
    ],
    ["an Enterprise Server", { ...token, api_base_url: "https://ghe.example.com/api/v3/" }, []],
  ])("%s", (_name, config, expected) => {
    expect(codes(config)).toEqual(expected);
  });

  it("a private server is open only by its opt-in and within the host's networks (D-34)", () => {
    const config = { ...token, api_base_url: "https://10.1.2.3/api/v3" };
    expect(codes(config)).toEqual(["address_private"]);
    expect(codes({ ...config, allow_private_networks: true })).toEqual([]);
    expect(codes({ ...config, allow_private_networks: true }, undefined, ["10.1.0.0/16"])).toEqual([]);
    expect(codes({ ...config, allow_private_networks: true }, undefined, ["10.2.0.0/16"])).toEqual([
      "address_outside_private_networks",
    ]);
  });

  it.each([
    ["owner/..", ["repo_malformed"]],
    ["../owner", ["repo_malformed"]],
    ["a/b/c", ["repo_malformed"]],
    ["a/b?x", ["repo_malformed"]],
    ["Acme-1/shop.web_2", []],
  ])("repository %s", (repo, expected) => {
    expect(codes(token, repo)).toEqual(expected);
  });

  it("case 97: a missing model is nobody's business here, and no reason repeats a secret", () => {
    const everything = readiness(
      { token_ref: "env:TANDEM_BROKEN", labels: 1, api_base_url: "http://x" },
      "no",
    );
    const words = everything.map((each) => each.message).join(" ");
    expect(everything.length).toBeGreaterThan(3);
    expect(words).not.toMatch(/model|provider|two words/i);
    // Screens join the sentences by semicolons and take them apart again.
    const own = everything.filter((each) => !each.code.startsWith("url_"));
    expect(own.filter((each) => !each.message.endsWith(".") || each.message.includes("; "))).toEqual([]);
  });
});

describe("reading", () => {
  it.each([
    [undefined, "https://api.github.com", "https://github.com"],
    ["https://api.github.com/", "https://api.github.com", "https://github.com"],
    ["https://api.acme.ghe.com", "https://api.acme.ghe.com", "https://acme.ghe.com"],
    [
      "https://ghe.example.com:8443/api/v3/",
      "https://ghe.example.com:8443/api/v3",
      "https://ghe.example.com:8443",
    ],
    ["https://api.example.com", "https://api.example.com", "https://api.example.com"],
  ])("API %s", (given, apiBaseUrl, webOrigin) => {
    expect(readGithubConfig(row({ ...token, api_base_url: given }))).toMatchObject({ apiBaseUrl, webOrigin });
  });

  it.each([
    [undefined, 10_000],
    [5, 1_000],
    [1e9, 60_000],
    ["soon", 10_000],
  ])("timeout %s", (timeout_ms, expected) => {
    expect(readGithubConfig(row({ timeout_ms })).timeoutMs).toBe(expected);
  });

  it("labels are ours unless others are given; none is possible", () => {
    expect(readGithubConfig(row({})).labels).toEqual(["incident-monitor"]);
    expect(readGithubConfig(row({ labels: [] })).labels).toEqual([]);
    expect(readGithubConfig(row({ labels: [" a ", "a", "b"] })).labels).toEqual(["a", "b"]);
  });
});

describe("rendering", () => {
  it("holds what is filed and where, and shows it", () => {
    const config = { ...token, labels: ["incident", "prod"], assignees: ["octocat"], title_prefix: "[prod]" };
    const result = githubAdapter.render(row(config), samplePayloadSubject());
    expect(result).toMatchObject({
      ok: true,
      payload: {
        targetRef: "example/tracker",
        operation: "create_issue",
        content: {
          title: "[prod] Checkout: payment call has no deadline",
          labels: ["incident", "prod"],
          assignees: ["octocat"],
          repo: "example/tracker",
          server: "https://github.com",
        },
      },
    });
    expect(JSON.stringify(result.ok && result.payload.rendered)).toContain("Labels: incident, prod");
  });

  it("needs no secret, but a repository and usable settings", () => {
    expect(githubAdapter.render(row({}), samplePayloadSubject()).ok).toBe(true);
    expect(githubAdapter.render(row(token, "local/unassigned"), samplePayloadSubject())).toMatchObject({
      ok: false,
      reason: { code: "repo_missing" },
    });
    expect(githubAdapter.render(row({ body_template: "{{x}}" }), samplePayloadSubject())).toMatchObject({
      ok: false,
      reason: { code: "body_template_unknown_placeholder" },
    });
  });
});
