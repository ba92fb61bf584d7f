import {
  doubtfulHostEndings,
  hostEndings,
  isErrorCode,
  isFailureCode,
  packageStarts,
  type Surroundings,
  units,
  wordsOfHexLetters,
} from "./message-template-terms";

// Every pattern is anchored and reads each character once: no two repeats beside each other can take the same one.
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ipV4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5}|\/\d{1,2})?$/;
const ipV6 = /^(?=[^:]*:[^:]*:)[0-9a-f:]{2,39}(?:[\d.]{7,15})?(?:%\w{1,16})?(?:\/\d{1,3})?$/i;
const mac = /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,19}$/i;
const clock = /^\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[-+]\d\d:?\d\d)?$/;
const date =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.](?:\d{1,2}|[A-Z][a-z]{2})[-/.](?:19|20)\d\d|\d{1,2}\/\d{1,2}\/\d\d)/;
const timeOfDay = /^(?:[T:_-]\d{1,2}[:.]?\d\d(?:[:.]?\d\d(?:[.:]\d{1,9})?)?)?(?:Z|[A-Z]{3}|[-+]\d\d:?\d\d)?$/;
const basicDate = /^(?:19|20)\d{6}T\d{4,6}Z?$/;
const scalar = /^[-+~$]?\d[\d_]*(?:[.:/-]\d+)*(?:e[-+]?\d{1,3})?%?$/i;
const quantity = /^[-+~$]?\d[\d_]*(?:\.\d+)?([A-Za-zµ]{1,12})(?:\/s)?$/;
const duration = /^(?:\d+(?:\.\d+)?(?:ms|us|µs|ns|[dhms]))+$/;
const pointer = /^[-+]?0x[0-9a-f]+$/i;

/** A longer word is not taken apart by its at signs, colons and slashes: words are read more than once, and this bounds it. */
const wordLength = 150;

/**
 * One word with what varies replaced by its kind: wholly (`<host>`, `<n>`) or after the letters that say of what
 * (`blk_<id>`, `cn<n>`). `word` has no white space, brackets, quotes, commas or equals signs, and a digit, slash, dot, colon,
 * backslash or at sign.
 */
export function templateOfWord(word: string, around: Surroundings): string {
  const scheme = word.indexOf("://");
  if (scheme > 0) return urlTemplate(word, scheme);
  if (word.length > wordLength) return word.startsWith("/") ? "<path>" : templateOfSegments(word);
  if (word.includes("@")) return templateAroundAt(word);
  if (word.includes("\\")) return isWindowsPath(word) ? "<path>" : word;
  const address = addressKind(word);
  if (address !== null && !(address === "<host>" && isVersionWord(around.previous))) return address;
  const named = /^([A-Za-z][\w.-]*):(?=[^:])/.exec(word);
  if (named !== null && !isHost(word)) return templateOfNamed(word, named[1] ?? "");
  if (word.includes("/")) return slashTemplate(word);
  if (isHost(word)) return "<host>";
  if (!hasDigit(word)) return word;
  if (isFailureCode(word, around) || isErrorCode(word, around.previous)) return word;
  if (pointer.test(word)) return "<hex>";
  if (scalar.test(word) || isQuantity(word)) return "<n>";
  return templateOfSegments(word);
}

/** As above, for where numbers tell failures apart: only what can be nothing but an id, address, time or place is replaced. */
export function templateOfWordWithNumbers(word: string): string {
  const scheme = word.indexOf("://");
  if (scheme > 0) return urlTemplate(word, scheme);
  if (word.includes("@")) return /^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(word) ? "<email>" : word;
  if (uuid.test(word)) return "<uuid>";
  const address = addressKind(word);
  if (address !== null && (address !== "<time>" || word.length > 10)) return address;
  if (/^(?:\/[\w.@%+~-]+){2,}\/?$/.test(word) || isWindowsPath(word)) return "<path>";
  return pointer.test(word) || (/^[0-9a-f]{8,}$/i.test(word) && hasDigit(word) && /[a-f]/i.test(word))
    ? "<hex>"
    : word;
}

