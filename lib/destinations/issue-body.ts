import type { JsonObject } from "@/lib/domain/config";
import { coderHandoffMarker } from "@/lib/domain/issue-draft-markers";
import {
  cutMarkdown,
  cutUnits,
  inlineText,
  neutraliseMarkdown,
  neutraliseProse,
  plainText,
} from "@/lib/domain/issue-text";
import type { DeliveryEnvelope, PayloadSubject, RenderedPayload } from "@/lib/domain/payload";
import {
  addDeliveryMarker,
  appendMarkers,
  deliveryMarkerBytes,
  evidenceMarker,
  fingerprintMarker,
  type IssueMarkers,
} from "./issue-markers";
import {
  evidenceSection,
  type IssueBounds,
  idsSection,
  issueBoundSteps,
  leadSection,
  logsSection,
  metadataSection,
  regressionLine,
  signalSection,
} from "./issue-sections";
import { fillTemplate, type IssuePlaceholder } from "./issue-template";
import { orderedJson } from "./ordered-json";
import { envelopePayload } from "./payload-parts";

/** Everything counts: text, markers and the delivery's marker that `sealIssue` adds. Bytes of UTF-8. */
export const issueBodyByteLimit = 12_000;
const titleMax = 240;
const followUpTemplate = "Seen {count} more times, last {last_seen}.";

export type IssueStyle = {
  /** Put before the title, with a space. */
  titlePrefix?: string;
  /** Markdown with placeholders; checked by `templateProblems` before. Unset: the issue draft, else the sections. */
  bodyTemplate?: string;
  /** Bytes of the body that the kind needs for lines of its own. */
  reservedBytes?: number;
  /** The tracker keeps comments out of sight, so that an issue may hold a hand-off for coding agents (contract 5.15). */
  hidesComments?: boolean;
};

/** An issue as an approval freezes it, for every kind of tracker; the kind adds its own fields (labels, team, ...). */
export type IssueContent = {
  title: string;
  body: string;
  /** Posted on the open issue that carries the same marker, instead of another issue. */
  comment: { body: string };
  /** What a later follow-up says; only its numbers and times are filled in. */
  follow_up: string;
  markers: { fingerprint: string; evidence: string };
};

export function issueContent(subject: PayloadSubject, style: IssueStyle = {}): IssueContent {
  const markers = { fingerprint: fingerprintMarker(subject), evidence: evidenceMarker(subject) };
  return {
    title: issueTitle(subject, style.titlePrefix),
    body: withMarkers(markers, (limits) => bodyText(subject, style, limits), {
      reservedBytes: style.reservedBytes,
      handoff: style.hidesComments ? handoffOf(subject.issueDraft) : null,
    }),
    comment: { body: withMarkers({ evidence: markers.evidence }, (limits) => commentText(subject, limits)) },
    follow_up: followUpTemplate,
    markers,
  };
}

/** One line. Titles link and wake nobody, so its characters stay as they are. */
function issueTitle({ draft, issueDraft }: PayloadSubject, prefix = ""): string {
  const suggested = issueDraft?.suggested_title;
  const chosen = typeof suggested === "string" && suggested.trim() !== "" ? suggested : draft.title;
  const line = plainText(`${prefix} ${chosen}`).replace(/\s+/g, " ").trim();
  return cutUnits(line, titleMax) || "Untitled failure";
}

/** What triage hands to a coding agent: only of a draft that its gate let pass, and never what a text says of itself. */
function handoffOf(issueDraft: PayloadSubject["issueDraft"]): Record<string, unknown> | null {
  const { coder_ready: isReady, coder_handoff: handoff } = issueDraft ?? {};
  const isObject = typeof handoff === "object" && handoff !== null && !Array.isArray(handoff);
  return isReady === true && isObject ? (handoff as Record<string, unknown>) : null;
}

/**
 * Shrinks the long parts step by step until everything fits; what is still too long is cut, the markers never. A hand-off
 * takes the room that the words leave, and none where that is too little.
 */
function withMarkers(
  markers: IssueMarkers,
  textFor: (limits: IssueBounds) => string,
  {
    reservedBytes = 0,
    handoff = null,
  }: { reservedBytes?: number; handoff?: Record<string, unknown> | null } = {},
): string {
  const taken = deliveryMarkerBytes + reservedBytes + Buffer.byteLength(appendMarkers("", markers));
  const room = issueBodyByteLimit - taken;
  let text = "";
  for (const limits of issueBoundSteps) {
    text = textFor(limits).trim();
    if (Buffer.byteLength(text) <= room) break;
  }
  const words = cutMarkdown(text, room);
  const line = handoff && coderHandoffMarker(handoff, room - Buffer.byteLength(words) - 2);
  const marked = appendMarkers(words, markers);
  return line ? `${words}\n\n${line}${marked.slice(words.length + 1)}` : marked;
}

function bodyText(subject: PayloadSubject, style: IssueStyle, limits: IssueBounds): string {
  const standard = () => draftBody(subject.issueDraft) || fallbackBody(subject, limits);
  const text = style.bodyTemplate?.trim()
    ? fillTemplate(style.bodyTemplate, (name) => placeholderValue(name, subject, limits, standard))
    : standard();
  const regression = regressionLine(subject.draft);
  return regression ? `${regression}\n\n${text}` : text;
}

