import { describe, expect, it } from "vitest";
import { sampleDestination } from "@/e2e/fakes/sample-payload";
import { filesOverMcp, usesMcpServer } from "@/lib/domain/issue-way";
import type { ReadinessContext } from "./destination";
import { eitherWay } from "./either-way";
import { githubOverMcp } from "./github-over-mcp";
import { adapterFor } from "./registry";
import { webhookAdapter } from "./webhook";

const nothing: ReadinessContext = {
  resolveSecret: () => ({ ok: true, values: ["x"] }),
  privateNetworks: [],
};

describe("which way a tracker's row goes", () => {
  it.each([
    ["github_issue", "a server and no credentials", { mcpServer: "github" }, true],
    ["github_issue", "its own token wins", { mcpServer: "github", config: { token_ref: "env:T" } }, false],
    ["github_issue", "an App's id by number", { mcpServer: "github", config: { app_id: 7 } }, false],
    ["github_issue", "blank credentials are none", { mcpServer: "github", config: { token_ref: " " } }, true],
    ["github_issue", "nothing at all", {}, false],
    ["github_issue", "a blank server", { mcpServer: "  " }, false],
    ["linear_issue", "a server and no key", { mcpServer: "linear" }, true],
    ["linear_issue", "its own key wins", { mcpServer: "linear", config: { api_key_ref: "env:K" } }, false],
    ["webhook", "no tracker", { mcpServer: "x" }, false],
  ] as const)("%s: %s", (kind, _, fields, expected) => {
    expect(filesOverMcp(sampleDestination({ kind, ...fields }))).toBe(expected);
  });

  it("an MCP tool asks a server as well", () => {
    expect(usesMcpServer(sampleDestination({ kind: "mcp_tool" }))).toBe(true);
    expect(usesMcpServer(sampleDestination({ kind: "webhook" }))).toBe(false);
  });

  it.each(["github_issue", "linear_issue"] as const)("%s is judged by what it goes through", (kind) => {
    const adapter = adapterFor(kind);
    const place = { repo: "a/b", linearTeam: "T", linearProject: "P" };
    const server = adapter.readiness(sampleDestination({ kind, ...place, mcpServer: "s" }), nothing);
    expect(server.map(({ code }) => code)).toEqual(["mcp_server_unknown"]);
    const own = adapter.readiness(sampleDestination({ kind, ...place }), nothing);
    expect(own.map(({ code }) => code)).toEqual([
      kind === "github_issue" ? "token_ref_missing" : "api_key_ref_missing",
    ]);
  });

  it("a kind that tracks no issues has no second way", () => {
    expect(() => eitherWay(webhookAdapter, githubOverMcp)).toThrow("webhook");
  });
});
