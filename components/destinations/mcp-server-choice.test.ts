import { describe, expect, it } from "vitest";
import type { McpServerWire } from "@/lib/contracts/mcp-server";
import { serverStanding } from "./mcp-server-choice";

const tool = (allowed: boolean): McpServerWire["tools"][number] => ({
  ...{ name: "create_issue", namespaced_name: "mcp.gh.create_issue", description: "", input_schema: {} },
  ...{ schema_hash: "h", read_only: false, allowed },
});
const server = (fields: Partial<McpServerWire> = {}): McpServerWire => ({
  ...{ name: "gh", transport: "http", declared_by: "panel", enabled: true, connected: true, version: 1 },
  ...{ allowed_tools: null, auth_header: "authorization", tools: [tool(true), tool(false)], missing: [] },
  ...fields,
});

describe("serverStanding", () => {
  it.each([
    ["none named", undefined, server(), "fail", /No server yet/],
    ["one that nobody knows", "other", server(), "fail", /Not known/],
    ["a disabled one", "gh", server({ enabled: false }), "fail", /Disabled/],
    [
      "one that does not answer, with its reason",
      "gh",
      server({ connected: false, missing: [{ code: "x", message: "Nobody listens there." }] }),
      "fail",
      /Not connected\. Nobody listens there/,
    ],
    ["a connected one", "gh", server(), "pass", /^Connected, 1 tool allowed/],
  ] as const)("%s", (_, named, given, result, words) => {
    const check = serverStanding(named, [given]);
    expect(check.result).toBe(result);
    expect(`${check.what} ${check.detail}`).toMatch(words);
  });
});