/** `zxid:0x1f`, `vCores:-27`, `Path:/a/b`: the name stays, the value is a word of its own. */
function templateOfNamed(word: string, name: string): string {
  const left = hasDigit(name) ? templateOfSegments(name) : name;
  const right = word.slice(name.length + 1);
  const isValue = hasDigit(right) || /[/\\@.]/.test(right);
  return `${left}:${isValue ? templateOfWord(right, { ...nothingAround, previous: name.toLowerCase() }) : right}`;
}

function urlTemplate(word: string, scheme: number): string {
  if (scheme + 3 === word.length) return word;
  const name = word.slice(0, scheme);
  return /^(?:https?|wss?)$/i.test(name) ? "<url>" : `${name}://<url>`;
}

/** `<uuid>`, `<host>`, `<mac>`, `<time>`: what has a form of its own; null otherwise. */
function addressKind(word: string): string | null {
  if (word.length === 36 && uuid.test(word)) return "<uuid>";
  const first = word.charCodeAt(0);
  const isDigitFirst = first >= 0x30 && first <= 0x39;
  if (isDigitFirst) {
    if (ipV4.test(word)) return "<host>";
    if (clock.test(word) || basicDate.test(word)) return "<time>";
    const day = date.exec(word);
    if (day !== null && timeOfDay.test(word.slice(day[0].length))) return "<time>";
  }
  if (word.length >= 17 && mac.test(word)) return "<mac>";
  return word.includes(":") && isIpV6(word) ? "<host>" : null;
}

function isIpV6(word: string): boolean {
  return ipV6.test(word) && (word.includes("::") || word.split(":").length === 8) && /[0-9a-f]/i.test(word);
}

const isVersionWord = (word: string) =>
  word === "version" || word === "v" || word === "ver" || word === "release";

function isWindowsPath(word: string): boolean {
  return /^(?:[A-Za-z]:\\|\\\\[\w?.]|%\w{1,40}%\\|HK(?:EY_|LM\\|CU\\))/.test(word);
}

function templateAroundAt(word: string): string {
  const at = word.lastIndexOf("@");
  const left = word.slice(0, at);
  const right = word.slice(at + 1);
  if (/^[\w.$]+$/.test(left) && isObjectHash(right)) return `${part(left)}@<id>`;
  if (/^[\w.+%-]+$/.test(left) && /^[A-Za-z][\w.-]*(?::\d+)?$/.test(right)) return "<email>";
  return `${part(left)}@${part(right)}`;
}

const isObjectHash = (word: string) => /^[0-9a-f]{1,16}$/i.test(word) && (word.length >= 6 || hasDigit(word));

const nothingAround: Surroundings = { previous: "", earlier: "", isFollowed: false };
const part = (word: string) => (hasDigit(word) ? templateOfWord(word, nothingAround) : word);

const mediaType = /^(?:application|text|image|audio|video|multipart|font|message)\/[\w.+-]+$/;

function slashTemplate(word: string): string {
  const first = word.charCodeAt(0);
  const tail = word.slice(word.lastIndexOf("/") + 1);
  if (ipV4.test(tail)) return "<host>";
  if (first === 0x2f) return /^\/+[\w.~${*%@:-]/.test(word) ? "<path>" : word;
  if (/^(?:\.{1,2}|~\w*)\//.test(word)) return "<path>";
  if (/^HTTP\/[\d.]+$/.test(word) || mediaType.test(word)) return word;
  if (scalar.test(word)) return "<n>";
  const parts = word.split("/");
  if (isHost(parts[0] ?? "")) return "<url>";
  const hasExtension = /\.[A-Za-z][A-Za-z0-9]{0,5}(?::\d+)*$/.test(tail);
  if (hasExtension || (parts.length > 2 && hasDigit(word))) return "<path>";
  return parts.map(part).join("/");
}

/** `db-1.prod.example.com:5432`; not `java.io.IOException`, `config.yml` or `log.info`. */
function isHost(word: string): boolean {
  const dot = word.lastIndexOf(".");
  if (dot <= 0) return false;
  const port = word.indexOf(":", dot);
  const ending = word.slice(dot + 1, port === -1 ? undefined : port);
  if (!hostEndings.has(ending)) return false;
  if (port !== -1 && !/^:\d{1,5}$/.test(word.slice(port))) return false;
  const labels = word.slice(0, dot).split(".");
  const start = labels[0] ?? "";
  if (packageStarts.has(start.toLowerCase()) || !labels.every(isLabel)) return false;
  return !doubtfulHostEndings.has(ending) || labels.length > 1 || /[\d-]/.test(start);
}

const isLabel = (label: string) => /^[A-Za-z0-9_-]+$/.test(label) && !/[a-z][A-Z]/.test(label);

function isQuantity(word: string): boolean {
  const unit = quantity.exec(word)?.[1];
  if (unit !== undefined && (units.has(unit.toLowerCase()) || unit.length <= 2)) return true;
  return duration.test(word);
}

export function hasDigit(word: string): boolean {
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) return true;
  }
  return false;
}

