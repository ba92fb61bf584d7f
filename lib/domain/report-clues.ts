import { messageKeys, messageNeedles } from "./message-needles";
import { type NamedFile, readNamedFiles } from "./named-files";
import { parseFailure } from "./stack-trace";
import { librariesOf, type TraceLibrary } from "./trace-library";
import type { TracePlace } from "./trace-place";
import { readTracePlaces } from "./trace-places";
import type { TriageSubject } from "./triage";

/** What a report says that can be looked up in a project. */
export type ReportClues = {
  /** Nearest to where it broke first. */
  places: TracePlace[];
  /** Where the trace stands; null without one. */
  traceField: "detail" | "excerpt" | null;
  /** Files that the text names beside its trace. */
  named: NamedFile[];
  /** What the source of the message must hold letter for letter, longest first. */
  needles: string[];
  /** Names in the message that a configuration may hold. */
  keys: string[];
  libraries: TraceLibrary[];
};

const needleCap = 4;

/** Reads a report's title, detail and excerpt. Nothing in them is trusted; linear, total, never throws. */
export function readClues(subject: Pick<TriageSubject, "title" | "detail" | "excerpt">): ReportClues {
  const detail = withoutColours(subject.detail).split("\n");
  const excerpt = subject.excerpt.flatMap((row) => withoutColours(row).split("\n"));
  const { places, traceField } = placesOf(detail, excerpt);
  const messages = messagesOf(subject.title, detail, excerpt);
  return {
    places,
    traceField,
    named: readNamedFiles([subject.title, ...detail, ...excerpt]).filter((file) => !isOfTrace(file, places)),
    needles: [...new Set(messages.flatMap(messageNeedles))].slice(0, needleCap),
    keys: [...new Set(messages.flatMap(messageKeys))].slice(0, 5),
    libraries: librariesOf(places),
  };
}

/** What a terminal would have shown: programs that think they write to one colour their traces. */
const withoutColours = (text: string): string => text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, "");

/** Detail and excerpt often hold the same trace, one of them cut: the one that names more places leads. */
function placesOf(detail: readonly string[], excerpt: readonly string[]) {
  const ofDetail = readTracePlaces(detail);
  const ofExcerpt = readTracePlaces(excerpt);
  const isDetail = withPath(ofDetail) >= withPath(ofExcerpt);
  const [first, second] = isDetail ? [ofDetail, ofExcerpt] : [ofExcerpt, ofDetail];
  const known = new Set(first.map(keyOf));
  // A trace that was cut behind a call's name has lost where it stands: the same call is there with its place.
  const called = new Set(first.map((place) => place.function));
  const isKnown = (place: TracePlace) =>
    known.has(keyOf(place)) || (place.path === null && called.has(place.function));
  const places = [...first, ...second.filter((place) => !isKnown(place))];
  const field = isDetail ? ("detail" as const) : ("excerpt" as const);
  return { places, traceField: places.length === 0 ? null : field };
}

const withPath = (places: readonly TracePlace[]) => places.filter((place) => place.path !== null).length;
const keyOf = (place: TracePlace) =>
  `${place.path}:${place.line}:${place.path === null ? place.function : ""}`;

const isOfTrace = (file: NamedFile, places: readonly TracePlace[]) =>
  places.some(
    (place) =>
      place.path === file.path || place.path?.endsWith(`/${file.path}`) || place.text.includes(file.path),
  );

/** The root's message, then the outer one; without an exception the first line that is none of a trace, then the title. */
function messagesOf(title: string, detail: readonly string[], excerpt: readonly string[]): string[] {
  const failures = [parseFailure(detail), parseFailure(excerpt)];
  const named = failures.flatMap((failure) => [failure.cause?.message ?? null, failure.message]);
  const found = named.filter((message): message is string => Boolean(message?.trim()));
  if (found.length > 0) return [...new Set(found)];
  const behindColon = title.slice(title.indexOf(":") + 1).trim();
  const first = [excerpt, detail].map((lines) => lines.find((line) => line.trim() !== "") ?? "");
  const fallbacks = [...first, behindColon.split(/\s+/).length >= 3 ? behindColon : title];
  return fallbacks.filter((message) => message.trim() !== "");
}
