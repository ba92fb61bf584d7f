import { castSecondNet, needsSecondNet } from "./known-formats-net";
import { formatMarker, parseRedactions } from "./marker";
import type { RedactionProfile } from "./profiles";
import { redactJson, redactTextList } from "./redact-json";
import { type RedactionOptions, redactText } from "./redact-text";
import { addCounts, countAdded, mergeSpans, type RedactionCount, respectMarkers, spliceSpans } from "./spans";
import { seenText } from "./unseen";

declare const redactedBrand: unique symbol;

/** A value that went through redaction. The symbol stays in this file, so nothing else can make one. */
export type Redacted<T> = T & { readonly [redactedBrand]: true };

export type RedactedItem<T> = { value: Redacted<T>; redactions: RedactionCount[] };

/** Every field is redacted except the structural ones (ids, enums), so a field added tomorrow is covered. */
export type FieldSelection<T> = { structural: ReadonlyArray<keyof T & string> };

export async function redactFields<T extends object>(
  items: readonly T[],
  fields: FieldSelection<T>,
  profile: RedactionProfile,
  options: RedactionOptions = {},
): Promise<RedactedItem<T>[]> {
  const structural = new Set<string>(fields.structural);
  const drafts = items.map((item) => redactItem(item, structural, profile, options));
  await applySecondNet(drafts, structural, profile, options);
  return drafts.map(({ value, counts }) => ({ value: value as Redacted<T>, redactions: addCounts(counts) }));
}

type Draft = { value: Record<string, unknown>; counts: RedactionCount[][] };

function redactItem(
  item: object,
  structural: ReadonlySet<string>,
  profile: RedactionProfile,
  options: RedactionOptions,
): Draft {
  const counts: RedactionCount[][] = [];
  const members = Object.entries(item).map(([field, value]): [string, unknown] => {
    if (structural.has(field)) return [field, value];
    if (typeof value === "string") {
      const { text, redactions } = redactText(value, profile, options);
      counts.push(redactions);
      return [field, text];
    }
    if (isTextList(value)) {
      const { lines, redactions } = redactTextList(value, profile, options);
      counts.push(redactions);
      return [field, lines];
    }
    const { value: redacted, redactions } = redactJson(value, profile, options);
    counts.push(redactions);
    return [field, redacted];
  });
  return { value: Object.fromEntries(members), counts };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** What the own rules left of known formats: gathered from the whole batch, read in one call, put back in place. */
async function applySecondNet(
  drafts: readonly Draft[],
  structural: ReadonlySet<string>,
  profile: RedactionProfile,
  options: RedactionOptions,
): Promise<void> {
  const suspects = new Set<string>();
  for (const draft of drafts) {
    for (const [field, value] of Object.entries(draft.value)) {
      if (!structural.has(field)) forEachText(value, (text) => isSuspect(text) && suspects.add(text));
    }
  }
  if (suspects.size === 0) return;
  const texts = [...suspects];
  const seen = texts.map(seenText);
  // Each as it is written, and as it is read where that is something else.
  const net = await castSecondNet([...texts, ...seen.map((each) => each?.text ?? "")]);
  const replaced = new Map<string, string>();
  texts.forEach((text, index) => {
    if (!net.ok) return replaced.set(text, formatMarker("unchecked"));
    const asRead = net.spans[texts.length + index] ?? [];
    const found = [
      ...(net.spans[index] ?? []),
      ...asRead.flatMap((span) => seen[index]?.inPlace(span) ?? []),
    ];
    const spans = respectMarkers(text, mergeSpans(found), parseRedactions(text));
    if (spans.length === 0) return undefined;
    const spliced = spliceSpans(text, spans, options.placeholderKey);
    return replaced.set(text, redactText(spliced, profile, options).text);
  });
  if (replaced.size === 0) return;
  for (const draft of drafts) {
    for (const [field, value] of Object.entries(draft.value)) {
      if (!structural.has(field)) draft.value[field] = replaceTexts(value, replaced, draft.counts);
    }
  }
}

const isSuspect = (text: string) => needsSecondNet(text) || needsSecondNet(seenText(text)?.text ?? "");

/** Walks redacted values only, which hold no cycles and no depth beyond redactJson's bound. */
function forEachText(value: unknown, visit: (text: string) => void): void {
  if (typeof value === "string") visit(value);
  else if (Array.isArray(value)) for (const item of value) forEachText(item, visit);
  else if (typeof value === "object" && value !== null) forEachText(Object.values(value), visit);
}

function replaceTexts(
  value: unknown,
  replaced: ReadonlyMap<string, string>,
  counts: RedactionCount[][],
): unknown {
  if (typeof value === "string") {
    const safe = replaced.get(value);
    if (safe === undefined) return value;
    counts.push(countAdded([value], [safe]));
    return safe;
  }
  if (Array.isArray(value)) return value.map((item) => replaceTexts(item, replaced, counts));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replaceTexts(item, replaced, counts)]),
  );
}
