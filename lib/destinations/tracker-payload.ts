import type { Destination, JsonObject } from "@/lib/domain/config";
import { type McpServer, type McpServers, serverFaults } from "@/lib/domain/mcp";
import type { PayloadSubject, RenderedPayload, RenderResult } from "@/lib/domain/payload";
import { type Reason, reason } from "@/lib/domain/reason";
import { renderIssueForPeople } from "./issue-body";
import { type PinnedTool, pinned } from "./mcp-payload";
import { sealedObject } from "./sealed-object";
import type { TrackerDialect, TrackerPayload, TrackerTarget } from "./tracker-dialect";
import { type TrackerAct, type TrackerTools, trackerTools } from "./tracker-tools";

export const createOperation = "create_issue";
export const commentOperation = "comment_issue";
/** What a test does instead: it reads, and makes nothing. */
export const checkOperation = "check_target";

/** The tools that write, as they were when this was rendered: changed ones need a new approval. */
export type TrackerPins = { create: PinnedTool; comment: PinnedTool };

const neededActs: readonly TrackerAct[] = ["list", "get", "create", "comment"];
const actWords: Readonly<Record<string, string>> = {
  list: "list issues",
  get: "read an issue",
  create: "create an issue",
  comment: "comment on an issue",
};

export type ServerChoice =
  | { ok: true; server: McpServer; tools: TrackerTools; pins: TrackerPins }
  | { ok: false; reasons: Reason[] };

/** The row's server and its tools, as last inspected; or everything that stands in the way. Asks nobody. */
export function chooseServer(
  dialect: TrackerDialect,
  target: TrackerTarget,
  servers: McpServers | undefined,
): ServerChoice {
  const server = servers?.get(target.serverName);
  if (!server) {
    const words = `This deployment has no MCP server called ${target.serverName}.`;
    return { ok: false, reasons: [reason("mcp_server_unknown", words, { server: target.serverName })] };
  }
  const faults = serverFaults(server);
  if (faults.length > 0) return { ok: false, reasons: faults };
  const tools = trackerTools(dialect.words, server);
  const missing = neededActs.filter((act) => !tools[act]);
  const { create, comment } = tools;
  if (missing.length > 0 || !create || !comment) {
    const acts = missing.map((act) => actWords[act]).join(", ");
    const words = `The MCP server ${server.name} has no allowed tool that is known to: ${acts}.`;
    return { ok: false, reasons: [reason("mcp_capability_missing", words, { server: server.name })] };
  }
  return {
    ok: true,
    ...{ server, tools },
    pins: { create: pinned(server, create.tool), comment: pinned(server, comment.tool) },
  };
}

export function renderTracker(
  dialect: TrackerDialect,
  destination: Destination,
  subject: PayloadSubject,
  servers: McpServers | undefined,
): RenderResult {
  const target = dialect.target(destination);
  const ready = readyServer(dialect, target, servers);
  if (!ready.ok) return ready;
  const { issue, filed, facts } = dialect.content(destination, subject);
  const content: JsonObject = {
    ...issue,
    ...filed,
    ...dialect.frozenPlace(destination),
    mcp: ready.pins,
  };
  const { create, comment } = ready.pins;
  const through = [
    `Filed through: the MCP server ${create.server}`,
    `Tools: ${create.tool}, or ${comment.tool}`,
  ];
  const rendered = renderIssueForPeople(issue, [...facts, ...through].join("\n"));
  return rendering(dialect, target, content, createOperation, rendered);
}

/** No issue is made by a test, so there is none to show: what is read is said instead. */
export function renderTrackerTest(
  dialect: TrackerDialect,
  destination: Destination,
  servers: McpServers | undefined,
): RenderResult {
  const target = dialect.target(destination);
  const ready = readyServer(dialect, target, servers);
  if (!ready.ok) return ready;
  const message =
    "A test from Incident Monitor asks the MCP server for its tools and lists one page of issues. It creates no issue.";
  const content: JsonObject = {
    ...{ test: true, message, ...dialect.frozenPlace(destination) },
    mcp: ready.pins,
  };
  return rendering(dialect, target, content, checkOperation, {
    title: "Test of the tracker behind an MCP server",
    sections: [{ heading: "Message", text: message }],
  });
}

function readyServer(
  dialect: TrackerDialect,
  target: TrackerTarget,
  servers: McpServers | undefined,
): Extract<ServerChoice, { ok: true }> | { ok: false; reason: Reason } {
  const [problem] = target.targetProblems;
  if (problem) return { ok: false, reason: problem };
  const chosen = chooseServer(dialect, target, servers);
  if (chosen.ok) return chosen;
  const [why] = chosen.reasons;
  return { ok: false, reason: why ?? reason("mcp_server_unknown", "The MCP server is not known.") };
}

export type SealedTracker =
  | { ok: true; payload: TrackerPayload | null; pins: TrackerPins }
  | { ok: false; reason: Reason };

/** The payload of a sealed body meant for this very place, or why it is not sent. A test's is null. */
export function readSealedTracker(
  dialect: TrackerDialect,
  destination: Destination,
  target: TrackerTarget,
  request: { body: string; targetRef: string },
): SealedTracker {
  const refuse = (code: string, words: string) => ({ ok: false, reason: reason(code, words) }) as const;
  const sealed = sealedObject(request.body);
  if (!sealed) return refuse("payload_malformed", "The payload is not JSON.");
  const pins = readPins(sealed.mcp);
  const isSame = Object.entries(dialect.frozenPlace(destination)).every(
    ([key, value]) => sealed[key] === value,
  );
  if (!pins || !isSame || request.targetRef !== target.targetRef) {
    return refuse("target_changed", "Where issues go changed after this payload was rendered.");
  }
  if (sealed.test === true) return { ok: true, payload: null, pins };
  const payload = readPayload(dialect, sealed);
  if (!payload) return refuse("payload_malformed", "The payload is not an issue.");
  return { ok: true, payload, pins };
}

function readPayload(dialect: TrackerDialect, sealed: JsonObject): TrackerPayload | null {
  const { title, body, comment, markers, created_at_ms } = sealed;
  const commentBody = (comment as { body?: unknown } | undefined)?.body;
  const fingerprint = (markers as { fingerprint?: unknown } | undefined)?.fingerprint;
  const filedWith = dialect.readFiled(sealed);
  if (typeof title !== "string" || typeof body !== "string" || typeof commentBody !== "string") return null;
  if (typeof fingerprint !== "string" || typeof created_at_ms !== "number" || !filedWith) return null;
  return { title, body, commentBody, fingerprint, createdAtMs: created_at_ms, filedWith };
}

function readPins(value: unknown): TrackerPins | null {
  const { create, comment } = (value ?? {}) as Partial<Record<keyof TrackerPins, unknown>>;
  return isPin(create) && isPin(comment) ? { create, comment } : null;
}

const pinMembers = ["server", "server_identity", "tool", "namespaced_tool", "schema_hash"] as const;

const isPin = (value: unknown): value is PinnedTool =>
  value !== null &&
  typeof value === "object" &&
  pinMembers.every((name) => typeof (value as Record<string, unknown>)[name] === "string");

function rendering(
  dialect: TrackerDialect,
  target: TrackerTarget,
  content: JsonObject,
  operation: string,
  rendered: RenderedPayload["rendered"],
): RenderResult {
  const byteLength = Buffer.byteLength(JSON.stringify(content));
  return {
    ok: true,
    payload: { kind: dialect.kind, targetRef: target.targetRef, operation, content, rendered, byteLength },
  };
}
