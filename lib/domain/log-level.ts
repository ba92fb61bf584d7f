import { levelRank } from "./severity";

/** A level as found: the word shown, and its rank (6 fatal ... 1 trace, 0 unknown). */
export type FoundLevel = { word: string; rank: number };

/** What a source counts as a failure: `error` from rank 5 up, `warn` from rank 4 up (contract, section 9). */
export type LevelThreshold = "error" | "warn";

export const passesThreshold = (rank: number, threshold: LevelThreshold): boolean =>
  rank >= (threshold === "warn" ? 4 : 5);

/** A level that is one letter is shown by its word. */
const letters: Readonly<Record<string, string>> = {
  ...{ f: "fatal", e: "error", w: "warn", n: "notice", i: "info", d: "debug", t: "trace", v: "verbose" },
};

/** Words of other systems for the same levels. */
const otherWords: Readonly<Record<string, number>> = {
  ...{ fail: 5, failure: 5, failed: 5, dpanic: 6, ftl: 6, wrn: 4, inf: 3, information: 3, log: 3, ok: 3 },
  ...{ success: 3, audit: 3, config: 3, default: 3, dbg: 2, fine: 2, dbug: 2, trc: 1, trce: 1, vrb: 1 },
  ...{ finer: 1, finest: 1, silly: 1, http: 3 },
};

const letterMax = 40;

/**
 * The level a word names. Beyond the ranks of severity it takes what contains one (`ERROR_FATAL`, `level.error`), as the
 * contract does for error, fatal, panic and warn.
 */
export function levelOfWord(text: string): FoundLevel | null {
  const said = text.trim().toLowerCase();
  const word = Object.hasOwn(letters, said) ? (letters[said] ?? said) : said;
  if (word === "" || word.length > letterMax) return null;
  const rank = levelRank(word) || ownRank(word);
  if (rank > 0) return { word, rank };
  if (/^(?:0|[1-9]\d{0,2})$/.test(word)) return levelOfNumber(Number(word));
  if (/fatal|panic/.test(word)) return { word, rank: 6 };
  if (word.includes("error")) return { word, rank: 5 };
  return { word, rank: word.includes("warn") ? 4 : 0 };
}

const ownRank = (word: string) => (Object.hasOwn(otherWords, word) ? (otherWords[word] ?? 0) : 0);

/** Syslog counts down from 7 to 0, pino, bunyan and Python's logging up in tens; other numbers are no level. */
export function levelOfNumber(level: number): FoundLevel | null {
  if (!Number.isInteger(level) || level < 0 || level > 100) return null;
  if (level <= 7) return syslogLevel(level);
  if (level < 10) return null;
  if (level >= 60) return { word: "fatal", rank: 6 };
  if (level >= 50) return { word: "error", rank: 5 };
  if (level >= 40) return { word: "warn", rank: 4 };
  if (level >= 30) return { word: "info", rank: 3 };
  return level >= 20 ? { word: "debug", rank: 2 } : { word: "trace", rank: 1 };
}

/** OpenTelemetry counts 1 to 24, four to a level. */
export function levelOfOtelNumber(level: number): FoundLevel | null {
  if (!Number.isInteger(level) || level < 1 || level > 24) return null;
  const words = ["trace", "debug", "info", "warn", "error", "fatal"];
  const step = Math.floor((level - 1) / 4);
  return { word: words[step] ?? "info", rank: step + 1 };
}

const syslogWords = ["emergency", "alert", "critical", "error", "warning", "notice", "info", "debug"];

/** Severity 0 (emergency) to 7 (debug) of RFC 5424. */
export function syslogLevel(severity: number): FoundLevel {
  const word = syslogWords[severity] ?? "info";
  return { word, rank: levelRank(word) };
}

/** The word of a rank, for a record that has a rank without a level of its own. */
export const wordOfRank = (rank: number): string =>
  rank >= 6 ? "fatal" : rank === 5 ? "error" : rank === 4 ? "warn" : "info";
