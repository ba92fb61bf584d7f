import type { DestinationReviewWire, DraftReviewWire } from "@/lib/contracts/review";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";

export type IssueText = {
  title: string;
  body: string;
  /** Of whom this is the exact payload; undefined when no tracker is on the route. */
  destination?: DestinationReviewWire;
};

const trackers = ["github_issue", "linear_issue"];

/** The issue as it would be filed: the very payload of the first tracker on the route, else what a tracker would be given. */
export function issueTextOf(triage: TriageReviewWire, review: DraftReviewWire): IssueText | null {
  const draft = triage.issue_draft;
  if (!draft) return null;
  for (const destination of review.destinations) {
    if (!destination.effective || !trackers.includes(destination.kind)) continue;
    const filed = filedText(destination.payload?.raw);
    if (filed) return { ...filed, destination };
  }
  return { title: draft.suggested_title, body: withoutMarkers(draft.rendered_body) };
}

function filedText(raw: string | undefined): { title: string; body: string } | null {
  if (raw === undefined) return null;
  try {
    const content = JSON.parse(raw) as { title?: unknown; body?: unknown; description?: unknown };
    const body = content.body ?? content.description;
    if (typeof content.title !== "string" || typeof body !== "string") return null;
    return { title: content.title, body };
  } catch {
    return null;
  }
}

/** Programs' comments at the end; a destination writes its own in their place. */
function withoutMarkers(body: string): string {
  let text = body.trimEnd();
  while (text.endsWith("-->")) {
    const start = text.lastIndexOf("<!--");
    if (start < 0) break;
    text = text.slice(0, start).trimEnd();
  }
  return text;
}
