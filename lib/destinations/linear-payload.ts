import type { Destination, JsonObject } from "@/lib/domain/config";
import type { DeliveryEnvelope, PayloadSubject, RenderedPayload, RenderResult } from "@/lib/domain/payload";
import { type Reason, reason } from "@/lib/domain/reason";
import { type IssueContent, issueContent, renderIssueForPeople } from "./issue-body";
import { deliveryMarker } from "./issue-markers";
import { type LinearConfig, readLinearConfig } from "./linear-config";
import { orderedJson } from "./ordered-json";
import { envelopePayload } from "./payload-parts";
import { sealedObject } from "./sealed-object";

export const createOperation = "create_issue";
export const commentOperation = "comment_issue";
export const checkOperation = "check_target";

/** A sealed payload as it is read back. */
export type LinearPayload = {
  title: string;
  description: string;
  commentBody: string;
  labels: string[];
  priority: number;
  fingerprint: string;
};

/** Linear's own scale: 1 urgent, 2 high, 3 medium, 4 low (reference 4.2). */
const priorities: Readonly<Record<string, number>> = {
  ...{ critical: 1, urgent: 1, severe: 1, high: 2, medium: 3, moderate: 3, low: 4, info: 4 },
};

/**
 * Linear keeps Markdown, not HTML: hidden comments would be lost, so the markers are short lines of code at the very end. A
 * reported text cannot end there, and only whole lines at the end count.
 */
const hiddenMarker = /<!-- (tandem:(?:fingerprint|evidence|delivery):v1:[0-9a-f]{64}) -->/g;
const destinationMarker = "`tandem:destination:v1:linear`";
const shown = /^`tandem:(fingerprint|evidence|delivery|destination):v1:([0-9a-f]{64}|linear)`$/;

function showMarkers(text: string): string {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => line.startsWith("<!-- tandem:"));
  if (from < 0) return text;
  const markers = lines.slice(from).map((line) => line.replace(hiddenMarker, "`$1`"));
  return [...lines.slice(0, from), destinationMarker, ...markers].join("\n");
}

/** The markers a description or comment ends with; Linear may put blank lines between them. */
export function parseLinearMarkers(text: string | null | undefined): {
  fingerprint?: string;
  delivery?: string;
} {
  const found: Record<string, string> = {};
  const lines = (text ?? "").trimEnd().split(/\r?\n/).slice(-20).reverse();
  for (const line of lines) {
    if (line.trim() === "") continue;
    const [, kind, value] = shown.exec(line.trim()) ?? [];
    if (!kind || !value) break;
    found[kind] ??= value;
  }
  return found;
}

/** The issue with markers as Linear keeps them, and its priority. */
export function linearContent(
  destination: Destination,
  subject: PayloadSubject,
): { issue: IssueContent; priority: number } {
  const hidden = issueContent(subject, readLinearConfig(destination));
  const comment = { body: showMarkers(hidden.comment.body) };
  const priority = priorities[(subject.draft.riskLevel ?? "").trim().toLowerCase()] ?? 3;
  return { issue: { ...hidden, body: showMarkers(hidden.body), comment }, priority };
}

export function renderLinear(destination: Destination, subject: PayloadSubject): RenderResult {
  const config = readLinearConfig(destination);
  const [problem] = targetProblems(config);
  if (problem) return { ok: false, reason: problem };
  const { issue, priority } = linearContent(destination, subject);
  const content: JsonObject = { ...issue, labels: config.labels, priority, ...targetOf(config) };
  const facts = [
    `Team: ${config.team}`,
    `Project: ${config.project}`,
    `Priority: ${priority}`,
    `Labels: ${config.labels.join(", ") || "none"} (those that the team has)`,
  ];
  return rendering(config, content, createOperation, renderIssueForPeople(issue, facts.join("\n")));
}

/** No issue is made by a test, so there is none to show: what is read is said instead. */
export function renderLinearTest(destination: Destination): RenderResult {
  const config = readLinearConfig(destination);
  const [problem] = targetProblems(config);
  if (problem) return { ok: false, reason: problem };
  const message =
    "A test from Incident Monitor reads the team, the project and the labels. It creates no issue.";
  const content: JsonObject = { test: true, message, ...targetOf(config) };
  return rendering(config, content, checkOperation, {
    title: "Test of the team and project",
    sections: [{ heading: "Message", text: message }],
  });
}

/** Content and envelope; body and comment get the delivery's marker as their last line. A test has neither. */
export function sealLinear(payload: Pick<RenderedPayload, "content">, envelope: DeliveryEnvelope): string {
  const { body, comment, ...rest } = payload.content;
  const commentBody = (comment as { body?: unknown } | undefined)?.body;
  const marked = (text: string) =>
    `${showMarkers(text)}\n\`tandem:delivery:v1:${deliveryMarker(envelope.idempotencyKey)}\``;
  const sealed = {
    ...rest,
    ...(typeof body === "string" && { body: marked(body) }),
    ...(typeof commentBody === "string" && { comment: { body: marked(commentBody) } }),
    ...envelopePayload(envelope),
  };
  return orderedJson(sealed, ["title", "body", "comment", "follow_up", "markers"]);
}

const targetOf = ({ team, project, apiUrl }: LinearConfig): JsonObject => ({ team, project, server: apiUrl });
const targetRefOf = ({ team, project }: LinearConfig) => `${team}/${project}`.slice(0, 500);

/** What keeps a payload from being rendered at all; secrets do not. */
function targetProblems(config: LinearConfig): Reason[] {
  const own = /^(linear_team|linear_project|labels|title_prefix|body_template)_/;
  return config.problems.filter((problem) => own.test(problem.code));
}

/** The payload of a sealed body meant for this very target, or why it is not sent. */
export function readSealed(
  config: LinearConfig,
  request: { body: string; targetRef: string },
): { ok: true; payload: LinearPayload | null } | { ok: false; reason: Reason } {
  const sealed = sealedObject(request.body);
  const malformed = {
    ok: false,
    reason: reason("payload_malformed", "The payload is not a Linear issue."),
  } as const;
  if (!sealed) return malformed;
  const { team, project, server } = targetOf(config);
  const isSame = sealed.team === team && sealed.project === project && sealed.server === server;
  if (request.targetRef !== targetRefOf(config) || !isSame) {
    const words = "The team, the project or the server changed after this payload was rendered.";
    return { ok: false, reason: reason("target_changed", words) };
  }
  if (sealed.test === true) return { ok: true, payload: null };
  const { title, body, labels, priority } = sealed;
  const commentBody = (sealed.comment as { body?: unknown } | undefined)?.body;
  const fingerprint = (sealed.markers as { fingerprint?: unknown } | undefined)?.fingerprint;
  const isLabels = Array.isArray(labels) && labels.every((each) => typeof each === "string");
  if (typeof title !== "string" || typeof body !== "string" || typeof commentBody !== "string")
    return malformed;
  if (typeof fingerprint !== "string" || typeof priority !== "number" || !isLabels) return malformed;
  return { ok: true, payload: { title, description: body, commentBody, labels, priority, fingerprint } };
}

function rendering(
  config: LinearConfig,
  content: JsonObject,
  operation: string,
  rendered: RenderedPayload["rendered"],
): RenderResult {
  const byteLength = Buffer.byteLength(JSON.stringify(content));
  return {
    ok: true,
    payload: {
      kind: "linear_issue",
      targetRef: targetRefOf(config),
      operation,
      content,
      rendered,
      byteLength,
    },
  };
}
