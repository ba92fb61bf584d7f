import { expect, it } from "vitest";
import { serverCheck } from "./mcp-server-field";
import { repoCheck } from "./repo-field";

it.each([
  ["acme/shop", undefined, undefined, "pass", "Written as owner/repo."],
  ["acme", undefined, undefined, "fail", "Not a repository."],
  ["acme/shop/x", undefined, undefined, "fail", "Not a repository."],
  [" /shop", undefined, undefined, "fail", "Not a repository."],
  [undefined, "acme/all", "Sources", "pass", "acme/all,"],
  [undefined, undefined, "Sources", "fail", "No repository yet."],
] as const)("repository %s, else %s", (value, fallback, from, result, what) => {
  expect(repoCheck(value, fallback, from)).toMatchObject({ result, what });
});

const unknown = { code: "mcp_server_unknown", message: "This host has no MCP server of that name." };
it.each([
  ["empty", { value: undefined, checked: true }, "fail", "No server yet."],
  ["empty, with one to fall back to", { value: undefined, fallback: "gh", checked: true }, "pass", "gh,"],
  ["unknown", { value: "gh", warning: unknown, checked: true }, "fail", "Not known on this host."],
  ["known", { value: "gh", checked: true }, "pass", "Known"],
  ["not looked up yet", { value: "gh", checked: false }, "unknown", "Looked up"],
] as const)("MCP server %s", (_, input, result, what) => {
  expect(serverCheck(input)).toMatchObject({ result, what });
});
