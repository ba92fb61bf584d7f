import { exceptionLevel } from "./log-exception";
import { type LineHead, readHead } from "./log-head";
import { type FoundLevel, levelOfWord } from "./log-level";
import { storable } from "./text";

/** What one line of text says, its head taken off. What few lines are asked for is worked out when it is asked. */
export type TextLine = {
  readonly level: FoundLevel | null;
  readonly message: string;
  readonly component: string | null;
  readonly occurredAtMs: number | null;
  /** It begins as records do: with a time or a level. */
  readonly beginsRecord: boolean;
  /** Its words are what a runtime prints of an exception or a panic. */
  readonly isException: boolean;
};

const escapes = new RegExp(`${String.fromCharCode(27)}(?:\\[[0-9;?]{0,20}[A-Za-z]|[()][A-Z0-9])`, "g");
const escape = String.fromCharCode(27);

/** Text without what colours a terminal. */
export const withoutColours = (text: string) => (text.includes(escape) ? text.replace(escapes, "") : text);

const keyedAnywhere =
  /(?:^|[\s,{[(|;])\\?["']?(?:log[._-]?)?(?:level|lvl|severity|levelname|loglevel)\\?["']?\s?[=:]\s?\\?["']?([A-Za-z]{3,12})(?![\w-])/i;
/** `[main] com.acme.Orders - `, `1 --- [main] c.a.Orders : `, `root:`, `app::orders: `: thread and logger after a level. */
const logger =
  /^(?:\d{1,7} )?(?:--- )?(?:\[[^\]]{1,80}\] *){0,3}([A-Za-z_$][\w$]*(?:(?:\.|::|\/)[\w$-]+)*)(?:\[\d+\])?(?: +[-:] +|: *)(?=\S)/;
/** Places of nginx and Apache, and the caller with its line that zap writes. */
const place =
  /^(?:\d+#\d+: (?:\*\d+ )?|(?:\[(?:pid|client|tid) [^\]]{1,80}\] ?)+|[\w./-]{1,120}\.[a-z]{1,4}:\d{1,6}\s+)/;
const messageMax = 8_192;

/** Reads one line of text: its level where levels stand, and its words. */
export function readTextLine(line: string, nowMs?: number): TextLine {
  const text = withoutColours(line).trim();
  return new ReadLine(text, readHead(text, nowMs));
}

class ReadLine implements TextLine {
  readonly level: FoundLevel | null;
  #words: Words | null = null;

  constructor(
    readonly text: string,
    readonly head: LineHead,
  ) {
    this.level = head.level ?? levelElsewhere(text);
  }

  get #said(): Words {
    this.#words ??= wordsAfter(this.text, this.head);
    return this.#words;
  }

  get message(): string {
    return this.#said.message;
  }

  get component(): string | null {
    return this.#said.component;
  }

  get occurredAtMs(): number | null {
    return this.head.time?.ms() ?? null;
  }

  get beginsRecord(): boolean {
    return this.head.hasTime || (this.head.level !== null && !this.head.isException);
  }

  get isException(): boolean {
    return this.head.isException || exceptionLevel(this.message) !== null;
  }
}

type Words = { message: string; component: string | null };

/** `... level=error ...` says its level wherever it stands. */
function levelElsewhere(text: string): FoundLevel | null {
  const word = keyedAnywhere.exec(text)?.[1];
  const level = word ? levelOfWord(word) : null;
  return level && level.rank > 0 ? level : null;
}

function wordsAfter(text: string, head: LineHead): Words {
  if (head.isException) return { message: wordsOf(text.slice(head.end)), component: head.component };
  let words = text
    .slice(head.end)
    .replace(/^[\s\]:!|"–—-]+/, "")
    .replace(place, "");
  let component = head.component;
  const named = head.level ? logger.exec(words) : null;
  if (named?.[1] && isLogger(named[1], named[0]) && exceptionLevel(words) === null) {
    component ??= named[1];
    words = words.slice(named[0].length);
  }
  return { message: wordsOf(/[\p{L}\p{N}]/u.test(words) ? words : text), component };
}

const wordsOf = (text: string) => storable(text.slice(0, messageMax)).trim();

/** A dotted name, or a plain one that a thread, a process or a colon without a blank shows to be no word of the message. */
const isLogger = (name: string, all: string) => /[.:/]/.test(name) || /^[[\d-]/.test(all) || /:$/.test(all);
