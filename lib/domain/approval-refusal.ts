import type { ActorRef } from "./actor";
import { type ApprovalNeed, peopleOnly } from "./approval-need";
import { type AuthorFacts, authorshipOf } from "./authorship";
import { isAskedOf, namedWords } from "./named-approvers";
import { countQuorum, type Grant, hasLapsed } from "./quorum";
import { type Reason, reason } from "./reason";

/** What is known when somebody wants to approve. */
export type ApprovalAttempt = {
  actor: ActorRef;
  need: ApprovalNeed;
  authors: AuthorFacts;
  /** The approvals that stand on what would leave now, of those who may still decide. */
  standing: readonly Grant[];
  /** What people whom a setting names are called; their ids where nobody said. */
  nameOf?: (userId: string) => string;
  nowMs: number;
};

/**
 * Why this actor's approval may not count, whatever their role; null when it may. The role and whether the draft waits at
 * all are asked elsewhere, and so is the proof that high risk may need (a person can give it at once).
 */
export function approvalRefusal(attempt: ApprovalAttempt): Reason | null {
  const { actor, need, authors, standing, nowMs } = attempt;
  if (actor.kind !== "user" && peopleOnly(need)) {
    return reason(
      "person_required",
      `${whyPeople(need)}, so only people who are signed in count; a token does not`,
    );
  }
  const wrote = need.authorMayNot.length > 0 ? authorshipOf(actor, authors) : null;
  if (wrote) {
    const rule = need.authorMayNot[0]?.message ?? "No author may approve what they wrote";
    const did = wrote === "reported" ? "You reported this" : "You edited this last";
    return reason("author_may_not_approve", `${did}. ${rule}: somebody else must approve it`, {
      rule: need.authorMayNot[0]?.code ?? "",
      wrote,
    });
  }
  const mine = standing.find((grant) => grant.actor.kind === actor.kind && grant.actor.id === actor.id);
  if (mine && !hasLapsed(mine, nowMs)) {
    return reason("already_counted", "You have approved this; the rest must come from somebody else");
  }
  return notNamed(attempt);
}

/** Sentences after the first go on in it. */
const joined = (words: readonly string[]) => words.join("; ").replaceAll("; One of", "; one of");

/** Settings name the people whose approval is still missing, and this is none of them. */
function notNamed({ actor, need, standing, nowMs, nameOf }: ApprovalAttempt): Reason | null {
  if (need.named.length === 0) return null;
  const same = standing.map((grant) => ({ ...grant, digest: "" }));
  const { named, counted } = countQuorum(same, need, { digest: "", nowMs, isEntitled: () => true });
  if (isAskedOf(actor.id, named, need.count - counted.length)) return null;
  const unmet = named.filter((each) => each.missing > 0);
  const words = unmet.map(({ approvers, approved, missing }) => {
    const others = approvers.filter((id) => !approved.includes(id));
    return namedWords(
      others.map((id) => nameOf?.(id) ?? id),
      missing,
    );
  });
  const who = unmet.map(({ why }) => why.code).join(", ");
  return reason("approver_not_named", `${joined(words)} this, and you are not among them`, { rule: who });
}

/** Which rules keep this person's own approval from opening the gate: what breaking the glass would go around. */
export function rulesInTheWay(attempt: ApprovalAttempt): Reason[] {
  const { actor, need, authors, standing, nowMs } = attempt;
  const author = need.authorMayNot.length > 0 && authorshipOf(actor, authors) ? need.authorMayNot : [];
  const mine = { approvalId: "", actor, digest: "", expiresAtMs: null, breakGlass: false };
  const all = [...standing.map((grant) => ({ ...grant, digest: "" })), mine];
  const { missing } = countQuorum(all, need, { digest: "", nowMs, isEntitled: () => true });
  const people = need.because.filter((each) => typeof each.fields?.count === "number");
  return [...author, ...(missing > 0 ? people : [])];
}

function whyPeople(need: ApprovalNeed): string {
  if (need.count > 1) return `${need.count} people must approve this`;
  if (need.named.length > 0) return "People are named who must approve this";
  if (need.authorMayNot.length > 0) return "Its author may not approve this";
  return "High risk needs a person who has just proven who they are";
}
