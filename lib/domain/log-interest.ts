import { criPart, dockerPart } from "./log-container";
import { keysOf, lastPart } from "./log-fields";
import type { LogInterest } from "./log-reading";
import type { LogRules } from "./log-reading-rules";
import { isLevelKey } from "./log-structured";
import { literalsOf } from "./log-trigger-literals";

const contextLines = 5;

/**
 * Letters that are rare in logs. Every word is looked for by one of them and then read backwards: with at most 16 first characters
 * in all, the engine passes over the others by a table, several times as fast as it tries one word after the other.
 */
const rareLetters = "xkvpfr";

/** One of these is in every line whose level is a word, and in the first line of every trace. */
const errorWords = [
  ...["fatal", "panic", "crit", "alert", "emerg", "severe", "fail", "ftl", "fault", "interrupt", "throwable"],
  ...["rejection", "in promise", "goroutine ", "out of memory"],
];
/** Words that are also names of fields which say that there was nothing: `"error":null`. */
const fieldWords = [
  "error",
  "exception",
  "stack",
  "backtrace",
  "traceback",
  "exc_info",
  "exc-info",
  "excinfo",
  '"@x',
];
const nothing = '(?!\\\\?"\\s*:\\s*(?:null|\\\\?"\\\\?"|\\{\\}|\\[\\]|false))';

/**
 * What every line of a source matches that may begin a failure, for the reader of bytes. Not global: a scanner makes its own copy.
 * A level written with JSON's escapes is found by the escapes.
 */
export function logInterest(rules: LogRules): LogInterest {
  const branches = branchesOf(rules);
  return { pattern: branches && new RegExp(joined(branches)), linesBefore: contextLines };
}

/** A character that begins it, as a pattern, and what must be around that. */
type Branch = { first: string; rest: string };

function joined(branches: readonly Branch[]): string {
  const byFirst = new Map<string, string[]>();
  for (const { first, rest } of branches) byFirst.set(first, [...(byFirst.get(first) ?? []), rest]);
  return [...byFirst].map(([first, rests]) => `${first}(?:${rests.join("|")})`).join("|");
}

function branchesOf(rules: LogRules): Branch[] | null {
  const { format, threshold, mapping } = rules;
  const isWarn = threshold === "warn";
  const literals = rules.triggerPatterns.map((pattern) => literalsOf(pattern, format));
  if (literals.some((found) => found === null)) return null;
  const ownKeys = [...(mapping.stack ?? []), ...(mapping.level ?? [])].map(lastPart);
  if (ownKeys.some((key) => !/^[\w.@$ :+-]+$/.test(key))) return null;
  const words = isWarn ? [...errorWords, "warn", "wrn"] : errorWords;
  return [
    ...fieldWords.map((word) => wordBranch(word, nothing)),
    wordBranch("err", `(?<=\\b...)\\b${nothing}`),
    ...words.map((word) => wordBranch(word)),
    { first: anyCase("r"), rest: "[bu]:\\d+:in ['`]" },
    ...(mapping.stack ?? []).flatMap((key) => spellingsOf(lastPart(key)).map((word) => wordBranch(word))),
    ...levelBranches(rules, isWarn),
    ...envelopeBranches(format, isWarn),
    ...literals.flatMap((found) => found ?? []).map((word) => wordBranch(word)),
    { first: "\\\\", rest: "u00(?:[4-7]|3\\d)" },
  ];
}

/** Levels that are a number or a letter, behind their keys; and the letter of glog. */
function levelBranches({ mapping }: LogRules, isWarn: boolean): Branch[] {
  const numbers = isWarn
    ? "[0-4](?!\\d)|[4-9]\\d|1[3-9]|2[0-4]|100"
    : "[0-3](?!\\d)|[5-9]\\d|1[7-9]|2[0-4]|100";
  const value = `(?:${numbers}|\\d[\\d.]*[eE]|[${isWarn ? "EFWefw" : "EFef"}](?!\\w))`;
  const between = `(?:\\s|\\\\t)*[=:](?:\\s|\\\\t)*`;
  const after = `[\\\\"']{0,3}${between}[\\\\"']{0,3}(?:\\s|\\\\t)*${value}`;
  const own = new Set((mapping.level ?? []).map(lastPart));
  const usual = keysOf("level", {}).map(lastPart).filter(isLevelKey);
  const keys = new Set([...usual, "severity_number", "priority", ...own].flatMap(spellingsOf));
  return [
    ...[...keys].map((key) => wordBranch(key, after)),
    ...(isWarn ? ["E", "F", "W"] : ["E", "F"]).map((first) => ({ first, rest: "\\d{4}(?:\\d{4})? \\d\\d:" })),
  ];
}

function envelopeBranches(format: LogRules["format"], isWarn: boolean): Branch[] {
  const branches: Branch[] = [];
  if (format === "auto" || format === "cri") branches.push({ first: "P", rest: `\\b(?<=${criPart.source})` });
  if (format === "auto" || format === "docker") {
    branches.push({ first: anyCase("r"), rest: `eam":"std(?:out|err)"(?<=${dockerPart.source})` });
  }
  if (format === "auto" || format === "syslog") {
    const most = isWarn ? 4 : 3;
    const values = Array.from({ length: 192 }, (_, value) => value).filter((value) => (value & 7) <= most);
    branches.push({ first: "<", rest: `0{0,2}(?:${values.join("|")})>` });
  }
  return branches;
}

/** A word in any case, found by its rarest letter; `after` is a pattern of what follows it. */
function wordBranch(word: string, after = ""): Branch {
  const letters = [...word.toLowerCase()];
  const rare = [...rareLetters].find((letter) => letters.includes(letter));
  const at = rare === undefined ? 0 : letters.indexOf(rare);
  const [before, first, rest] = [letters.slice(0, at), letters.slice(at, at + 1), letters.slice(at + 1)].map(
    (part) => part.map(anyCase).join(""),
  ) as [string, string, string];
  return { first, rest: `${rest}${before === "" ? "" : `(?<=${before}${first}${rest})`}${after}` };
}

/** The key with and without what joins its parts: `exc_info`, `exc-info`, `excinfo`. */
function spellingsOf(key: string): string[] {
  return /[_-]/.test(key)
    ? [key.replaceAll("-", "_"), key.replaceAll("_", "-"), key.replaceAll(/[_-]/g, "")]
    : [key];
}

/** A character in both cases, which costs less than a pattern that ignores case. */
function anyCase(character: string): string {
  if (/[a-zA-Z]/.test(character)) return `[${character.toLowerCase()}${character.toUpperCase()}]`;
  return character.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
}
