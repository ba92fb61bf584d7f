import { Check, TriangleAlert } from "lucide-react";
import { Fact } from "@/components/layout/facts";
import { RedactedText } from "@/components/state/redacted-text";
import { CopyButton } from "@/components/ui/copy-button";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { canLeave, coverable, type Standing } from "./draft-standing";
import { counted, reasonSentences, reasonWords, shortDigest } from "./draft-words";
import { expiryWords } from "./gate-words";
import { PolicyReasons } from "./policy-reasons";
import { isShared, namedTroubles, namedWords, quorumWords, shareWords } from "./quorum-words";

type GateFactsProps = { review: DraftReviewWire; standing: Standing; myId: string | undefined };

/** The rule, who may, what is covered and for how long; or what was decided. */
export function GateFacts({ review, standing, myId }: GateFactsProps) {
  const { approval } = review;
  const last = approval.active ?? approval.history[0];
  if (standing === "waiting") {
    return (
      <>
        <ApprovalsFact review={review} myId={myId} />
        <NamedFact review={review} myId={myId} />
        <Fact term="Policy">
          <PolicyReasons reasons={[...approval.because, ...approval.quorum.author_may_not]} />
        </Fact>
        {last?.ended_reason?.length ? <Fact term="Ended">{reasonSentences(last.ended_reason)}</Fact> : null}
        <Fact term="Who">
          {review.actions.approve.allowed
            ? approval.quorum.named.length > 0
              ? "You may"
              : "Anyone who may decide here; you may"
            : (review.actions.approve.reason ?? "You may not decide this")}
        </Fact>
        <Fact term="Covers">
          <Digest digest={review.digest} /> {coverWords(review)}, policy{" "}
          <code>{review.policy_version.slice(0, 4)}</code>
        </Fact>
        <Fact term="Expires">{expiryWords(review)}</Fact>
      </>
    );
  }
  if (standing === "outdated" && !approval.active) {
    return <Fact term="Policy">Required by now: {reasonWords(approval.because)}</Fact>;
  }
  if (standing === "free") {
    return (
      <>
        <Fact term="Policy">{reasonSentences(approval.because)}</Fact>
        <Fact term="Would send">{coverWords(review)}</Fact>
      </>
    );
  }
  return (
    <>
      <ApprovalsFact review={review} myId={myId} />
      {last ? (
        <Fact term="Reason">{last.reason ? <RedactedText text={last.reason} /> : "none was given"}</Fact>
      ) : (
        <Fact term="Policy">{reasonSentences(approval.because)}</Fact>
      )}
      {approval.active ? (
        <Fact term="Digest">
          <Digest digest={approval.active.digest} />{" "}
          {standing === "approved" || standing === "outdated" ? (
            <Unchanged changes={approval.changes} />
          ) : (
            "what is sent is what was approved"
          )}
        </Fact>
      ) : null}
    </>
  );
}

/** How many people it takes and who has said so; nothing where one alone decides. */
function ApprovalsFact({ review, myId }: { review: DraftReviewWire; myId: string | undefined }) {
  const { quorum } = review.approval;
  // Whoever broke the glass stands alone, and a note says so.
  if (review.approval.active?.break_glass) return null;
  if (!isShared(quorum) || (quorum.needed <= 1 && quorum.missing === 0)) return null;
  return (
    <Fact term="Approvals">
      <b className="font-semibold">{shareWords(quorum)}</b>, {quorumWords(quorum, myId)}
      {quorum.outdated.length > 0 ? ". What was approved before has changed and counts no more" : ""}
    </Fact>
  );
}

/** Whom settings name, who of them has approved, and why it could not open as things are. */
function NamedFact({ review, myId }: { review: DraftReviewWire; myId: string | undefined }) {
  const { named, unreachable } = review.approval.quorum;
  if (named.length === 0) return null;
  const troubles = namedTroubles(named);
  return (
    <Fact term="Named">
      <ul>
        {named.map((each) => (
          <li key={`${each.because.code} ${each.because.message}`}>{namedWords(each, myId)}</li>
        ))}
      </ul>
      {unreachable.length > 0 ? (
        <span className="block">
          <TriangleAlert aria-hidden className="mr-1 inline size-3.5 align-[-2px] text-state-waiting" />
          {reasonSentences(unreachable)}
        </span>
      ) : troubles.length > 0 ? (
        <span className="block text-muted-foreground">{troubles.join("; ")}</span>
      ) : null}
    </Fact>
  );
}

function coverWords(review: DraftReviewWire): string {
  const covered = coverable(review);
  const unready = covered.filter((each) => !canLeave(each)).length;
  return `${counted(covered.length, "payload")}${unready > 0 ? `, ${unready} not ready to be sent` : ""}`;
}

function Digest({ digest }: { digest: string }) {
  return (
    <span className="inline-flex items-baseline gap-1">
      <code>sha256 {shortDigest(digest)}</code>
      <CopyButton value={digest} label="Copy digest" className="self-center" />
    </span>
  );
}

function Unchanged({ changes }: { changes: DraftReviewWire["approval"]["changes"] }) {
  if (changes.length === 0) {
    return (
      <span className="whitespace-nowrap">
        <Check aria-hidden className="mr-1 inline size-3.5 align-[-2px] text-state-passed" />
        unchanged since
      </span>
    );
  }
  return (
    <span className="block">
      <TriangleAlert aria-hidden className="mr-1 inline size-3.5 align-[-2px] text-state-waiting" />
      Changed since: {reasonWords(changes)}.
    </span>
  );
}
