import type { PostWire } from "@/lib/contracts/post";

export type SentIssueText =
  | { written: "issue"; title: string; text: string; labels: string[]; assignees: string[] }
  | { written: "comment"; text: string };

/**
 * What a tracker's payload comes to for its reader: the issue, or the comment on the one that was there. Null for other
 * kinds, for a test, and for what has another shape: those are shown as they are.
 */
export function issueOf(
  { destination_kind, operation }: Pick<PostWire, "destination_kind" | "operation">,
  payload: string,
): SentIssueText | null {
  if (destination_kind !== "github_issue" && destination_kind !== "linear_issue") return null;
  const { title, body, comment, labels, assignees } = recordOf(payload);
  if (typeof title !== "string" || typeof body !== "string") return null;
  if (operation === "comment_issue") {
    const text = isRecord(comment) && typeof comment.body === "string" ? comment.body : null;
    return text === null ? null : { written: "comment", text };
  }
  return { written: "issue", title, text: body, labels: names(labels), assignees: names(assignees) };
}

function recordOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const names = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
