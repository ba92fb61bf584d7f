import { exceptionLevel, mayNameException } from "./log-exception";
import { type FoundLevel, levelOfWord } from "./log-level";
import { type FoundTime, timeAt } from "./log-timestamp";

/**
 * What stands before the words of a line of text: time, level, process, thread, logger. A level counts only in such a place
 * (W-24): `0 errors`, `error_count=0` and `INFO retrying after ERROR` are no errors.
 */
export type LineHead = {
  level: FoundLevel | null;
  time: FoundTime | null;
  /** Whether it begins with a time, as a record does and a line of a trace does not. */
  hasTime: boolean;
  component: string | null;
  /** The words begin what a runtime prints of an exception. */
  isException: boolean;
  /** Where the words begin. */
  end: number;
};

const headMax = 400;
const tokenMax = 14;

const space = /[\s|,;–—-]*/y;
const bracketed = /\[([^[\]]{0,120}(?:\[[^[\]]{0,40}\])?[^[\]]{0,60})\]|\(([^()]{0,60})\)|<([^<>]{0,60})>/y;
const upperLevel =
  /(?:FATAL|PANIC|DPANIC|CRITICAL|CRIT|ALERT|EMERGENCY|EMERG|SEVERE|ERROR|ERR|WARNING|WARN|NOTICE|INFO|INFORMATION|DEBUG|TRACE|VERBOSE|FAILURE|FAIL|FINE|FINER|FINEST|CONFIG|LOG|FTL|WRN|INF|DBG|VRB|TRC)(?![\w.@/-]|s\b)/y;
const anyLevel =
  /(?:fatal|panic|critical|crit|alert|emergency|emerg|severe|error|err|warning|warn|notice|info|information|debug|trace|verbose|fail|failure|dbug|trce|exception)(?=:(?:\s|$|[\w]+:)|!(?:\s|$)|\s*[|\]])(?!::)/iy;
/** `production.ERROR: `, as Laravel has it. */
const channelLevel = /[\w-]{1,40}\.(EMERGENCY|ALERT|CRITICAL|ERROR|WARNING|NOTICE|INFO|DEBUG): /y;
const glog = /([IWEF])(?:\d{4}|\d{8}) (\d\d:\d\d:\d\d(?:\.\d+)?) +(\d+) ([^\s\]]{1,200}:\d+)\] ?/y;
const rubyLogger = /([FEWIDA]), \[([^\]]{1,60})\] +(\w+) -- ([^:]{0,80}): ?/y;
const phpError =
  /(?:PHP )?(Fatal|Parse|Recoverable fatal|Catchable fatal|Warning|Notice|Deprecated)(?: error)?: +/y;
