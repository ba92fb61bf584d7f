import { canonicalJson } from "./canonical-json";
import type { FailureReport, ReportOrigin } from "./report";
import { parseFailure } from "./stack-trace";
import { storable } from "./text";

/** Moves when the identity below would group differently; old incidents keep their version (D-13). */
export const fingerprintVersion = 1;

export type IdentityPart = {
  name: "client" | "type" | "template" | "frames" | "event" | "component" | "file";
  value: string;
};

export type Fingerprint = {
  scopeKey: string;
  version: number;
  /** SHA-256 hex over the parts. */
  value: string;
  /** What the wire shows: the reporter's value when there is one, else `value`. */
  wireValue: string;
  parts: IdentityPart[];
};

/** What keeps equal identities of different systems apart: project and source, else the repository. */
export function scopeKeyOf(origin: Pick<ReportOrigin, "projectId" | "logSourceId" | "repo">): string {
  if (origin.projectId) return `project:${origin.projectId}/source:${origin.logSourceId ?? "-"}`;
  return `repo:${origin.repo.toLowerCase()}`;
}

/**
 * The versioned identity of a failure. A client's fingerprint is honoured inside the scope; otherwise the exception type,
 * message template and top in-app frames make it, with event and component. Run-scoped ids never take part (W-08).
 */
export function fingerprintOf(
  report: FailureReport,
  origin: Pick<ReportOrigin, "projectId" | "logSourceId" | "repo">,
  sha256: (text: string) => string,
): Fingerprint {
  const parts = report.fingerprint
    ? [{ name: "client" as const, value: report.fingerprint }]
    : identityOf(report);
  const value = sha256(canonicalJson({ v: fingerprintVersion, parts }));
  return {
    scopeKey: scopeKeyOf(origin),
    version: fingerprintVersion,
    value,
    wireValue: report.fingerprint ?? value,
    parts,
  };
}

function identityOf(report: FailureReport): IdentityPart[] {
  const failure = parseFailure(evidenceLines(report));
  const parts: IdentityPart[] = [];
  if (failure.exceptionType) parts.push({ name: "type", value: failure.exceptionType });
  const message = failure.message ?? (failure.exceptionType ? null : firstLine(report));
  if (message) parts.push({ name: "template", value: messageTemplate(message) });
  if (failure.frames.length > 0) parts.push({ name: "frames", value: failure.frames.join(" < ") });
  if (report.event) parts.push({ name: "event", value: report.event.toLowerCase() });
  if (report.component) parts.push({ name: "component", value: report.component });
  if (failure.frames.length === 0 && report.attributes.fileName) {
    parts.push({ name: "file", value: report.attributes.fileName });
  }
  return parts;
}

/** Where a failure's own words may be: title, excerpt, detail, line by line. */
export function evidenceLines(report: FailureReport): string[] {
  const detail = report.detail ? report.detail.slice(0, 40_000).split("\n") : [];
  return [
    ...(report.title ? [report.title] : []),
    ...report.excerpt.flatMap((row) => row.split("\n")),
    ...detail,
  ];
}

function firstLine(report: FailureReport): string | null {
  return (
    report.title ?? report.excerpt[0] ?? report.detail?.split("\n", 1)[0] ?? report.evidenceRefs[0] ?? null
  );
}

const variables: ReadonlyArray<[RegExp, string]> = [
  [/\[redacted:[^\]]*\]/g, "<redacted>"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<uuid>"],
  [/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?\b/g, "<time>"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, "<ip>"],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)]+/gi, "<url>"],
  [/\b0x[0-9a-f]+\b/gi, "<hex>"],
  [/(?<![\w/])(?:\/[\w.@-]+){2,}/g, "<path>"],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b/gi, "<hex>"],
  [/\d+(?:[.,]\d+)*/g, "<n>"],
];

/** A message with what varies between sightings replaced by its kind; at most 300 characters. */
export function messageTemplate(message: string): string {
  let text = message.slice(0, 1_000);
  for (const [pattern, name] of variables) text = text.replace(pattern, name);
  return storable(text.replace(/\s+/g, " ").trim().slice(0, 300).trimEnd());
}
