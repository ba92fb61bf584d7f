import { describe, expect, it } from "vitest";
import type { McpServerWire } from "@/lib/contracts/mcp-server";
import { serverAdvice, toolWords } from "./server-advice";
import { type ServerSettings, settingsFaults, settingsOf } from "./server-settings";

const good: ServerSettings = { ...settingsOf(null), name: "tickets", url: "https://mcp.example.com/mcp" };

describe("settings while they are typed", () => {
  it.each<[Partial<ServerSettings>, string[]]>([
    [{}, []],
    [{ name: "" }, ["name"]],
    [{ name: "a b" }, ["name"]],
    [{ name: "taken" }, ["name"]],
    [{ url: "mcp.example.com" }, ["url"]],
    [{ url: "https://u:p@mcp.example.com" }, ["url"]],
    [{ auth_ref: "env:TANDEM_MCP_TOKEN" }, []],
    [{ auth_ref: "file:mcp-token" }, []],
    [{ auth_ref: "ghp_aSecretItself" }, ["auth_ref"]],
  ])("%j", (change, expected) => {
    expect(Object.keys(settingsFaults({ ...good, ...change }, ["taken"]))).toEqual(expected);
  });
});

const tool = (allowed: boolean) => ({ allowed }) as McpServerWire["tools"][number];

it.each<[Pick<McpServerWire, "tools" | "allowed_tools">, string]>([
  [{ tools: [], allowed_tools: null }, "no tools seen"],
  [{ tools: [tool(true)], allowed_tools: null }, "1 tool, all allowed"],
  [{ tools: [tool(false), tool(false)], allowed_tools: [] }, "2 tools, none allowed"],
  [{ tools: [tool(true), tool(false)], allowed_tools: ["x"] }, "2 tools, 1 allowed"],
])("%j reads %s", (server, expected) => {
  expect(toolWords(server)).toBe(expected);
});

it("says what is wrong and what to do, and nothing where nothing is", () => {
  expect(serverAdvice({ missing: [] })).toBeNull();
  const known = { code: "sign_in_required", message: "It answered 401." };
  expect(serverAdvice({ missing: [known] })?.todo).toContain("Renew the secret");
  expect(serverAdvice({ missing: [{ code: "unheard_of", message: "x" }] })?.todo).not.toBe("");
});