/**
 * Letters up to the first segment with a digit stay, the rest of the word goes: `attempt_1445_0020_m_000000_0` is
 * `attempt_<id>`, `web-7d9f8b6c5d-x2x4z` is `web-<id>`. After a dot or a colon letters stay again: `orders-17.csv`.
 */
function templateOfSegments(word: string): string {
  let template = "";
  let varies = false;
  for (const segment of word.matchAll(/([^A-Za-z0-9]*)([A-Za-z0-9]*)/g)) {
    const gap = segment[1] ?? "";
    const letters = segment[2] ?? "";
    const joins = /^[-_$#]+$/.test(gap);
    if (varies && (joins || (gap.length === 1 && (hasDigit(letters) || isRandom(letters))))) continue;
    varies = false;
    if (!hasDigit(letters) && !(joins && template !== "" && isRandom(letters))) {
      template += gap + letters;
      continue;
    }
    const replaced = templateOfSegment(letters, joins && template !== "");
    varies = replaced !== letters;
    template += (joins && varies ? gap.replace(/-$/, gap.length > 1 ? "" : "-") : gap) + replaced;
  }
  return template;
}

function templateOfSegment(segment: string, isJoined: boolean): string {
  if (isJoined) return "<id>";
  const named = isMadeUp(segment) ? null : /^([A-Za-z]+)\d+$/.exec(segment);
  if (named) return `${named[1]}<n>`;
  return isNameWithDigit(segment) ? segment : "<n>";
}

/** Hexadecimal characters alone, and enough of them that it is no `db12`: `fa9123`, `5f3a1b2c`. */
const isMadeUp = (segment: string) => segment.length >= 6 && /^[0-9a-f]+$/i.test(segment);

/** Letters that nobody would read: no vowel in five or more, hexadecimal ones alone, or a long row of odd humps. */
export function isRandom(letters: string): boolean {
  if (letters.length < 4) return false;
  if (/^[a-f]+$/.test(letters)) return !wordsOfHexLetters.has(letters);
  if (letters.length >= 5 && /^[b-df-hj-np-tv-xz]+$/.test(letters)) return true;
  if (letters.length < 16 || !/[a-z]/.test(letters) || !/[A-Z]/.test(letters)) return false;
  const oddCapitals = letters.match(/[A-Z]{2,}(?=[a-z])|(?<=[A-Z])[a-z](?=[A-Z])/g)?.length ?? 0;
  const consonants = letters.match(/[b-df-hj-np-tv-xz]{4,}/gi)?.length ?? 0;
  return oddCapitals + consonants >= (letters.length >= 20 ? 2 : 3);
}

/** `Slf4jLogger`, `Base64Decoder`, `OAuth2Client`: a name made by a person, one short number among capitalised letters. */
function isNameWithDigit(segment: string): boolean {
  return /^[A-Za-z]+\d{1,2}[A-Za-z]+$/.test(segment) && /[A-Z][a-z]{2}/.test(segment) && segment.length <= 40;
}
