import type { Destination, MonitorConfig } from "./config";
import { testReceiverUrl } from "./test-receiver";

/*
 * Receivers put tokens into the path and the query of a webhook's URL, so that part of it is for those alone who may
 * configure. Everybody else sees scheme and host, which is what tells destinations apart.
 */

const masked = "…";
const maskedPath = new URL(`https://host/${masked}`).pathname;

/** `https://host/…`, or the URL itself when there is nothing behind the host. */
export function maskUrl(text: string): string {
  // A name, not an address: there is nothing in it to hide.
  if (text === testReceiverUrl) return text;
  if (!URL.canParse(text)) return masked;
  const { protocol, host, pathname, search, hash } = new URL(text);
  const bare = pathname === "/" && search === "" && hash === "";
  return bare ? `${protocol}//${host}/` : `${protocol}//${host}/${masked}`;
}

/** Is this what `maskUrl` makes? Then somebody sends back what was shown instead of the URL, and it must not be stored. */
export function isMaskedUrl(text: string): boolean {
  return text === masked || (URL.canParse(text) && new URL(text).pathname.toUpperCase() === maskedPath);
}

/** The same value with this webhook target masked wherever its texts name it; numbers and shapes stay. */
export function maskTarget<Value>(value: Value, targetRef: string): Value {
  if (typeof value === "string") return value.replaceAll(targetRef, maskUrl(targetRef)) as Value;
  if (Array.isArray(value)) return value.map((item) => maskTarget(item, targetRef)) as Value;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, maskTarget(member, targetRef)]);
  return Object.fromEntries(members) as Value;
}

/** Parts of a path that a receiver says back by themselves; shorter ones are words of any text. */
const tellingLengthMin = 6;

/**
 * What a receiver said, without what it was called by: an answer that quotes its own path ("Cannot POST /services/...") shows
 * what masking the URL hides. Whole, in part, and as it was decoded; rather too much than too little.
 */
export function maskEchoes(said: string, targetRef: string): string {
  if (targetRef === testReceiverUrl || !URL.canParse(targetRef)) return said;
  const { pathname, search, searchParams } = new URL(targetRef);
  const segments = pathname.split("/");
  const parts = [...segments, ...searchParams.values()].filter((part) => part.length >= tellingLengthMin);
  const whole = [targetRef, `${pathname}${search}`, pathname, search].filter((part) => part.length > 1);
  const hidden = [...whole, ...parts].flatMap((part) => [part, decoded(part), encodeURIComponent(part)]);
  return [...new Set(hidden)]
    .sort((left, right) => right.length - left.length)
    .reduce((text, part) => text.replaceAll(part, masked), said);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function maskDestination(row: Destination): Destination {
  return row.webhookUrl === undefined ? row : { ...row, webhookUrl: maskUrl(row.webhookUrl) };
}

export function maskConfig(config: MonitorConfig): MonitorConfig {
  return { ...config, destinations: config.destinations.map(maskDestination) };
}
