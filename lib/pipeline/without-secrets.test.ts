import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { AppError } from "./errors";
import { secretIssues } from "./secret-issues";
import { withoutHeardSecrets, withoutTypedSecrets } from "./without-secrets";

const value = `a7${randomBytes(16).toString("hex")}`;
const token = `ghp_${value}`;
const hidden = "[redacted:github_token]";

it.each(Object.entries(newId))("the id of one %s names it and is no secret", (_, make) => {
  for (let round = 0; round < 50; round++) {
    const id = make();
    expect(withoutTypedSecrets({ id, reason: `see ${id}.` })).toEqual({ id, reason: `see ${id}.` });
  }
});

describe("what somebody typed", () => {
  it("loses its secrets, however deep, and nothing else", () => {
    const typed = {
      reason: `see ${token}`,
      ids: [token, "draft-1"],
      match: { title: token },
      untilMs: 7,
      all: null,
    };
    expect(withoutTypedSecrets(typed)).toEqual({
      ...{
        reason: `see ${hidden}`,
        ids: [hidden, "draft-1"],
        match: { title: hidden },
        untilMs: 7,
        all: null,
      },
    });
  });

  it("keeps what a member is there to carry", () => {
    const typed = { password: token, token, current_password: `password=${value}`, name: "Ada" };
    expect(withoutTypedSecrets(typed)).toEqual(typed);
  });
});

it("what another system said loses them in every member", () => {
  const schema = { properties: { token: { description: `such as ${token}`, type: "string" } } };
  expect(withoutHeardSecrets(schema)).toEqual({
    properties: { token: { description: `such as ${hidden}`, type: "string" } },
  });
});

describe("a refusal", () => {
  it("says nothing back that looks like a secret, in words or in facts", () => {
    const error = new AppError("invalid", "unknown", `No destination has the id ${token}`, {
      ...{
        id: token,
        password: value,
        issues: [{ path: `a.${token}`, message: `Bearer ${value}` }],
        count: 2,
      },
    });
    expect(JSON.stringify([error.message, error.context])).not.toContain(value);
    expect(error.context).toMatchObject({ id: hidden, count: 2 });
  });

  it("of a password still says what is wrong with it", () => {
    const words = "password: Too small: expected string to have >=12 characters";
    expect(new AppError("invalid", "short", words, { field: "new_password" })).toMatchObject({
      ...{ message: words, context: { field: "new_password" } },
    });
  });
});

describe("a setting with a secret in it", () => {
  const paths = (given: object, stored?: object) => secretIssues(given, stored).map(({ path }) => path);

  it.each<[string, object, string[]]>([
    ["in a name", { destinations: [{ name: token }] }, ["destinations[0].name"]],
    ["in a note", { dataReadiness: { qualityNotes: `password=${value}` } }, ["data_readiness.quality_notes"]],
    ["as a value where a reference belongs", { config: { api_key: value } }, ["config.api_key"]],
    ["as a name of a free object", { config: { [token]: 1 } }, [`config.${hidden}`]],
    ["in a pattern, by its own shape", { ignorePatterns: [token] }, ["ignore_patterns[0]"]],
    ["in an MCP server's address", { url: `https://mcp.example.com/?access_token=${value}` }, ["url"]],
  ])("%s is named by its place", (_, given, expected) => {
    expect(paths(given)).toEqual(expected);
    expect(JSON.stringify(secretIssues(given))).not.toContain(value);
  });

  it.each<[string, object]>([
    ["a reference", { config: { api_key: "env:TANDEM_KEY", headers: { "X-Api-Key": "file:hook-key" } } }],
    ["a name of a variable", { config: { headers: { Authorization: "INCIDENT_MONITOR_SECRET_HOOK" } } }],
    ["a pattern that looks for secrets", { ignorePatterns: ["password=\\S+"] }],
    ["a webhook's address, which is shown to few", { webhookUrl: `https://h.example/?token=${value}` }],
  ])("%s is none", (_, given) => expect(paths(given)).toEqual([]));

  it("that was there before stops no other change", () => {
    const stored = { projects: [{ name: token }] };
    expect(paths({ projects: [{ name: "Shop" }, { name: token }] }, stored)).toEqual([]);
  });
});
