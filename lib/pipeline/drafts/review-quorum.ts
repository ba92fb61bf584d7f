import { peopleOnly } from "@/lib/domain/approval-need";
import type { AuthorFacts } from "@/lib/domain/authorship";
import { deadEnds } from "@/lib/domain/named-approvers";
import { countQuorum } from "@/lib/domain/quorum";
import type { Approval } from "@/lib/domain/records";
import type { QuorumReview } from "@/lib/domain/review";
import type { Context } from "../context";
import type { Publication } from "../publishing/prepare-publication";
import { judgeStanding } from "../publishing/standing-approvals";
import { entitledAmong } from "./entitled-among";
import { namedReviews, readNamedPeople } from "./named-people";

/** Who has approved what would leave now, and how many are missing, counted as the next approval will count. */
export async function reviewQuorum(
  ctx: Context,
  publication: Publication,
  approvals: readonly Approval[],
  authors: AuthorFacts,
): Promise<QuorumReview> {
  const { draft, decision } = publication;
  const need = decision.approval;
  const granted = approvals.filter((each) => each.state === "granted").reverse();
  const { current, outdated } = judgeStanding(publication, granted, ctx.nowMs);
  const isEntitled = await entitledAmong(ctx.db.prisma, ctx, current, draft.content.projectId);
  const digest = current[0]?.digest ?? "";
  const quorum = countQuorum(current, need, { digest, nowMs: ctx.nowMs, isEntitled });
  const personOf = await readNamedPeople(ctx.db, need, { projectId: draft.content.projectId, authors });
  return {
    needed: need.required || current.length > 0 ? quorum.needed : 0,
    missing: need.required || current.length > 0 ? quorum.missing : 0,
    counted: quorum.counted,
    outdated,
    destinationIds: current[0] ? Object.keys(current[0].basis.payloads) : null,
    endsAtMs: quorum.endsAtMs,
    peopleOnly: peopleOnly(need),
    authorMayNot: need.authorMayNot,
    stepUp: need.stepUp,
    named: namedReviews(quorum.named, personOf),
    // Once it is open nobody is waited for.
    unreachable: quorum.open ? [] : deadEnds(quorum.named, personOf),
  };
}
