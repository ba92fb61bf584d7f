import { describe, expect, it } from "vitest";
import { findTool, isToolAllowed, type McpTool } from "./mcp";
import { leadsElsewhere, type McpServerSettings, mcpSettingsIssues } from "./mcp-settings";

const tool = (name: string): McpTool => ({
  ...{ name, description: "", inputSchema: {}, schemaHash: name, readOnly: false },
});

describe("a server's own list of tools", () => {
  it.each<[string[] | null, boolean]>([
    [null, true],
    [[], false],
    [["*"], true],
    [["create_ticket"], true],
    [["CREATE_ticket "], true],
    [["mcp.tickets.create_ticket"], true],
    [["mcp.tickets.*"], true],
    [["mcp.other.*"], false],
    [["mcp.other.create_ticket"], false],
    [["find_ticket"], false],
    [["create_*"], false],
  ])("%j", (allowedTools, expected) => {
    expect(isToolAllowed({ name: "tickets", allowedTools }, "create_ticket")).toBe(expected);
  });
});

describe("a tool by name", () => {
  const server = { name: "tickets", tools: [tool("create"), tool("Close"), tool("close"), tool("Find")] };
  it.each<[string, string | null]>([
    ["create", "create"],
    ["CREATE", "create"],
    ["mcp.tickets.create", "create"],
    ["MCP.Tickets.Create", "create"],
    ["close", "close"],
    ["Close", "Close"],
    ["CLOSE", null],
    [" find ", "Find"],
    ["mcp.other.create", null],
    ["", null],
  ])("%s is %s", (named, expected) => {
    expect(findTool(server, named)?.name ?? null).toBe(expected);
  });
});

describe("settings of a server", () => {
  const good: McpServerSettings = {
    name: "tickets",
    url: "https://mcp.example.com/mcp",
    enabled: true,
    allowedTools: null,
    authHeader: "authorization",
    authRef: "env:TANDEM_MCP_TOKEN",
  };
  it.each<[string, Partial<McpServerSettings>, string[]]>([
    ["good", {}, []],
    ["no tools at all", { allowedTools: [] }, []],
    ["a name with a dot", { name: "a.b" }, ["name_invalid"]],
    ["a name that is a path", { name: "../x" }, ["name_invalid"]],
    ["no address", { url: null }, ["url_invalid"]],
    ["credentials in the address", { url: "https://u:p@mcp.example.com" }, ["url_credentials"]],
    ["another scheme", { url: "file:///etc/passwd" }, ["url_scheme"]],
    ["a blank tool", { allowedTools: [" "] }, ["tool_name_invalid"]],
    ["a header of the protocol", { authHeader: "Mcp-Session-Id" }, ["header_invalid"]],
    ["a header that is none", { authHeader: "a b" }, ["header_invalid"]],
    ["a secret instead of its name", { authRef: "ghp_0123456789abcdef" }, ["secret_reference_invalid"]],
  ])("%s", (_name, change, expected) => {
    expect(mcpSettingsIssues({ ...good, ...change }).map(({ code }) => code)).toEqual(expected);
  });

  it("a path of the same origin is the same place", () => {
    expect(leadsElsewhere("https://a.example/x", "https://a.example/y")).toBe(false);
    expect(leadsElsewhere("https://a.example/x", "https://b.example/x")).toBe(true);
    expect(leadsElsewhere(null, "https://b.example/x")).toBe(true);
  });
});
