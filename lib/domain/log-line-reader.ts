import type { JsonObject } from "./config";
import { parseCutJson } from "./log-cut-json";
import { passesThreshold } from "./log-level";
import { parseLogfmtLine } from "./log-logfmt";
import type { WholeLine } from "./log-open-record";
import { levelPeek } from "./log-peek";
import type { LogRecord } from "./log-reading";
import type { LogRules } from "./log-reading-rules";
import { withEnvelope } from "./log-record";
import { parseJsonLine, readFields } from "./log-structured";
import { readTextLine } from "./log-text";

/** What a structured line says; that it is below the source's level, told without parsing it; or null for a line of text. */
export type StructuredLine = LogRecord | "below level" | null;

export type LineReader = {
  /** A line that is JSON or logfmt as a whole, as far as the source's format allows them. */
  structured: (line: WholeLine) => StructuredLine;
  /** JSON behind a prefix that somebody put before it (`api-1 | {...}`); null for none. */
  embedded: (line: WholeLine) => LogRecord | null;
};

const cookie = /^@cee: ?/;
const prefixMax = 200;

export function createLineReader(rules: LogRules, now: () => number | undefined): LineReader {
  const peek = levelPeek(rules.mapping);
  const record = (line: WholeLine, fields: JsonObject, raw: string, format: "json" | "logfmt") => {
    const said = readFields(fields, raw, format, rules, now());
    return line.envelope ? withEnvelope(said, line.envelope, rules, now()) : said;
  };
  const isBelow = (text: string) => {
    const rank = peek(text);
    return rank !== null && !passesThreshold(rank, rules.threshold);
  };

  return {
    structured(line) {
      const format = line.envelope ? "auto" : rules.format;
      if (format === "plaintext") return null;
      const text = (line.text.startsWith("@") ? line.text.replace(cookie, "") : line.text).trim();
      if (format !== "logfmt" && text.startsWith("{")) {
        if (text.endsWith("}") && isBelow(text)) return "below level";
        const fields = parseJsonLine(text) ?? (line.truncated ? parseCutJson(text) : null);
        if (fields) return record(line, fields, text, "json");
      }
      const pairs = format === "json" ? null : parseLogfmtLine(text);
      if (!pairs) return null;
      const said = record(line, pairs, text, "logfmt");
      // Pairs without a level may be anything: they are read as text, which has its own ways to tell.
      return said.levelRank === 0 && format === "auto" ? null : said;
    },
    embedded(line) {
      const at = line.text.indexOf('{"');
      const end = line.text.trimEnd();
      if (at <= 0 || at > prefixMax || !end.endsWith("}")) return null;
      // With a level before it, it is the rest of what that line says.
      if (readTextLine(line.text.slice(0, at), now()).level !== null) return null;
      const fields = parseJsonLine(end.slice(at));
      const said = fields && record(line, fields, end.slice(at), "json");
      return said && said.levelRank > 0 ? said : null;
    },
  };
}
