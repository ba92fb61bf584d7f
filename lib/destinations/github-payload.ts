import type { Destination, JsonObject } from "@/lib/domain/config";
import type { PayloadSubject, RenderedPayload, RenderResult } from "@/lib/domain/payload";
import { type Reason, reason } from "@/lib/domain/reason";
import { type GithubConfig, readGithubConfig } from "./github-config";
import { issueContent, renderIssueForPeople } from "./issue-body";
import { sealedObject } from "./sealed-object";

export const createOperation = "create_issue";
export const commentOperation = "comment_issue";
/** What a test does instead: it reads, and makes nothing. */
export const checkOperation = "check_target";

/** A sealed payload as it is read back; what is missing or of another shape is refused. */
export type GithubPayload = {
  title: string;
  body: string;
  labels: string[];
  assignees: string[];
  commentBody: string;
  fingerprint: string;
  createdAtMs: number;
};

export function renderGithub(destination: Destination, subject: PayloadSubject): RenderResult {
  const config = readGithubConfig(destination);
  const [problem] = targetProblems(config);
  if (problem) return { ok: false, reason: problem };
  const { labels, assignees } = config;
  const issue = issueContent(subject, { ...config, hidesComments: true });
  const content: JsonObject = { ...issue, labels, assignees, ...targetOf(config) };
  const facts = [
    `Repository: ${config.webOrigin}/${config.slug}`,
    `Labels: ${labels.join(", ") || "none"}`,
    `Assignees: ${assignees.join(", ") || "none"}`,
  ];
  return rendering(config, content, createOperation, renderIssueForPeople(issue, facts.join("\n")));
}

/** No issue is made by a test, so there is none to show: what is read is said instead. */
export function renderGithubTest(destination: Destination): RenderResult {
  const config = readGithubConfig(destination);
  const [problem] = targetProblems(config);
  if (problem) return { ok: false, reason: problem };
  const message =
    "A test from Incident Monitor reads the repository: whether it is there, takes issues and lets itself be " +
    "searched. It creates no issue.";
  const content: JsonObject = { test: true, message, ...targetOf(config) };
  return rendering(config, content, checkOperation, {
    title: "Test of the repository",
    sections: [{ heading: "Message", text: message }],
  });
}

/** Frozen with the content: the same words for another repository or server are another payload. */
function targetOf({ slug, webOrigin }: GithubConfig): JsonObject {
  return { repo: slug, server: webOrigin };
}

/** What keeps a payload from being rendered at all; secrets do not. */
function targetProblems(config: GithubConfig): Reason[] {
  const own = /^(repo|api_base_url|labels|assignees|title_prefix|body_template)_/;
  return config.problems.filter((problem) => own.test(problem.code));
}

/** The payload of a sealed body meant for this very target, or why it is not sent. */
export function readSealed(
  config: GithubConfig,
  request: { body: string; targetRef: string },
): { ok: true; payload: GithubPayload | null } | { ok: false; reason: Reason } {
  const sealed = sealedObject(request.body);
  if (!sealed) return { ok: false, reason: reason("payload_malformed", "The payload is not JSON.") };
  const { repo, server } = targetOf(config);
  if (request.targetRef !== repo || sealed.repo !== repo || sealed.server !== server) {
    const words = "The repository or the server changed after this payload was rendered.";
    return { ok: false, reason: reason("target_changed", words) };
  }
  if (sealed.test === true) return { ok: true, payload: null };
  const payload = readPayload(sealed);
  if (payload) return { ok: true, payload };
  return { ok: false, reason: reason("payload_malformed", "The payload is not a GitHub issue.") };
}

function readPayload(sealed: JsonObject): GithubPayload | null {
  const { title, body, labels, assignees, comment, markers, created_at_ms } = sealed;
  const commentBody = (comment as { body?: unknown } | undefined)?.body;
  const fingerprint = (markers as { fingerprint?: unknown } | undefined)?.fingerprint;
  const texts = [title, body, commentBody, fingerprint];
  if (!texts.every((each) => typeof each === "string") || typeof created_at_ms !== "number") return null;
  if (!isTexts(labels) || !isTexts(assignees)) return null;
  const [asTitle = "", asBody = "", asComment = "", asFingerprint = ""] = texts;
  return {
    title: asTitle,
    body: asBody,
    labels,
    assignees,
    commentBody: asComment,
    fingerprint: asFingerprint,
    createdAtMs: created_at_ms,
  };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

function rendering(
  config: GithubConfig,
  content: JsonObject,
  operation: string,
  rendered: RenderedPayload["rendered"],
): RenderResult {
  const byteLength = Buffer.byteLength(JSON.stringify(content));
  return {
    ok: true,
    payload: { kind: "github_issue", targetRef: config.slug, operation, content, rendered, byteLength },
  };
}
