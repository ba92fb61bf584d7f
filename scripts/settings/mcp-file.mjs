// The host's MCP file (INCIDENT_MONITOR_MCP_FILE), in the common shape: {"mcpServers": {"name": {"command": "...", "args": [],
// "env": {}}}}, or "url" and "headers" for a server over HTTP. Messages name a server and a field, never a value: env and
// headers hold secrets.
import fs from "node:fs";
import { existingFile } from "./checks.mjs";

const fileBytesMax = 262_144;
const serverCountMax = 50;
const namePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const stdioFields = ["command", "args", "env", "cwd"];
const httpFields = ["url", "headers"];
const sharedFields = ["type", "enabled", "disabled", "allowedTools", "allowed_tools", "description"];

/** @returns {object[]} the servers of the file, checked; see lib/mcp/host-servers.ts */
export function mcpServersFile(text) {
  const file = existingFile(text);
  if (fs.statSync(file).size > fileBytesMax)
    throw new Error(`${file} is larger than ${fileBytesMax} bytes; keep only mcpServers in it.`);
  const servers = readDocument(file);
  const names = Object.keys(servers);
  if (names.length > serverCountMax)
    throw new Error(`${file} declares ${names.length} servers; at most ${serverCountMax} are taken.`);
  return names.map((name) => readServer(file, name, servers[name]));
}

function readDocument(file) {
  let document;
  try {
    document = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    // The parser's own words quote the text around the mistake, which may be a secret.
    throw new Error(`${file} is not JSON; check its commas and quotes.`);
  }
  if (!isObject(document) || !isObject(document.mcpServers))
    throw new Error(
      `${file} has no "mcpServers" object; write {"mcpServers": {"name": {"command": "..."}}}.`,
    );
  return document.mcpServers;
}

function readServer(file, name, server) {
  const refuse = (words) => {
    throw new Error(`${file}: the server "${name.slice(0, 80)}" ${words}`);
  };
  if (!namePattern.test(name)) refuse("has a name that is not 1 to 64 letters, digits, - and _; rename it.");
  if (!isObject(server)) refuse("is not an object; give it a command or a url.");
  const isStdio = server.command !== undefined;
  if (isStdio === (server.url !== undefined))
    refuse(isStdio ? "has a command and a url; keep one." : "has neither a command nor a url; give one.");
  const known = [...sharedFields, ...(isStdio ? stdioFields : httpFields)];
  const unknown = Object.keys(server).find((field) => !known.includes(field));
  if (unknown) refuse(`has a field "${unknown.slice(0, 40)}" that is not known; take it out.`);
  const shared = {
    name,
    enabled:
      flag(server.enabled, true, "enabled", refuse) && !flag(server.disabled, false, "disabled", refuse),
    allowedTools: toolNames(server.allowedTools ?? server.allowed_tools, refuse),
  };
  return isStdio
    ? { ...shared, transport: "stdio", ...readStdio(server, refuse) }
    : { ...shared, transport: "http", ...readHttp(server, refuse) };
}

function readStdio(server, refuse) {
  if (typeof server.command !== "string" || server.command.trim() === "")
    refuse("has a command that is not a program's name or path.");
  const args = server.args ?? [];
  if (!Array.isArray(args) || !args.every((each) => typeof each === "string"))
    refuse("has args that are not a list of texts.");
  const cwd = server.cwd ?? null;
  if (cwd !== null && (typeof cwd !== "string" || !cwd.startsWith("/")))
    refuse('has a cwd that is not an absolute path; begin it with "/".');
  return { command: server.command, args, env: texts(server.env, "env", refuse), cwd };
}

function readHttp(server, refuse) {
  const url = typeof server.url === "string" && URL.canParse(server.url) ? new URL(server.url) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) refuse("has a url that is not http or https.");
  if (url.username || url.password)
    refuse("has a url with a user name or password; put credentials in headers.");
  const headers = texts(server.headers, "headers", refuse);
  for (const [header, value] of Object.entries(headers)) {
    if (!/^[A-Za-z0-9-]{1,100}$/.test(header) || !/^[\x20-\x7e]*$/.test(value))
      refuse(`has a header "${header.slice(0, 40)}" that cannot be sent.`);
  }
  const lowerCase = Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]);
  return { url: server.url, headers: Object.fromEntries(lowerCase) };
}

/** None given is every tool; an empty list is none. */
function toolNames(value, refuse) {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value) || !value.every((each) => typeof each === "string" && each.trim() !== ""))
    refuse("has allowedTools that are not a list of names; leave it out for all of them.");
  return value;
}

function texts(value, field, refuse) {
  if (value === undefined || value === null) return {};
  if (!isObject(value) || !Object.values(value).every((each) => typeof each === "string"))
    refuse(`has ${field} that are not texts by name.`);
  return value;
}

function flag(value, fallback, field, refuse) {
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "boolean") refuse(`has ${field} that is neither true nor false.`);
  return value;
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
