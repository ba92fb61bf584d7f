import type { Evidence } from "@/lib/domain/triage";
import type { ModelPorts, NotRead, ToolUse } from "./model-analysis";
import type { ReadLedger } from "./read-ledger";
import { isSecretPath, readToolCall, type ToolRequest } from "./tool-requests";
import { cleanLine, cleanRows, codeRows, type Fence, fenceText } from "./untrusted-text";

export type Reading = {
  ports: ModelPorts;
  fence: Fence;
  ledger: ReadLedger;
  signal: AbortSignal;
  /** Answers given already; the same question is not read for twice. */
  asked: Set<string>;
};

/** What the model gets to see, the record of it, and its arguments as they were understood; none where they were not. */
export type ToolAnswer = { shown: string; use: ToolUse; arguments: Record<string, unknown> };

const resultCharMax = 8_000;
/**
 * Lines read around those asked for, and not shown: a private key is known by its first line, and a model that asks for lines
 * from its middle must not get what the whole would have hidden.
 */
const redactionMargin = 80;
const hitCountMax = 30;
const similarCountMax = 15;
const rowCountMax = 120;

/** Makes one read for the model, bounded and fenced. A read that fails is an answer too; nothing here throws. */
export async function runTool(name: string, input: unknown, reading: Reading): Promise<ToolAnswer> {
  const read = readToolCall(name, input);
  const tool = cleanLine(reading.fence, name, 60);
  if (!read.ok) {
    const argument = cleanLine(reading.fence, JSON.stringify(input) ?? "", 120);
    return { shown: read.why, use: { tool, argument, outcome: "refused", evidence: [] }, arguments: {} };
  }
  const { tool: _, ...understood } = read.request;
  const argument = argumentWords(read.request);
  const question = `${tool} ${argument}`;
  if (reading.asked.has(question)) {
    const shown = "This was asked before; the answer is above.";
    return { shown, use: { tool, argument, outcome: "repeated", evidence: [] }, arguments: understood };
  }
  reading.asked.add(question);
  const answer = await withinSignal(perform(read.request, reading), reading.signal);
  return {
    shown: answer.shown,
    use: { tool, argument: cleanLine(reading.fence, argument, 420), ...outcomeOf(answer) },
    arguments: understood,
  };
}

type Performed = { shown: string; outcome: ToolUse["outcome"]; evidence: Evidence[] };
const outcomeOf = ({ outcome, evidence }: Performed) => ({ outcome, evidence });

function perform(request: ToolRequest, reading: Reading): Promise<Performed> {
  switch (request.tool) {
    case "readCode":
      return readCode(request, reading);
    case "searchCode":
      return searchCode(request.text, reading);
    case "readCommit":
      return readCommit(request.hash, reading);
    case "listSimilar":
      return listSimilar(reading);
  }
}

async function readCode(
  { path, from, to }: { path: string; from: number; to: number },
  { ports, fence, ledger, signal }: Reading,
): Promise<Performed> {
  const answer = await ports.readCode(
    path,
    Math.max(1, from - redactionMargin),
    to + redactionMargin,
    signal,
  );
  if (!answer.ok) return notRead(answer, fence);
  const lines = answer.lines.slice(0, to + redactionMargin - answer.fromLine + 1);
  const hidden = cleanRows(fence, lines);
  if (hidden.length !== lines.length) {
    const note = "redaction took lines of it together, so that its lines cannot be told apart";
    return notRead({ ok: false, outcome: "refused", note }, fence);
  }
  const start = Math.max(from, answer.fromLine);
  const wanted = hidden.slice(start - answer.fromLine, to - answer.fromLine + 1);
  if (wanted.length === 0) {
    return notRead({ ok: false, outcome: "absent", note: "the file has no such lines" }, fence);
  }
  const { rows, toLine } = codeRows(fence, wanted, start, resultCharMax - 500);
  ledger.noteCode(path, start, toLine);
  const evidence: Evidence[] = [{ kind: "code", path, fromLine: start, toLine }];
  const shown = fenceText(fence, "code", [`path: ${path}`, ...rows].join("\n"), resultCharMax);
  return { shown, outcome: "read", evidence };
}