/** The body that triage proposes. The hidden tandem comments it may end with give way to our markers. */
function draftBody(issueDraft: PayloadSubject["issueDraft"]): string {
  const body = issueDraft?.rendered_body;
  if (typeof body !== "string") return "";
  let visible = plainText(body).trimEnd();
  while (visible.endsWith("-->")) {
    const start = visible.lastIndexOf("<!--");
    if (!visible.startsWith("<!-- tandem:", start)) break;
    visible = visible.slice(0, start).trimEnd();
  }
  return neutraliseMarkdown(visible);
}

function fallbackBody(subject: PayloadSubject, limits: IssueBounds): string {
  const { draft } = subject;
  const sections: Array<[string, string]> = [
    ["", leadSection(draft, limits)],
    ["Incident", idsSection(subject)],
    ["Logs", logsSection(draft, limits)],
    ["Evidence", evidenceSection(draft, limits)],
    ["Diagnostic metadata", metadataSection(draft)],
    ["Triage signal", signalSection(draft, limits)],
  ];
  return sections
    .filter(([, text]) => text !== "")
    .map(([heading, text]) => (heading ? `## ${heading}\n\n${text}` : text))
    .join("\n\n");
}

function placeholderValue(
  name: IssuePlaceholder,
  subject: PayloadSubject,
  limits: IssueBounds,
  standard: () => string,
): string {
  const { draft } = subject;
  switch (name) {
    case "body":
      return standard();
    case "detail":
      return leadSection(draft, limits);
    case "ids":
      return idsSection(subject);
    case "logs":
      return logsSection(draft, limits);
    case "evidence":
      return evidenceSection(draft, limits);
    case "metadata":
      return metadataSection(draft);
    case "signal":
      return signalSection(draft, limits);
    case "issue_draft":
      return draftBody(subject.issueDraft);
    default:
      return inlineText(factOf(name, subject) ?? "", 500);
  }
}

function factOf(name: IssuePlaceholder, { draft }: PayloadSubject): string | undefined {
  const facts: Partial<Record<IssuePlaceholder, string>> = {
    title: draft.title,
    repo: draft.repo,
    component: draft.component,
    level: draft.level,
    source: draft.source,
    event_type: draft.eventType,
    risk_level: draft.riskLevel,
    confidence: draft.confidence,
    project_id: draft.projectId,
    incident_id: draft.incidentId,
    draft_id: draft.draftId,
    triage_run_id: draft.triageRunId,
  };
  return facts[name];
}

const narrativeMax = 1_500;
const commentLogRowCount = 6;

/** What triage says of it, else the detail's first line as the reason; a few log rows; ids. */
function commentText(subject: PayloadSubject, limits: IssueBounds): string {
  const { draft, incident, issueDraft } = subject;
  const narrative = typeof issueDraft?.what_happened === "string" ? issueDraft.what_happened.trim() : "";
  const firstLine = draft.detail.split("\n").find((line) => line.trim() !== "") ?? "";
  const said = narrative
    ? neutraliseProse(cutUnits(narrative, Math.min(narrativeMax, limits.leadMax)))
    : firstLine && `Reason: ${inlineText(firstLine, 400)}`;
  const ids = [`- incident_id: ${inlineText(incident.incidentId, 200)}`];
  if (draft.triageRunId) ids.push(`- triage_run_id: ${inlineText(draft.triageRunId, 200)}`);
  const logs = logsSection(draft, {
    ...limits,
    logRowCount: Math.min(commentLogRowCount, limits.logRowCount),
  });
  return ["The same failure was reported again.", said, logs, ids.join("\n")]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The same content with its follow-up, filled in, as the comment to post. `lastSeenAtMs` is epoch milliseconds. */
export function followUpContent(
  content: JsonObject,
  seen: { count: number; lastSeenAtMs: number },
): JsonObject {
  const template = typeof content.follow_up === "string" ? content.follow_up : followUpTemplate;
  const counted = seen.count === 1 ? template.replace("{count} more times", "1 more time") : template;
  const text = counted
    .replace("{count}", String(seen.count))
    .replace("{last_seen}", new Date(seen.lastSeenAtMs).toISOString());
  const { evidence } = (content.markers ?? {}) as IssueMarkers;
  return { ...content, comment: { body: appendMarkers(text, { evidence }) } };
}

/** For the reviewer: what is filed, and what happens instead when the tracker has it already. */
export function renderIssueForPeople(content: IssueContent, facts: string): RenderedPayload["rendered"] {
  return {
    title: content.title,
    sections: [
      { heading: "Issue", text: content.body, code: true },
      ...(facts ? [{ heading: "Filed with", text: facts }] : []),
      {
        heading: "If an open issue carries the same marker, this comment is posted there instead",
        text: content.comment.body,
        code: true,
      },
      { heading: "When it is seen again, this follow-up may be posted", text: content.follow_up },
    ],
  };
}

const keyOrder = ["title", "body", "comment", "follow_up", "markers"];

/** Content and envelope; body and comment get the delivery's marker as their last line. A test has neither. */
export function sealIssue(payload: Pick<RenderedPayload, "content">, envelope: DeliveryEnvelope): string {
  const { body, comment, ...rest } = payload.content;
  const commentBody = (comment as { body?: unknown } | undefined)?.body;
  return orderedJson(
    {
      ...rest,
      ...(typeof body === "string" && { body: addDeliveryMarker(body, envelope) }),
      ...(typeof commentBody === "string" && { comment: { body: addDeliveryMarker(commentBody, envelope) } }),
      ...envelopePayload(envelope),
    },
    keyOrder,
  );
}
