import type { Scan } from "./anchors";
import type { Span } from "./spans";
import { matchesAt } from "./value-extent";

/** The slashes may be escaped, once for each JSON string around them. */
const schemeEnd = /:(?:\\{0,16}\/){2}/y;
const urlRun = /[^\s"'<>`\\]{1,512}/y;
/** A password may hold an unescaped slash; a port may not be mistaken for one. */
const looksLikePassword = /^[^:/?#@[\]]*:(?!\d{1,5}(?:[/?#]|$))(?![${<%])/;
const placeholders = /^(?:\$?\{[^}]*\}+|\$\w+|<[^>]*>|%\w+%?|\*+|x{3,}|user(?:name)?|pass(?:word)?|:)*$/i;

/** `scheme://user:password@host`: what stands before the host, name included, for the name alone can be the token. */
export function findUrlCredentials(scan: Scan, at: number): Span | undefined {
  const { text } = scan;
  const slashes = matchesAt(schemeEnd, text, at);
  if (!slashes) return undefined;
  const start = at + slashes[0].length;
  const run = matchesAt(urlRun, text, start)?.[0] ?? "";
  const firstAt = run.indexOf("@");
  if (firstAt === -1) return undefined;
  const authorityLength = run.search(/[/?#]/);
  const inAuthority = authorityLength === -1 || firstAt < authorityLength;
  const length = inAuthority
    ? run.lastIndexOf("@", authorityLength === -1 ? undefined : authorityLength)
    : firstAt;
  const end = start + length;
  if (end === start) return undefined;
  const userInfo = text.slice(start, end);
  if (!inAuthority && !looksLikePassword.test(userInfo)) return undefined;
  if (!isCredential(userInfo)) return undefined;
  return { start, end, kind: "url_credentials" };
}

function isCredential(userInfo: string): boolean {
  if (placeholders.test(userInfo)) return false;
  const colon = userInfo.search(/:|%3a/i);
  if (colon !== -1) return userInfo.slice(colon + 1) !== "" || userInfo.length > 12;
  return userInfo.length >= 16 && /\d/.test(userInfo);
}

const oracleLogin = /jdbc:oracle:\w{1,12}:([^\s/@"']{1,64}\/[^\s@"']{1,128})@/y;

export function findOracleLogin(scan: Scan, at: number): Span | undefined {
  const login = matchesAt(oracleLogin, scan.text, at);
  if (!login) return undefined;
  const end = at + login[0].length - 1;
  return { start: end - (login[1] as string).length, end, kind: "url_credentials" };
}

const curlUser = /(?:-u|--user)[ =]{1,4}["']?([^\s:"'$]{1,64}):([^\s"']{1,256})/y;

/** `curl -u name:password`. */
export function findCommandLineLogin(scan: Scan, at: number): Span | undefined {
  if (/\S/.test(scan.text[at - 1] ?? " ")) return undefined;
  const login = matchesAt(curlUser, scan.text, at);
  if (!login) return undefined;
  const password = login[2] as string;
  if (/^(?:\$|\d{1,5}$|\/)/.test(password)) return undefined;
  const end = at + login[0].length;
  return { start: end - password.length, end, kind: "password" };
}
