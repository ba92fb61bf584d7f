import type { DraftReviewWire } from "@/lib/contracts/review";
import { api } from "@/lib/paths";
import { publishable } from "./decisions";
import { defaultChoice } from "./draft-standing";

export type ApiCall = { label: string; command: (origin: string) => string };

/** The documented calls behind this screen, with this draft's ids and digest filled in. */
export function apiCallsOf(review: DraftReviewWire): ApiCall[] {
  const id = review.draft.draft_id;
  const ids = (rows: readonly { destination_id: string }[]) => rows.map((each) => each.destination_id);
  const calls: ApiCall[] = [
    { label: "Read this review", command: (origin) => read(origin, api.draftReview(id)) },
  ];
  calls.push(
    { label: "Read its triage", command: (origin) => read(origin, api.triageReview(id)) },
    { label: "Triage it", command: (origin) => post(origin, api.triageRun(id), {}) },
  );
  if (review.draft.triage_run_id) {
    const body = { suggested_title: review.draft.title ?? "" };
    calls.push({
      label: "Write its summary",
      command: (origin) => post(origin, api.triageSummary(id), body),
    });
  }
  if (review.actions.approve.allowed) {
    const body = { reason: "", destination_ids: ids(defaultChoice(review)), digest: review.digest };
    calls.push({
      label: "Approve exactly this",
      command: (origin) => post(origin, api.approveDraft(id), body),
    });
  }
  if (review.actions.deny.allowed) {
    calls.push({ label: "Deny", command: (origin) => post(origin, api.denyDraft(id), { reason: "" }) });
  }
  if (review.actions.publish.allowed) {
    const body = { destination_ids: ids(publishable(review)) };
    calls.push({ label: "Publish", command: (origin) => post(origin, api.publishDraft(id), body) });
  }
  return calls;
}

const token = "authorization: Bearer $TOKEN";

function read(origin: string, path: string): string {
  return `curl -H "${token}" ${quoted(origin + path)}`;
}

function post(origin: string, path: string, body: unknown): string {
  return [
    `curl -X POST -H "${token}" -H 'content-type: application/json' \\`,
    `  -d ${quoted(JSON.stringify(body))} ${quoted(origin + path)}`,
  ].join("\n");
}

/** For a POSIX shell: nothing inside single quotes is read by it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
