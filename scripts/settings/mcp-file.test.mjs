import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSettings, SettingError } from "../settings.mjs";
import { mcpServersFile } from "./mcp-file.mjs";

let folder;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "mcp-file-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let made = 0;
function fileWith(content) {
  made += 1;
  const file = path.join(folder, `mcp-${made}.json`);
  fs.writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}
const servers = (mcpServers) => fileWith({ mcpServers });

describe("the host's MCP file", () => {
  it("declares programs and servers over HTTP in the common shape", () => {
    const file = servers({
      tickets: { command: "node", args: ["server.mjs"], env: { TOKEN: "s3cret" }, cwd: "/srv" },
      remote: {
        type: "http",
        url: "https://mcp.example.com/mcp",
        headers: { Authorization: "Bearer s3cret" },
      },
      shut: { command: "x", disabled: true, allowedTools: [] },
    });
    expect(mcpServersFile(file)).toEqual([
      {
        ...{ name: "tickets", enabled: true, allowedTools: null, transport: "stdio", command: "node" },
        ...{ args: ["server.mjs"], env: { TOKEN: "s3cret" }, cwd: "/srv" },
      },
      {
        ...{ name: "remote", enabled: true, allowedTools: null, transport: "http" },
        ...{ url: "https://mcp.example.com/mcp", headers: { authorization: "Bearer s3cret" } },
      },
      {
        ...{ name: "shut", enabled: false, allowedTools: [], transport: "stdio", command: "x" },
        ...{ args: [], env: {}, cwd: null },
      },
    ]);
  });

  it("is refused at start, named with its variable", () => {
    const file = servers({ tickets: {} });
    expect(() => readSettings({ INCIDENT_MONITOR_MCP_FILE: file })).toThrow(SettingError);
    expect(() => readSettings({ INCIDENT_MONITOR_MCP_FILE: file })).toThrow(
      /INCIDENT_MONITOR_MCP_FILE \(--mcp-file\): .*"tickets" has neither a command nor a url/,
    );
    expect(readSettings({}).mcpServers).toEqual([]);
  });

  it.each([
    ['{"mcpServers": {"a": {"command": "x", "env": {"T": "s3cret"}}', /is not JSON/],
    ["[]", /has no "mcpServers" object/],
    [{ servers: {} }, /has no "mcpServers" object/],
    [{ mcpServers: { "a.b": { command: "x" } } }, /"a\.b" has a name that is not/],
    [{ mcpServers: { a: { command: "x", url: "https://e.example" } } }, /has a command and a url/],
    [{ mcpServers: { a: { command: "" } } }, /command that is not a program/],
    [{ mcpServers: { a: { command: "x", args: "s3cret" } } }, /args that are not a list/],
    [{ mcpServers: { a: { command: "x", env: { T: 5 } } } }, /env that are not texts/],
    [{ mcpServers: { a: { command: "x", cwd: "here" } } }, /cwd that is not an absolute path/],
    [{ mcpServers: { a: { command: "x", shell: true } } }, /field "shell" that is not known/],
    [{ mcpServers: { a: { command: "x", enabled: "no" } } }, /enabled that is neither/],
    [{ mcpServers: { a: { command: "x", allowedTools: "all" } } }, /allowedTools that are not a list/],
    [{ mcpServers: { a: { url: "ftp://e.example" } } }, /url that is not http/],
    [{ mcpServers: { a: { url: "https://u:s3cret@e.example" } } }, /user name or password/],
    [{ mcpServers: { a: { url: "https://e.example", headers: { "a b": "x" } } } }, /cannot be sent/],
  ])("refuses %j and repeats no value", (content, expected) => {
    const file = fileWith(content);
    expect(() => mcpServersFile(file)).toThrow(expected);
    try {
      mcpServersFile(file);
    } catch (error) {
      expect(error.message).not.toContain("s3cret");
    }
  });
});
