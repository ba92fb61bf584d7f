import type { SecretKey } from "./secret-keys";

/** What follows "password:" in prose, code and status output instead of a password. */
const ordinaryWords = new Set(
  (
    "null none nil undefined true false yes no on off empty blank missing required optional invalid valid incorrect wrong " +
    "mismatch expired failed failure denied rejected granted accepted ok okay error unauthorized forbidden revoked reset " +
    "changed updated unchanged unset set not must should is was are were cannot can can't has have had will may and or the a an " +
    "too field string str text number int integer bool boolean any object unknown never void char varchar bytes optional[str] " +
    "cloned hidden masked redacted filtered removed disabled enabled present absent n/a na tbd todo pending success successful " +
    "succeeded validation authentication authorization check verification please enter type your user account for from with " +
    "to in does do did contains of this that it length strength policy rotation expiry mandatory input wrongly"
  ).split(" "),
);

const reference =
  /^(?:\$\{[^}]*\}?|\$\(.*|\$[A-Z_][A-Z0-9_]*|\$\d{1,2}|\{\{.*|\{\w{0,40}\}|%\w|%\w+%|%\(\w+\)s|<[^>]*>?|@\w{1,40}|\?|:[a-z_]{1,40}|env:.*|file:.*|process\.env\b.*|os\.environ\b.*|import\.meta\.env\b.*|secrets\.[A-Za-z_]+)[,;)]*$/;
const mask = /^(?:[*•.x_-]+|\[?<?\(?(?:redacted|filtered|masked|hidden|removed|secret|omitted)\)?>?\]?)$/i;
const call = /^(?:await|new|function|async)$|^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*\(\)[;,]?$/;
const looseCall = /^[A-Za-z_$][\w$.]*\(/;
const wordlike = /^(?:[a-z]+|[A-Z]?[a-z]+|[A-Z]+)(?:[_-](?:[a-z]+|[A-Z]?[a-z]+|[A-Z]+))*[.,;:!?)]*$/;
const property = /^[A-Za-z_$]+(?:\??\.[A-Za-z_$]+)+[;,)]*$/;

/**
 * Whether a value beside a secret's name gives nothing away. Long values are never excused, so this reads a
 * bounded stretch of text whatever it is given.
 */
export function isHarmlessValue(value: string, key: SecretKey, quoted: boolean): boolean {
  if (value.length === 0 || value.length > 128) return value.length === 0;
  if (mask.test(value) || reference.test(value)) return true;
  if (ordinaryWords.has(value.toLowerCase().replace(/[.,;:!?)\]}]+$/, ""))) return true;
  if (!quoted && (call.test(value) || /^[[\](){}<>|,;:=]+$/.test(value))) return true;
  return key.strength === "weak" && isWordyValue(value, key, quoted);
}

function isWordyValue(value: string, key: SecretKey, quoted: boolean): boolean {
  if (!/[A-Za-z0-9]/.test(value)) return true;
  if (key.kind !== "code" && /^\d{1,5}[.,;)]*$/.test(value)) return true;
  if (key.kind === "token" && /^\d{1,3}(?:,\d{3})*(?:\.\d+)?%?[.,;)]*$/.test(value)) return true;
  if (value.length <= 32 && wordlike.test(value)) return true;
  if (quoted) return value.length <= 100 && /^[A-Za-z]+(?:[ ,.'-]+[A-Za-z]+)+[.!?]?$/.test(value);
  return property.test(value) || looseCall.test(value);
}
