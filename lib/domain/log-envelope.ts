import { parseContainerLine } from "./log-container";
import type { FoundLevel } from "./log-level";
import type { LogFormat, LogRecord } from "./log-reading";
import { parseSyslogLine } from "./log-syslog";

/** What is written around a line by whoever carries it. */
export type Envelope = {
  format: Extract<LogRecord["format"], "syslog" | "cri" | "docker">;
  /** Lines of one stream follow each other, whatever stands between them. */
  stream: string;
  text: string;
  /** The line goes on in the next one of its stream. */
  isPart: boolean;
  level: FoundLevel | null;
  occurredAtMs: number | null;
  component: string | null;
  process: string | null;
  /** The words of structured data, `id.name`. */
  facts: Readonly<Record<string, string>>;
};

/** Takes the envelope off; null for a line that has none of this format's. A container's line may hold syslog. */
export function openEnvelope(line: string, format: LogFormat, nowMs?: number): Envelope | null {
  switch (format) {
    case "json":
    case "logfmt":
    case "plaintext":
      return null;
    case "syslog":
      return parseSyslogLine(line, "any", nowMs);
    case "cri":
    case "docker":
      return parseContainerLine(line, format);
    case "auto":
      if (line.startsWith("{")) return parseContainerLine(line, "docker");
      return (
        parseContainerLine(line, "docker") ??
        parseContainerLine(line, "cri") ??
        parseSyslogLine(line, "certain", nowMs)
      );
  }
}
