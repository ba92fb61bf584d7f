import { Check } from "lucide-react";
import { Fact, Facts } from "@/components/layout/facts";
import { RelativeTime } from "@/components/layout/relative-time";
import type { PostDetailWire } from "@/lib/contracts/post";

/** On whose word it left: who approved, why, what that covered, and who asked for the sending. */
export function ApprovalFacts({ detail }: { detail: PostDetailWire }) {
  const { approval, requested_by: requester, post } = detail;
  return (
    <Facts className="[--term:80px]">
      {approval ? (
        <>
          <Fact term="Approved">
            {approval.actor.name}, <RelativeTime value={approval.created_at_ms} />
          </Fact>
          <Fact term="Reason">
            {approval.reason || <span className="text-muted-foreground">none given</span>}
          </Fact>
        </>
      ) : (
        <Fact term="Approved">No approval was needed</Fact>
      )}
      <Fact term="Published">
        {requester.name}, <RelativeTime value={post.created_at_ms} />
      </Fact>
      {post.resolved_by ? <Fact term="Settled">by hand, {post.resolved_by.name}</Fact> : null}
      {approval ? (
        <Fact term="Match">
          <span className="flex items-start gap-1">
            <Check aria-hidden className="mt-[3px] size-3.5 flex-none stroke-[2.25] text-state-passed" />
            {approval.binding === "content"
              ? sentWords(post.state)
              : "covers later content of the same draft, by the settings then in force"}
          </span>
        </Fact>
      ) : null}
    </Facts>
  );
}

/** An approval freezes the payload; what is queued is that snapshot, byte for byte. */
function sentWords(state: PostDetailWire["post"]["state"]): string {
  switch (state) {
    case "published":
    case "ambiguous":
      return "sent what was approved";
    case "due":
    case "sending":
    case "retrying":
      return "sends what was approved";
    case "failed":
    case "blocked":
    case "cancelled":
      return "held to what was approved";
  }
}
