import type { Envelope } from "./log-envelope";
import { exceptionLevel } from "./log-exception";
import type { LogLine } from "./log-reading";
import type { TextLine } from "./log-text";
import { timeAt } from "./log-timestamp";
import { continueTrace, type TraceState, traceLineOf, traceStateAfter } from "./trace-lines";

/** A whole line as the application wrote it: its envelope taken off, its pieces joined. */
export type WholeLine = LogLine & { envelope: Envelope | null };

/** Lines kept of a record, and lines that are read as part of it before it is closed whatever follows. */
export const recordLines = { kept: 200, read: 2_000, blank: 3 } as const;
const recordBytes = 1_048_576;

const traceback = /^(?:\+ Exception Group )?Traceback \(most recent call last\):$/;
const chain = /^(?:During handling of the above exception|The above exception was the direct cause)/;

/** A record of text that may go on: the line that began it and those that continued it. */
export class OpenRecord {
  readonly lines: string[];
  offsetEnd: number;
  truncated: boolean;
  /** The line that names the exception of a trace that began without it. */
  named: string | null = null;
  /** How many lines of other streams came since the last of its own. */
  idleLines = 0;
  /** Its first line announces an exception that a later one names. */
  readonly #isUnnamed: boolean;
  #state: TraceState;
  #hasTrace: boolean;
  #readCount = 1;
  #blankCount = 0;
  #last: string;

  constructor(
    readonly trigger: WholeLine,
    readonly text: TextLine,
    readonly context: string[],
    /** It is not written as this source's records are. */
    readonly isForeign: boolean,
  ) {
    this.lines = [trigger.text];
    this.offsetEnd = trigger.offsetEnd;
    this.truncated = trigger.truncated;
    this.#state = traceStateAfter(text.message);
    this.#isUnnamed = this.#state !== "open";
    this.#hasTrace = traceback.test(text.message);
    this.#last = text.message;
  }

  /** Takes a line that continues it; false when this one does not. */
  take(line: WholeLine): boolean {
    if (line.text.trim() === "") return this.#takeBlank();
    if (this.#readCount >= recordLines.read || line.offsetEnd - this.trigger.offsetStart > recordBytes)
      return false;
    const words = this.#wordsOf(line.text);
    const kind = traceLineOf(words);
    const next = this.#next(words, kind);
    if (next === null) return false;
    if (kind === null && this.#state !== "open" && this.#isUnnamed) this.named = words.trim();
    if (kind === "frame" || kind === "link") this.#hasTrace = true;
    this.#state = next;
    this.#blankCount = 0;
    this.#last = words.trim();
    this.#append(line);
    return true;
  }

  /** One or two blank lines stand inside traces; they count once a line after them belongs. */
  #takeBlank(): boolean {
    this.#blankCount += 1;
    return this.#blankCount <= recordLines.blank;
  }

  #append(line: WholeLine): void {
    this.#readCount += 1;
    this.idleLines = 0;
    this.offsetEnd = line.offsetEnd;
    this.truncated ||= line.truncated || this.lines.length >= recordLines.kept;
    if (this.lines.length < recordLines.kept) this.lines.push(line.text);
  }

  /** A collector may have put a time before every line, those of a trace too. */
  #wordsOf(text: string): string {
    if (!this.text.beginsRecord || text.charCodeAt(0) <= 0x20) return text;
    const time = timeAt(text, 0);
    return time && text[time.end] === " " ? text.slice(time.end + 1) : text;
  }

  #next(words: string, kind: ReturnType<typeof traceLineOf>): TraceState | null {
    if (kind === "indented" && (this.#blankCount > 0 || !this.#isDeeper(words))) return null;
    const trimmed = words.trim();
    // A finished trace is followed by another one of its own, unless it says that they belong together.
    if (traceback.test(trimmed) && this.#hasTrace && this.#state === "open" && !chain.test(this.#last))
      return null;
    const next = continueTrace(this.#state, words);
    if (next !== null) return next;
    const isFirst = this.#readCount === 1 && this.#blankCount === 0 && !this.text.isException;
    return isFirst && exceptionLevel(trimmed) !== null ? traceStateAfter(trimmed) : null;
  }

  #isDeeper(words: string): boolean {
    return indentOf(words) > indentOf(this.trigger.text) || this.#state !== "open";
  }
}

const indentOf = (text: string) => text.length - text.trimStart().length;
