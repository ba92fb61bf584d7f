import { findPeople } from "@/lib/db/author-store";
import type { Database } from "@/lib/db/client";
import type { Transaction } from "@/lib/db/transaction";
import type { ApprovalNeed } from "@/lib/domain/approval-need";
import { type AuthorFacts, authorshipOf } from "@/lib/domain/authorship";
import { mayApprove } from "@/lib/domain/config-validate-approvers";
import {
  type ApproverStanding,
  deadEnds,
  type NamedPerson,
  type NamedProgress,
  progressOf,
} from "@/lib/domain/named-approvers";
import type { Reason } from "@/lib/domain/reason";
import type { NamedReview } from "@/lib/domain/review";

type Subject = { projectId: string | null; authors: AuthorFacts | null };

/** What is known of those whom the settings name, held against one record; asks nothing where nobody is named. */
export async function readNamedPeople(
  on: Database | Transaction,
  need: ApprovalNeed,
  record: Subject,
): Promise<(userId: string) => NamedPerson> {
  const people = await findPeople(
    on,
    need.named.flatMap((each) => each.approvers),
  );
  return (userId) => {
    const person = people.get(userId);
    const name = person?.name ?? userId;
    const say = (standing: ApproverStanding) => ({ userId, name, standing });
    if (!person) return say("gone");
    if (person.disabled) return say("disabled");
    if (!mayApprove(person, record.projectId)) return say("not_entitled");
    const me = { kind: "user", id: userId, name } as const;
    const wrote = need.authorMayNot.length > 0 && record.authors && authorshipOf(me, record.authors);
    return say(wrote ? "author" : "may");
  };
}

/** Each setting that names people, with who they are. */
export function namedReviews(
  progress: readonly NamedProgress[],
  personOf: (userId: string) => NamedPerson,
): NamedReview[] {
  return progress.map(({ why, count, missing, approvers, approved }) => ({
    ...{ why, count, missing },
    people: approvers.map((id) => ({ ...personOf(id), approved: approved.includes(id) })),
  }));
}

/** The same of a record that nobody has approved: what a preview says. */
export async function namedForNobodyYet(
  on: Database,
  need: ApprovalNeed,
  record: Subject,
): Promise<{ named: NamedReview[]; unreachable: Reason[] }> {
  const personOf = await readNamedPeople(on, need, record);
  const progress = progressOf(need.named, new Set());
  return { named: namedReviews(progress, personOf), unreachable: deadEnds(progress, personOf) };
}
