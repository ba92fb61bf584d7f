import { createLogAssembler } from "@/lib/domain/log-assembler";
import type { LogFormat, LogLine, LogReading } from "@/lib/domain/log-reading";
import { type LogRules, logRules } from "@/lib/domain/log-reading-rules";
import { bindSource } from "@/lib/domain/source-binding";
import { aLogSource, aProject } from "./configs";

/** When the logs of the tests are read. */
export const readAtMs = Date.UTC(2026, 6, 1, 12);

export type GivenRules = {
  format?: LogFormat;
  minimumLevel?: "error" | "warn";
  reading?: LogReading;
  /** The schema version that the project's readiness expects. */
  schema?: string;
};

/** The rules of source `api` of project `shop`. */
export function logRulesOf({ schema, ...given }: GivenRules = {}): LogRules {
  const source = aLogSource({ ...given, dataReadiness: schema ? { expectedSchemaVersion: schema } : {} });
  return logRules(source, bindSource(aProject(), source));
}

export const logAssemblerOf = (given: GivenRules = {}) =>
  createLogAssembler(logRulesOf(given), () => readAtMs);

/** Lines one after another from the file's beginning, each ended by one byte. */
export function toLogLines(rows: readonly string[]): LogLine[] {
  let at = 0;
  return rows.map((text) => {
    const line = { text, offsetStart: at, offsetEnd: at + Buffer.byteLength(text) + 1, truncated: false };
    at = line.offsetEnd;
    return line;
  });
}

/** What is found in a text that is pushed line by line, whatever is in it. */
export function assembleLog(text: string, given: GivenRules = {}) {
  const assembler = logAssemblerOf(given);
  for (const line of toLogLines(text.split("\n"))) assembler.push(line);
  assembler.flush();
  return assembler.take();
}

/** Rows as the runtimes of containers write them, one line each. */
export const dockerLines = (rows: readonly string[], stream = "stderr"): string =>
  rows.map((log) => JSON.stringify({ log: `${log}\n`, stream, time: "2026-07-01T11:00:00Z" })).join("\n");
export const criLines = (rows: readonly string[], stream = "stderr"): string =>
  rows.map((row) => `2026-07-01T11:00:00.000000001Z ${stream} F ${row}`).join("\n");
