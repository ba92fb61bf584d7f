import { kindWords } from "@/components/receipts/post-words";
import type { GateStep } from "@/components/state/gate-stepper";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { publishable } from "./decisions";
import { isMoving, standingOf } from "./draft-standing";
import { counted, listWords, provenanceWords } from "./draft-words";

export type DraftSteps = { inside: GateStep[]; outside: GateStep[] };

type Clock = (ms: number) => string;

/** The six steps of a draft. What this version does not do says so and is passed over, never shown as done. */
export function stepsOf(review: DraftReviewWire, clock: Clock, myId: string | undefined): DraftSteps {
  const { draft } = review;
  return {
    inside: [
      {
        id: "intake",
        name: "Intake",
        detail: `${clock(draft.first_seen_at_ms)}, ${provenanceWords(draft.provenance)}`,
        status: "done",
      },
      { id: "triage", name: "Triage", ...triageStep(review) },
      { id: "issue", name: "Issue", ...issueStep(review) },
      { id: "approval", name: "Approval", ...approvalStep(review, clock, myId) },
    ],
    outside: [
      { id: "publish", name: "Publish", ...publishStep(review) },
      { id: "receipt", name: "Receipt", ...receiptStep(review) },
    ],
  };
}

type StepLook = Pick<GateStep, "status" | "detail">;

/** D-29: only the issue trackers ask for a triaged proposal. */
const needsTriage = ["github_issue", "linear_issue"];

const isAsked = (review: DraftReviewWire): boolean =>
  review.destinations.some((each) => each.effective && needsTriage.includes(each.kind));

function triageStep(review: DraftReviewWire): StepLook {
  switch (review.draft.facets.triage) {
    case "none":
      return isAsked(review)
        ? { status: "later", detail: "not started" }
        : { status: "skipped", detail: "not needed" };
    case "queued":
      return { status: "active", detail: "queued" };
    case "running":
      return { status: "active", detail: "running" };
    case "ready":
    case "blocked":
      return { status: "done", detail: "looked into" };
    case "timed_out":
      return { status: "failed", detail: "timed out" };
    case "failed":
      return { status: "failed", detail: "gave up" };
  }
}

function issueStep(review: DraftReviewWire): StepLook {
  const { issue } = review.draft.facets;
  if (issue === "ready") return { status: "done", detail: "proposed" };
  if (issue === "blocked") return { status: "failed", detail: "gate blocked" };
  const look: StepLook = isAsked(review)
    ? { status: "later", detail: "after triage" }
    : { status: "skipped", detail: "not needed" };
  const gate = review.draft.quality_gate;
  return gate ? { ...look, detail: `gate ${gate.passed_count}/${gate.total_count}` } : look;
}

function approvalStep(review: DraftReviewWire, clock: Clock, myId: string | undefined): StepLook {
  const { approval } = review.draft.facets;
  if (standingOf(review) === "outdated") return { status: "now", detail: "no longer fits" };
  const last = review.approval.active ?? review.approval.history[0];
  const who = last ? (last.actor.id === myId ? "you" : last.actor.name) : "somebody";
  switch (approval) {
    case "not_required":
      return { status: "skipped", detail: "not asked for" };
    case "granted":
      return { status: "done", detail: last ? `${who}, ${clock(last.created_at_ms)}` : "given" };
    case "denied":
      return { status: "failed", detail: `denied by ${who}` };
    case "voided":
      return { status: "now", detail: "voided" };
    case "expired":
      return { status: "now", detail: "expired" };
    case "required":
      return {
        status: "now",
        detail: review.actions.approve.allowed ? "waiting for you" : "waiting",
      };
  }
}

function publishStep(review: DraftReviewWire): StepLook {
  const chosen = counted(review.route.effective_destination_ids.length, "destination");
  const { sent, lost } = outcomes(review);
  switch (standingOf(review)) {
    case "waiting":
    case "outdated":
      return { status: "later", detail: `after approval, ${chosen}` };
    case "denied":
      return { status: "skipped", detail: "denied" };
    case "approved":
    case "free":
      return review.actions.publish.allowed
        ? { status: "now", detail: `${counted(publishable(review).length, "destination")}, on your word` }
        : { status: "later", detail: review.draft.held ? "held" : "not possible now" };
    case "underway": {
      const moving = review.destinations.filter(isMoving).map((each) => each.name);
      return { status: "now", detail: `under way to ${listWords(moving)}` };
    }
    case "unfinished":
      return lost > 0
        ? { status: "failed", detail: `${sent} of ${sent + lost} arrived` }
        : { status: "now", detail: `${counted(sent, "destination")} done, more to send` };
    case "published":
      return { status: "done", detail: `to ${counted(sent, "destination")}` };
  }
}

function receiptStep(review: DraftReviewWire): StepLook {
  const { sent, lost } = outcomes(review);
  if (sent > 0) {
    const kinds = new Set(
      review.destinations
        .filter((each) => each.post?.state === "published")
        .map((each) => kindWords(each.kind)),
    );
    return { status: "done", detail: `${counted(sent, "receipt")}: ${listWords([...kinds])}` };
  }
  if (lost > 0) return { status: "failed", detail: "nothing arrived yet" };
  return standingOf(review) === "denied"
    ? { status: "skipped", detail: "nothing leaves" }
    : { status: "later", detail: "one per destination" };
}

function outcomes(review: DraftReviewWire): { sent: number; lost: number } {
  const posts = review.destinations.flatMap((each) => each.post ?? []);
  return {
    sent: posts.filter((post) => post.state === "published").length,
    lost: posts.filter((post) => ["failed", "ambiguous", "blocked", "cancelled"].includes(post.state)).length,
  };
}