async function searchCode(text: string, { ports, fence, ledger, signal }: Reading): Promise<Performed> {
  const answer = await ports.searchCode(text, signal);
  if (!answer.ok) return notRead(answer, fence);
  const hits = answer.hits
    .filter(({ path }) => path.length <= pathCharMax && !isSecretPath(path))
    .slice(0, hitCountMax);
  const rows = hits.map((hit) => `${hit.path}:${hit.line}: ${cleanLine(fence, hit.text, 200)}`);
  const shown = rows.length > 0 ? rows.join("\n") : "no line contains it";
  // A line shown here is a line read: 30 rows of bounded length always fit.
  for (const hit of hits) ledger.noteCode(hit.path, hit.line, hit.line);
  const evidence = hits.map(
    ({ path, line }): Evidence => ({ kind: "code", path, fromLine: line, toLine: line }),
  );
  return { shown: fenceText(fence, "lines found", shown, searchCharMax), outcome: "read", evidence };
}
const pathCharMax = 400;
const searchCharMax = hitCountMax * (pathCharMax + 240);

async function readCommit(hash: string, { ports, fence, ledger, signal }: Reading): Promise<Performed> {
  const answer = await ports.readCommit(hash, signal);
  if (!answer.ok) return notRead(answer, fence);
  const changes = answer.changes.flatMap((change) => [
    `${change.path}, from line ${change.fromLine}`,
    ...(isSecretPath(change.path)
      ? ["(not shown: files of this name may hold secrets)"]
      : [...change.removed.map((line) => `- ${line}`), ...change.added.map((line) => `+ ${line}`)]),
  ]);
  const rows = [
    `commit: ${answer.hash}`,
    `author: ${answer.author}`,
    `committed: ${new Date(answer.committedAtMs).toISOString()}`,
    "message:",
    ...answer.message.split("\n", rowCountMax),
    "changes:",
    ...changes.slice(0, rowCountMax),
  ];
  ledger.noteCommit(answer.hash);
  const shown = fenceText(fence, "commit", cleanRows(fence, rows).join("\n"), resultCharMax);
  return { shown, outcome: "read", evidence: [{ kind: "commit", hash: answer.hash }] };
}

async function listSimilar({ ports, fence, ledger, signal }: Reading): Promise<Performed> {
  const answer = await ports.listSimilar(signal);
  if (!answer.ok) return notRead(answer, fence);
  const records = answer.records.slice(0, similarCountMax);
  const evidence: Evidence[] = [];
  const rows = records.map((record) => {
    const { kind, id } = record;
    if (kind === "issue") {
      ledger.noteIssue(id, record.url);
      evidence.push({ kind, reference: id, url: record.url });
    } else {
      ledger.noteRecord(kind, id);
      evidence.push({ kind, id });
    }
    const outcome = record.outcome ? `; ${record.outcome}` : "";
    return cleanLine(fence, `${kind} ${id}: ${record.title} (${record.match}${outcome})`, 400);
  });
  const shown = fenceText(fence, "similar records", rows.join("\n") || "none is known", resultCharMax);
  return { shown, outcome: "read", evidence };
}

const notRead = ({ outcome, note }: NotRead, fence: Fence): Performed => ({
  shown: fenceText(fence, "not read", `${outcome}: ${note}`, 400),
  outcome,
  evidence: [],
});

/** A reader that hangs or breaks costs its own answer, never the run. */
async function withinSignal(work: Promise<Performed>, signal: AbortSignal): Promise<Performed> {
  const unreadable = { shown: "It could not be read.", outcome: "absent" as const, evidence: [] };
  if (signal.aborted) return unreadable;
  return new Promise((resolve) => {
    const giveUp = () => resolve(unreadable);
    signal.addEventListener("abort", giveUp, { once: true });
    work.then(resolve, giveUp).finally(() => signal.removeEventListener("abort", giveUp));
  });
}

function argumentWords(request: ToolRequest): string {
  switch (request.tool) {
    case "readCode":
      return `${request.path}:${request.from}-${request.to}`;
    case "searchCode":
      return request.text;
    case "readCommit":
      return request.hash;
    case "listSimilar":
      return "";
  }
}
