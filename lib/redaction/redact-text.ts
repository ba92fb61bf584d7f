import { type Anchor, compileAnchors, type Finder, identifyAt, scanAnchors } from "./anchors";
import { findAssignment } from "./assignments";
import { encodedAnchors } from "./encoded";
import { findSchemeCredential } from "./headers";
import { formatMarker, parseRedactions } from "./marker";
import { findPersonalData } from "./personal-data";
import { findPrivateKey } from "./private-keys";
import { builtInProfiles, findCustom, isAllowed, type RedactionProfile } from "./profiles";
import { findShapes } from "./shapes";
import {
  countAdded,
  mergeSpans,
  type PlaceholderKey,
  type RedactionCount,
  respectMarkers,
  type Span,
  spliceSpans,
} from "./spans";
import { seenText } from "./unseen";
import { findCommandLineLogin, findOracleLogin, findUrlCredentials } from "./urls";
import { vendorAnchors, vendorTable } from "./vendor-formats";

export type RedactionOptions = { placeholderKey?: PlaceholderKey };
export type RedactedText = { text: string; redactions: RedactionCount[] };

const anyCase = (literals: string, find: Finder): Anchor[] =>
  literals.split(" ").map((literal) => ({ literal, anyCase: true, find }));

const table = compileAnchors([
  ...vendorAnchors,
  { literal: "-----BEGIN", find: findPrivateKey },
  { literal: "://", find: findUrlCredentials },
  { literal: ":\\/", find: findUrlCredentials },
  { literal: ":\\\\", find: findUrlCredentials },
  { literal: "jdbc:oracle", find: findOracleLogin },
  { literal: "-u ", find: findCommandLineLogin },
  { literal: "--user", find: findCommandLineLogin },
  ...anyCase("bearer basic", findSchemeCredential),
  ...anyCase(
    "pass pwd secret token key auth cred cookie jwt bearer otp cvv cvc sig hmac sessid sessionid connect.sid x-tandem-",
    findAssignment,
  ),
  ...encodedAnchors((text) => findSecrets(text, builtInProfiles.standard).length > 0),
]);

/** Ordinary text takes one pass, text with secrets two; more than this many means rules that feed on each other. */
const passMax = 8;

export function redactText(
  text: string,
  profile: RedactionProfile,
  options: RedactionOptions = {},
): RedactedText {
  const redacted = redactLines([text], profile, options);
  return { text: redacted.lines[0] as string, redactions: redacted.redactions };
}

/**
 * Lines of one excerpt, read as one text so that a key block spread over rows is seen whole, and given back row by row.
 * Passes repeat until nothing changes: that is what makes redaction idempotent whatever the rules are.
 */
export function redactLines(
  lines: readonly string[],
  profile: RedactionProfile,
  options: RedactionOptions = {},
): { lines: string[]; redactions: RedactionCount[] } {
  let current = [...lines];
  for (let pass = 0; pass < passMax; pass++) {
    const next = redactOnce(current, profile, options.placeholderKey);
    if (next === undefined) {
      return { lines: current, redactions: pass === 0 ? [] : countAdded(lines, current) };
    }
    current = next;
  }
  // Only rules that eat their own markers get here. Fail closed rather than store a half-redacted text.
  const hidden = current.map((line) => (line === "" ? "" : formatMarker("text")));
  return { lines: hidden, redactions: countAdded(lines, hidden) };
}

function redactOnce(
  lines: readonly string[],
  profile: RedactionProfile,
  placeholderKey?: PlaceholderKey,
): string[] | undefined {
  const only = lines.length === 1;
  const text = only ? (lines[0] as string) : lines.join("\n");
  const spans = findSecrets(text, profile);
  if (spans.length === 0) return undefined;
  if (only) return [spliceSpans(text, spans, placeholderKey)];
  return spliceByLine(lines, spans, placeholderKey);
}

/** The one list of what must go: of the text as it is, and as it is read. */
export function findSecrets(text: string, profile: RedactionProfile): Span[] {
  const spans = findAsWritten(text, profile);
  const seen = seenText(text);
  if (!seen) return spans;
  const more = findAsWritten(seen.text, profile);
  if (more.length === 0) return spans;
  return respectMarkers(text, mergeSpans([...spans, ...more.map(seen.inPlace)]), parseRedactions(text));
}

/** From every family of rules. */
function findAsWritten(text: string, profile: RedactionProfile): Span[] {
  const spans = scanAnchors(text, table);
  for (const span of spans) nameByVendor(text, span);
  for (const span of findShapes(text)) spans.push(span);
  for (const span of findByProfile(text, profile)) spans.push(span);
  if (spans.length === 0) return spans;
  const merged = mergeSpans(spans);
  return respectMarkers(text, merged, parseRedactions(text));
}

/** What only some profiles hide. Values that a profile spares are spared here: no secret ever passes this way. */
function findByProfile(text: string, profile: RedactionProfile): Span[] {
  const { personalData, extraPatterns = [], allowedValues } = profile;
  if (personalData.length === 0 && extraPatterns.length === 0) return [];
  const spans = [...findPersonalData(text, personalData), ...findCustom(text, extraPatterns)];
  if (!allowedValues || allowedValues.size === 0) return spans;
  return spans.filter((span) => !isAllowed(text.slice(span.start, span.end), allowedValues));
}

/** "token=ghp_…" was found by its key, but the vendor's name says more. */
function nameByVendor(text: string, span: Span): void {
  const known = identifyAt(text, span.start, vendorTable);
  if (known && known.end === span.end) span.kind = known.kind;
}

function spliceByLine(
  lines: readonly string[],
  spans: readonly Span[],
  placeholderKey?: PlaceholderKey,
): string[] {
  const spliced: string[] = [];
  let lineStart = 0;
  let first = 0;
  for (const line of lines) {
    const lineEnd = lineStart + line.length;
    while (first < spans.length && (spans[first] as Span).end <= lineStart) first++;
    const pieces: Span[] = [];
    for (let index = first; index < spans.length && (spans[index] as Span).start < lineEnd; index++) {
      const span = spans[index] as Span;
      const piece = {
        ...span,
        start: Math.max(0, span.start - lineStart),
        end: Math.min(line.length, span.end - lineStart),
      };
      if (piece.end > piece.start) pieces.push(piece);
    }
    const kept = respectMarkers(line, pieces, parseRedactions(line)).filter(
      (piece) => line.slice(piece.start, piece.end).trim() !== "",
    );
    spliced.push(spliceSpans(line, kept, placeholderKey));
    lineStart = lineEnd + 1;
  }
  return spliced;
}
