import { classifyKey, type SecretKey } from "./secret-keys";

/** What follows "password:" in prose, code and status output instead of a password. */
const statusWords = wordSet(
  "null none nil undefined true false yes no on off empty blank missing required optional invalid valid incorrect wrong",
  "mismatch expired failed failure denied rejected granted accepted ok okay error unauthorized forbidden revoked reset",
  "changed updated unchanged unset set field string str text number int integer bool boolean any object unknown never void",
  "char varchar bytes optional[str] cloned hidden masked redacted filtered removed disabled enabled present absent n/a na tbd",
  "todo pending success successful succeeded validation authentication authorization check verification length strength",
  "policy rotation expiry mandatory input",
);

/** Only after a colon and a space, where a sentence may go on: "password: must contain…". */
const sentenceWords = wordSet(
  "not must should is was are were cannot can can't has have had will may and or the a an too please enter type your user",
  "account for from with to in does do did contains of this that it try",
);

function wordSet(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.join(" ").split(" "));
}

/** How a value was written: in quotes, bare after a sign, or bare after a colon and a space as in a sentence. */
export type Writing = "quoted" | "bare" | "sentence";

const reference =
  /^(?:\$\{[^}]*\}?|\$\(.*|\$[A-Z_][A-Z0-9_]*|\$\d{1,2}|\{\{.*|\{\w{0,40}\}|%\w|%\w+%|%\(\w+\)s|<[^>]*>?|@\w{1,40}|\?|:[a-z_]{1,40}|env:.*|file:.*|process\.env\b.*|os\.environ\b.*|import\.meta\.env\b.*|secrets\.[A-Za-z_]+)[,;)]*$/;
const mask =
  /^(?:[*•._-]+|x{3,}|\[?<?\(?(?:redacted|filtered|masked|hidden|removed|secret|omitted)\)?>?\]?)$/i;
const call = /^(?:await|new|function|async)$|^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*\(\)[;,]?$/;
const looseCall = /^[A-Za-z_$][\w$.]*\(/;
const wordlike = /^(?:[a-z]+|[A-Z]?[a-z]+|[A-Z]+)(?:[_-](?:[a-z]+|[A-Z]?[a-z]+|[A-Z]+))*[.,;:!?)]*$/;
const property = /^[A-Za-z_$]+(?:\??\.[A-Za-z_$]+)+[;,)]*$/;

/** A name from code, each part a readable word: `expectedToken`, `NewApiToken`. Random letters seldom look so. */
const codeName = /^[A-Za-z][a-z]+(?:[A-Z]{1,5}[a-z]{2,}){0,5}[A-Z]{0,4}(?:<\w+>?)?[.,;:)\]}]*$/;

/**
 * Whether a value beside a secret's name gives nothing away. Long values are never excused, so this reads a
 * bounded stretch of text whatever it is given.
 */
export function isHarmlessValue(value: string, key: SecretKey, writing: Writing): boolean {
  if (value.length === 0 || value.length > 128) return value.length === 0;
  if (mask.test(value) || reference.test(value)) return true;
  const word = value.toLowerCase().replace(/[.,;:!?)\]}]+$/, "");
  if (statusWords.has(word) || (writing === "sentence" && sentenceWords.has(word))) return true;
  if (writing !== "quoted" && (call.test(value) || /^[[\](){}<>|,;:=]+$/.test(value))) return true;
  // `password = options.password`: a reference to another secret's name, in code.
  if (writing !== "quoted" && property.test(value) && classifyKey(value.replace(/[;,)]+$/, ""))) return true;
  return key.strength === "weak" && isWordyValue(value, key, writing);
}

function isWordyValue(value: string, key: SecretKey, writing: Writing): boolean {
  if (!/[A-Za-z0-9]/.test(value)) return true;
  if (/^(?:bearer|basic|digest) /i.test(value)) return false;
  if (key.kind !== "code" && /^\d{1,5}[.,;)]*$/.test(value)) return true;
  if (key.kind === "token" && /^\d{1,3}(?:,\d{3})*(?:\.\d+)?%?[.,;)]*$/.test(value)) return true;
  if (value.length <= 32 && (wordlike.test(value) || codeName.test(value))) return true;
  if (writing !== "quoted" && /^[([{!]/.test(value) && !value.startsWith("[redacted:")) return true;
  if (writing === "quoted")
    return value.length <= 100 && /^[A-Za-z]+(?:[ ,.'-]+[A-Za-z]+)+[.!?]?$/.test(value);
  return property.test(value) || looseCall.test(value);
}
