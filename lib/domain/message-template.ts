import { classOf, digit, isEndMark, isPlaceEnd, letter, space, telling } from "./message-template-characters";
import { endOfDate, endOfFraction, isKlogDay } from "./message-template-date";
import { Quotations } from "./message-template-quote";
import {
  beforeQuotedName,
  beforeUser,
  isNamingKey,
  isSayingKey,
  notNames,
  timeZones,
} from "./message-template-terms";
import { isRandom, templateOfWord, templateOfWordWithNumbers } from "./message-template-word";
import { TemplateWriter } from "./message-template-writer";
import { storable } from "./text";

const readLength = 1_000;
const readingCap = 8;

/**
 * A message with what varies between sightings replaced by its kind (`<n>`, `<id>`, `<time>`, `<host>`, `<path>`, ...); at most
 * 300 characters of the first 1,000. One pass over the words, the same for every system. With "keep numbers" only ids, times,
 * addresses and places are replaced: numbers, names and quotations stay.
 */
export function messageTemplate(
  message: string,
  numbers: "replace numbers" | "keep numbers" = "replace numbers",
): string {
  let template = storable(withoutColours(message.slice(0, readLength)));
  // What stays of a word may be a word that says something else; read again, at most a few times, it stays as it is.
  for (let reading = 0; reading < readingCap; reading += 1) {
    const reader = new MessageReader(template, numbers === "keep numbers");
    template = reader.template();
    if (!reader.leftPlaces) break;
  }
  return template;
}

const kinds: ReadonlySet<string> = new Set(
  "n id hex uuid time ip mac host url email path user value text redacted run".split(" "),
);

const requestLine = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE) /;

type Quotation = { closesAt: number; mark: number; staysWhole: boolean };

class MessageReader {
  /** A word of which something was replaced has kept what may be an address or a path without it. */
  leftPlaces = false;
  readonly #text: string;
  readonly #keepsNumbers: boolean;
  readonly #quotations: Quotations;
  readonly #writer = new TemplateWriter();
  #at = 0;
  #previous = "";
  #earlier = "";
  /** The next word is the value of a key that names who or what it was. */
  #isNamed = false;
  #quotation: Quotation | null = null;
  constructor(text: string, keepsNumbers: boolean) {
    this.#text = text;
    this.#quotations = new Quotations(text);
    this.#keepsNumbers = keepsNumbers;
  }