const actions = /(?:##\[|::)(error|warning|notice|debug)(?:\]| [^:]{0,200}::|::) ?/y;
const keyed =
  /["']?(?:log[._-]?)?(?:level|lvl|severity|levelname|loglevel)["']?\s?[=:]\s?\\?["']?([A-Za-z]{3,12})(?![\w-])/iy;
const token = /[^\s|[\](),;]{1,160}/y;

/** Reads the head of a line that has no envelope (any more). */
export function readHead(text: string, nowMs?: number): LineHead {
  const head: LineHead = {
    level: null,
    time: null,
    hasTime: false,
    component: null,
    isException: false,
    end: 0,
  };
  const limit = Math.min(text.length, headMax);
  const mayThrow = mayNameException(text);
  let at = 0;
  let wordCount = 0;
  for (let count = 0; count < tokenMax && at < limit; count++) {
    const start = skip(space, text, at);
    const exception = mayThrow ? exceptionLevel(text.slice(start)) : null;
    if (exception) return { ...head, level: exception, end: start, isException: true };
    const next = isDigit(text, start)
      ? timeToken(text, start, head, nowMs)
      : (levelToken(text, start, head) ?? timeToken(text, start, head, nowMs));
    if (next !== null) {
      if (head.level) return { ...head, end: next };
      head.end = at = next;
      continue;
    }
    const prefix = prefixToken(text, start, head, wordCount);
    if (prefix === null) break;
    wordCount += prefix.isWord ? 1 : 0;
    at = prefix.end;
    if (head.level) return { ...head, end: at };
  }
  return head;
}

const isDigit = (text: string, at: number) => text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39;

function timeToken(text: string, at: number, head: LineHead, nowMs: number | undefined): number | null {
  const time = timeAt(text, at, nowMs);
  if (!time) return null;
  head.hasTime = true;
  head.time ??= time;
  return time.end;
}

/** A level in one of the places that levels have; sets it and says where the line goes on. */
function levelToken(text: string, at: number, head: LineHead): number | null {
  const code = text.charCodeAt(at);
  const own = isCapital(code)
    ? capitalLevel(text, at, head)
    : code === 0x23 || code === 0x3a
      ? actionLevel(text, at, head)
      : null;
  if (own !== null) return own;
  const channel = exec(channelLevel, text, at);
  if (channel) return set(head, levelOfWord(channel[1] ?? ""), at + channel[0].length);
  const pair = exec(keyed, text, at);
  if (pair) {
    const level = levelOfWord(pair[1] ?? "");
    if (level && level.rank > 0) return set(head, level, at + pair[0].length);
  }
  const word = exec(upperLevel, text, at) ?? exec(anyLevel, text, at);
  if (word && (head.hasTime || !isCounter(text, at + word[0].length))) {
    return set(head, levelOfWord(word[0]), at + word[0].length);
  }
  return null;
}

const isCapital = (code: number) => code >= 0x41 && code <= 0x5a;

/** The ways of glog, Ruby's logger and PHP. */
function capitalLevel(text: string, at: number, head: LineHead): number | null {
  const short = exec(glog, text, at);
  if (short) return set(head, levelOfWord(short[1] ?? ""), at + short[0].length, { hasTime: true });
  const ruby = exec(rubyLogger, text, at);
  if (ruby) {
    const time = timeAt(ruby[2] ?? "", 0);
    const component = ruby[4]?.trim() || null;
    head.time ??= time;
    return set(head, levelOfWord(ruby[3] ?? ""), at + ruby[0].length, { hasTime: time !== null, component });
  }
  const php = exec(phpError, text, at);
  return php && set(head, phpLevel(php[1] ?? ""), at + php[0].length);
}

/** The way of a CI job's commands. */
function actionLevel(text: string, at: number, head: LineHead): number | null {
  const action = exec(actions, text, at);
  return action && set(head, levelOfWord(action[1] ?? ""), at + action[0].length);
}

function set(
  head: LineHead,
  level: FoundLevel | null,
  end: number,
  more: { hasTime?: boolean; component?: string | null } = {},
): number | null {
  if (!level || level.rank === 0) return null;
  head.level = level;
  head.hasTime ||= more.hasTime ?? false;
  head.component ??= more.component ?? null;
  return end;
}

const phpLevel = (word: string): FoundLevel =>
  /fatal/i.test(word)
    ? { word: "fatal", rank: 6 }
    : word === "Parse"
      ? { word: "error", rank: 5 }
      : word === "Warning"
        ? { word: "warning", rank: 4 }
        : { word: "notice", rank: 3 };

/** `ERROR: 0`: a count, not a level. Behind a time it is a record all the same. */
const isCounter = (text: string, at: number) =>
  /^\s{0,3}[:=]\s{0,3}\d{1,12}\s*(?:[,;|)]|$)/.test(text.slice(at, at + 40));

/** Something else that may stand before a level: in brackets, with a digit or a dot in it, or one plain word after a time. */
function prefixToken(text: string, at: number, head: LineHead, wordCount: number) {
  const group = exec(bracketed, text, at);
  if (group) {
    const end = at + group[0].length;
    const inner = group[1] ?? group[2] ?? group[3] ?? "";
    readGroup(inner, head);
    return { end, isWord: false };
  }
  const word = exec(token, text, at)?.[0];
  if (!word) return null;
  const end = at + word.length;
  const isCount = !head.hasTime && /^\d+$/.test(word);
  const isNamed =
    !isCount &&
    (/[\d.@/#]|::/.test(word) || /[:\]]$/.test(word) || text[end] === "[" || /^(?:PHP|npm)$/.test(word));
  if (isNamed && !/=/.test(word)) return { end, isWord: false };
  const isSet = /^\s*(?:[|[]|- )/.test(text.slice(end, end + 4));
  return /^[\w-]+$/.test(word) && wordCount < 1 && (head.hasTime || isSet) ? { end, isWord: true } : null;
}

const groupLevel = /^(?:[\w.-]{1,40}:)?([A-Za-z]{3,12})(?::[\w.:-]{1,60})?$/;
const levelAfterTime = /^([A-Z]{3,12})(?:\s+\S{1,80})?$/;
/** Levels of some logger that are ordinary words in brackets. */
const ordinary = /^(?:http|ok|default|config|audit|log|success|failed|failure|fail|fine|finer|silly)$/;

/** What stands in brackets: a time, a level, `core:error`, or both as `2026-06-29T12:00:01Z ERROR shop`. */
function readGroup(inner: string, head: LineHead): void {
  const words = inner.trim();
  const time = timeAt(words, 0);
  if (time) {
    head.hasTime = true;
    head.time ??= time;
  }
  const rest = words.slice(time?.end ?? 0).trim();
  const word = (groupLevel.exec(rest) ?? (time && levelAfterTime.exec(rest)))?.[1];
  const level = word ? levelOfWord(word) : null;
  if (level && level.rank > 0 && !ordinary.test(level.word)) head.level = level;
}

function skip(pattern: RegExp, text: string, at: number): number {
  return at + (exec(pattern, text, at)?.[0].length ?? 0);
}

function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
