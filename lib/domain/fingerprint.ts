import { canonicalJson } from "./canonical-json";
import { messageTemplate } from "./message-template";
import { type FailureReport, type ReportOrigin, type RuntimeIdentity, runtimeIdentityParts } from "./report";
import { type ParsedFailure, parseFailure } from "./stack-trace";

/** Moves when the identity below would group differently; old incidents keep their version (D-13). */
export const fingerprintVersion = 2;

/** A client's own value is taken as it is given: how we read messages and traces changes nothing of it. */
const clientVersion = 1;

export { messageTemplate };

export type IdentityPart = {
  name:
    | ("client" | "type" | "template" | "cause" | "frames" | "file" | keyof RuntimeIdentity)
    /** By a grouping rule: an attribute that was added, a key that stands for all, what was split off. */
    | ("attribute" | "group" | "split");
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
 * message template, root cause and top in-app frames make it, with event and component. Run-scoped ids never take part (W-08).
 */
export function fingerprintOf(
  report: FailureReport,
  origin: Pick<ReportOrigin, "projectId" | "logSourceId" | "repo">,
  sha256: (text: string) => string,
  failure: ParsedFailure = readFailure(report),
): Fingerprint {
  const parts = partsOf(report, failure);
  const version = report.fingerprint ? clientVersion : fingerprintVersion;
  const value = sha256(canonicalJson({ parts, v: version }));
  return {
    scopeKey: scopeKeyOf(origin),
    version,
    value,
    wireValue: report.fingerprint ?? value,
    parts,
  };
}

function partsOf(report: FailureReport, failure: ParsedFailure): IdentityPart[] {
  if (report.fingerprint) return [{ name: "client", value: report.fingerprint }];
  return report.identity ? runtimeParts(report.identity, report) : identityOf(report, failure);
}

/**
 * The identity of a runtime's failure: what failed, where and why. Here the numbers of a reason stay (case 17): a limit
 * of 180000 ms is not one of 600000, and what else varies between runs is told by name. Ids of the run never take part.
 */
function runtimeParts(identity: RuntimeIdentity, { attributes }: FailureReport): IdentityPart[] {
  const { runId, sessionId, correlationId } = attributes;
  const ownIds = [runId, sessionId, correlationId].filter((id) => id !== undefined && isTelling(id));
  return runtimeIdentityParts.flatMap((name) => {
    let value = identity[name];
    if (!value) return [];
    for (const id of ownIds) value = value.replaceAll(id as string, "<run>");
    value = value.replace(automationRunId, "<run>");
    if (name === "reason") value = messageTemplate(value.replace(attachedUuid, "<uuid>"), "keep numbers");
    return [{ name, value: name === "event" ? value.toLowerCase() : value }];
  });
}

const automationRunId = /\bautomation[-_]v2[-_]run[-_][\w-]+/gi;
/** Also where a word goes before or after: `run_7f9c1a52-...`. */
const attachedUuid =
  /(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])|(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/gi;

/** A short id, or one that is a number, may stand in a reason without meaning the run. */
const isTelling = (id: string) => id.length >= 6 && !/^\d+$/.test(id);

function identityOf(report: FailureReport, failure: ParsedFailure): IdentityPart[] {
  const parts: IdentityPart[] = [];
  if (failure.exceptionType) parts.push({ name: "type", value: failure.exceptionType });
  const message = failure.message ?? (failure.exceptionType ? null : firstLine(report));
  if (message) parts.push({ name: "template", value: messageTemplate(message) });
  const cause = failure.cause ? causeOf(failure.cause) : "";
  if (cause !== "") parts.push({ name: "cause", value: cause });
  if (failure.frames.length > 0) parts.push({ name: "frames", value: failure.frames.join(" < ") });
  if (report.event) parts.push({ name: "event", value: report.event.toLowerCase() });
  if (report.component) parts.push({ name: "component", value: report.component });
  if (failure.frames.length === 0 && report.attributes.fileName) {
    parts.push({ name: "file", value: report.attributes.fileName });
  }
  return parts;
}

/** The root of a chain of causes, by type and template: the same wrapper around another cause is another failure. */
function causeOf({ exceptionType, message }: NonNullable<ParsedFailure["cause"]>): string {
  return [exceptionType, message === null ? null : messageTemplate(message)]
    .filter((text) => text !== null && text !== "")
    .join(": ");
}

/** Type, message and frames from wherever a failure's own words may be. */
export const readFailure = (report: FailureReport): ParsedFailure => parseFailure(evidenceLines(report));

/** Title, excerpt, detail, line by line. */
function evidenceLines(report: FailureReport): string[] {
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
