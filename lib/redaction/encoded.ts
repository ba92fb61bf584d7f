import type { Anchor, Finder, Scan } from "./anchors";
import type { Span } from "./spans";
import { matchesAt } from "./value-extent";
import { vendorAnchors } from "./vendor-formats";
import { startsWord } from "./word-start";

/** How a text with a secret in it begins, apart from the vendors' own prefixes. */
const beginnings = [
  ...["Bearer ", "Basic ", "Authorization", "authorization", "-----BEGIN", "http://", "https://", "mysql://"],
  ...["postgres", "mongodb", "redis://", "amqp://", "password", "passwd", "client_secret", "secret", "token"],
  ...["api_key", "apikey", "access_token", "PASSWORD", "SECRET", "TOKEN", "API_KEY"],
];
/** `{"` and `{` with a line's end after it: JSON. What follows decides how the third letter goes on. */
const ofJson = ["eyJ", "ewo", "ewog"];

const run = /[A-Za-z0-9+/_-]{16,}={0,2}/y;
const lengthMax = 65_536;
const printable = /^[\t\n\r -~]*$/;

/**
 * A secret that somebody wrote in base64: a cluster's secret, a settings file in a variable, a request's body. It is decoded
 * only where the first letters say that what begins there may be one, and hidden when what it says holds a secret.
 */
export function encodedAnchors(holdsSecret: (text: string) => boolean): Anchor[] {
  const find: Finder = (scan, at) => findEncoded(scan, at, holdsSecret);
  const prefixes = [...beginnings, ...vendorAnchors.map((each) => each.literal)].map(inBase64);
  const literals = new Set([...ofJson, ...prefixes].filter((each) => each.length >= 3));
  return [...literals].map((literal) => ({ literal, find }));
}

function findEncoded({ text }: Scan, at: number, holdsSecret: (text: string) => boolean): Span | undefined {
  // Never from the middle of a run: each would be decoded to its end once for every beginning in it.
  if (!startsWord(text, at) || /[+/_-]/.test(text[at - 1] ?? "")) return undefined;
  const encoded = matchesAt(run, text, at)?.[0];
  if (!encoded || encoded.length > lengthMax) return undefined;
  const decoded = Buffer.from(encoded, "base64").toString("latin1");
  if (!printable.test(decoded) || !holdsSecret(decoded)) return undefined;
  return { start: at, end: at + encoded.length, kind: "encoded_secret" };
}

/** As many letters as the text alone decides. */
const inBase64 = (text: string) =>
  Buffer.from(text, "latin1")
    .toString("base64")
    .slice(0, Math.floor((text.length * 8) / 6));