  template(): string {
    const text = this.#text;
    while (this.#at < text.length && !this.#writer.isFull) {
      const code = text.charCodeAt(this.#at);
      const kind = classOf(code);
      if (kind === space) {
        this.#writer.space();
        this.#at += 1;
      } else if (kind !== 0) this.#readWord();
      else this.#readMark(code);
    }
    return this.#writer.toString();
  }

  #readWord(): void {
    const text = this.#text;
    const start = this.#at;
    let end = start;
    let seen = 0;
    for (; end < text.length; end += 1) {
      const kind = classOf(text.charCodeAt(end));
      if (kind === 0 || kind === space) break;
      seen |= kind;
    }
    if (text.charCodeAt(start) === 0x3a && text.charCodeAt(start + 1) !== 0x3a) return this.#readColon();
    if ((seen & telling) !== 0) end = this.#endOfPlace(start, end);
    let last = end;
    while (last > start && isEndMark(text.charCodeAt(last - 1))) last -= 1;
    if (last > start) {
      this.#at = last;
      this.#take(text.slice(start, last), seen);
    }
    for (this.#at = Math.max(this.#at, last); this.#at < end; this.#at += 1) {
      const mark = text.charAt(this.#at);
      this.#writer.punctuation(mark);
      if (mark === ".") this.#forget();
    }
  }

  /** A URL, or a path with a query, goes on through what would end a word. */
  #endOfPlace(start: number, end: number): number {
    const next = this.#text.charCodeAt(end);
    if (Number.isNaN(next) || isPlaceEnd(next)) return end;
    const isPlace =
      this.#text.slice(start, end).includes("://") ||
      (this.#text.charCodeAt(start) === 0x2f && (next === 0x3f || next === 0x3d));
    if (!isPlace) return end;
    let to = end;
    while (to < this.#text.length && !isPlaceEnd(this.#text.charCodeAt(to))) to += 1;
    while (to > end && ",;!?".includes(this.#text.charAt(to - 1))) to -= 1;
    return to;
  }

  #take(word: string, seen: number): void {
    if (this.#keepsNumbers)
      return this.#write(word, seen !== letter ? templateOfWordWithNumbers(word) : word);
    if (this.#isNamed) return this.#takeValue();
    if (this.#isUserName(word)) return this.#replace("<user>");
    if (isKlogDay(this.#text, word, this.#at)) return this.#replace(`${word.charAt(0)}<n>`);
    const dateEnd = endOfDate(this.#text, word, this.#at);
    if (dateEnd !== -1) {
      this.#at = dateEnd;
      return this.#replace("<time>");
    }
    if ((seen & (digit | telling)) === 0) return this.#takePlain(word);
    if (word.includes("/") && this.#writer.takesUnit(word)) return;
    // `C:\Program Files\shop`: the rest of a path with a space in it.
    if (word.includes("\\") && this.#writer.isRightAfter("<path>")) return this.#writer.dropGap();
    const template = templateOfWord(word, {
      previous: this.#previous.toLowerCase(),
      earlier: this.#earlier.toLowerCase(),
      isFollowed: this.#isFollowed(),
    });
    if (template === "<time>") this.#at = endOfFraction(this.#text, this.#at);
    this.#write(word, template);
  }

  /** The value of a naming key, letters of other scripts too. */
  #takeValue(): void {
    const text = this.#text;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      const kind = classOf(code);
      if (kind === space || (kind === 0 && code < 128)) break;
      this.#at += 1;
    }
    this.#replace("<value>");
  }

  /** Does a word follow that the one just read may count? */
  #isFollowed(): boolean {
    const code = this.#text.charCodeAt(this.#at + 1);
    return this.#text.charCodeAt(this.#at) === 0x20 && code >= 0x61 && code <= 0x7a;
  }

  #takePlain(word: string): void {
    // The letters of a word whose digits were replaced are no word of their own.
    if (this.#text.charCodeAt(this.#at) === 0x3c) return this.#write(word, word);
    if (this.#writer.takesUnit(word)) return;
    if (this.#writer.isRightAfter("<time>") && timeZones.has(word)) return this.#writer.dropGap();
    if (word.length >= 8 && /^[a-f]{8,64}$/.test(word)) return this.#replace("<n>");
    if (hasRandomPart(word)) return this.#replace(word.replace(/([-_])[A-Za-z]+$/, "$1<id>"));
    this.#write(word, this.#writer.isRightAfter("<n>") ? singular(word) : word);
  }

  #write(word: string, template: string): void {
    if (template.includes("<")) {
      if (/[@/\\:.]/.test(template)) this.leftPlaces = true;
      return this.#replace(template);
    }
    this.#writer.keep(template);
    this.#earlier = this.#previous;
    this.#previous = word.startsWith("HTTP/") ? "http" : word;
  }

  #replace(template: string): void {
    this.#writer.replace(template);
    this.#earlier = this.#previous;
    this.#previous = "";
    this.#isNamed = false;
  }

  #forget(): void {
    this.#previous = "";
    this.#earlier = "";
  }

  /** `for user root`, `invalid user admin7`, `for root from 10.0.0.1`. */
  #isUserName(word: string): boolean {
    if (this.#previous === "for" && /^ from \d/.test(this.#text.slice(this.#at, this.#at + 7))) return true;
    if (this.#previous.toLowerCase() !== "user" || !beforeUser.has(this.#earlier.toLowerCase())) return false;
    return !notNames.has(word.toLowerCase());
  }

  #readMark(code: number): void {
    const text = this.#text;
    const mark = text.charAt(this.#at);
    if (code === 0x3c || code === 0x5b) {
      const end = this.#endOfKind(code);
      if (end > 0) {
        this.#replace(code === 0x3c ? text.slice(this.#at, end) : "<redacted>");
        this.#at = end;
        return;
      }
    }
    if (!this.#keepsNumbers && (code === 0x22 || code === 0x27 || code === 0x60))
      return this.#readQuote(mark);
    if (code >= 128 && this.#isNamed) return this.#takeValue();
    this.#at += 1;
    if (code >= 128) return this.#writer.keep(mark);
    this.#writer.punctuation(mark);
    if (code === 0x3d) this.#isNamed = this.#isValueNext() && isNamingKey(lastName(this.#previous));
    else this.#isNamed = false;
    if (code === 0x2c || code === 0x3b || code === 0x21 || code === 0x3f) this.#forget();
  }

  /** The end of `<kind>` or `[redacted:...]` that begins here; 0 if none does. */
  #endOfKind(code: number): number {
    if (code === 0x5b) {
      if (!this.#text.startsWith("[redacted:", this.#at)) return 0;
      const end = this.#text.slice(this.#at, this.#at + 80).indexOf("]");
      return end === -1 ? 0 : this.#at + end + 1;
    }
    const end = this.#text.slice(this.#at, this.#at + 12).indexOf(">");
    return end > 0 && kinds.has(this.#text.slice(this.#at + 1, this.#at + end)) ? this.#at + end + 1 : 0;
  }

  /** `key=value`, `key = value`, `"key":"value"`; in `key= other=1` the first has none. */
  #isValueNext(): boolean {
    const before = classOf(this.#text.charCodeAt(this.#at - 2));
    const after = this.#text.charCodeAt(this.#at);
    if (Number.isNaN(after)) return false;
    return classOf(after) !== space || before === space;
  }

  #readColon(): void {
    const quote = this.#text.charCodeAt(this.#at - 1);
    this.#writer.punctuation(":");
    this.#at += 1;
    this.#isNamed = !this.#keepsNumbers && quote === 0x22 && isNamingKey(this.#previous);
  }

  #readQuote(mark: string): void {
    const open = this.#quotation;
    if (open !== null && this.#at === open.closesAt) return this.#closeQuote(open, mark);
    const closesAt = open === null ? this.#quotations.endOf(this.#at) : -1;
    const isNamed = closesAt > 0 && (this.#isNamed || beforeQuotedName.has(this.#previous.toLowerCase()));
    const staysWhole = this.#quotations.isAnnounced(this.#at) || isSayingKey(lastName(this.#previous));
    this.#writer.punctuation(mark);
    this.#at += 1;
    if (closesAt < 0) return;
    if (isNamed) {
      this.#replace("<value>");
      this.#writer.punctuation(this.#text.charAt(closesAt));
      this.#at = closesAt + 1;
      return;
    }
    this.#quotation = { closesAt, mark: this.#writer.mark(), staysWhole };
  }

  /** Several quoted words are somebody's text, unless a key or a colon before them says that they tell what failed. */
  #closeQuote({ mark, staysWhole }: Quotation, closing: string): void {
    const quoted = this.#writer.since(mark);
    if (!staysWhole && quoted.includes(" ") && !requestLine.test(quoted))
      this.#writer.replaceSince(mark, "<text>");
    this.#quotation = null;
    this.#writer.punctuation(closing);
    this.#at += 1;
  }
}

/** `kube-api-access-hwnbg`, `req-feae`: the last piece of a joined word says nothing. */
function hasRandomPart(word: string): boolean {
  const joint = Math.max(word.lastIndexOf("-"), word.lastIndexOf("_"));
  return joint > 0 && isRandom(word.slice(joint + 1)) && /^[A-Za-z]+$/.test(word.slice(joint + 1));
}

const escape = "\u001b";
const colour = new RegExp(`${escape}\\[[\\d;]{0,20}[A-Za-z]`, "g");
const withoutColours = (text: string) =>
  text.includes(escape) ? text.replace(colour, "").replaceAll(escape, "") : text;

const lastName = (key: string) => key.slice(key.lastIndexOf(".") + 1);

/** `errors` after a number is `error`: one and many are the same message. */
function singular(word: string): string {
  const isPlural =
    word.length > 3 && word.endsWith("s") && !/(?:s|u|i)s$/.test(word) && /^[a-z]+$/.test(word);
  return isPlural ? word.slice(0, -1) : word;
}
