import { destinationKinds } from "@/components/destinations/kinds";
import type { PostDetailWire, PostWire } from "@/lib/contracts/post";
import type { NameOf } from "@/lib/queries/names";
import { spanWords } from "./attempt-view";

const operations: Record<string, string> = {
  post_webhook: "Signed POST",
  record_telemetry: "Write a telemetry record",
  store_memory_summary: "Store a memory summary",
  call_mcp_tool: "Call an MCP tool",
  create_issue: "Create an issue",
  comment_issue: "Comment on an issue",
  match_issue: "Link an open issue",
};

export function operationWords(operation: string): string {
  if (Object.hasOwn(operations, operation)) return operations[operation] ?? operation;
  return operation.charAt(0).toUpperCase() + operation.slice(1).replaceAll("_", " ");
}

const routes: Record<string, string> = {
  default_destination: "no route matched, so the default",
  requested_destination_override: "chosen by hand when publishing",
};

/** By which rule it went there. */
export function routeWords(reason: string): string {
  if (Object.hasOwn(routes, reason)) return routes[reason] ?? reason;
  return reason.includes(" ") ? reason : reason.replaceAll("_", " ");
}

/** The whole delivery in a sentence. */
export function deliverySentence({ post, attempts }: PostDetailWire): string {
  const last = attempts.at(-1);
  const first = attempts[0];
  const took = last && first ? last.started_at_ms + last.duration_ms - first.started_at_ms : 0;
  switch (post.state) {
    case "published":
      if (last?.outcome === "ambiguous") return lateProof(post);
      return attempts.length > 1
        ? `Attempt ${attempts.length} was accepted after ${spanWords(took)}. Body and key were identical each time, so the receiver can tell it is one delivery.`
        : `Accepted at the first attempt, in ${spanWords(took)}.`;
    case "failed":
      if (post.resolved_by && last?.outcome === "ambiguous")
        return "Ended by hand: nobody knows whether it arrived.";
      if (last?.outcome === "rejected") {
        return `Refused at attempt ${attempts.length}, for good: it is not tried again by itself. Send it again, or publish the draft again.`;
      }
      return `Given up after ${attempts.length} of ${post.attempt_count_max} attempts. Send it again, or publish the draft again.`;
    case "ambiguous":
      return post.reconcile_at_ms === undefined
        ? "The reply was lost: nobody knows whether it arrived, and the destination cannot be asked. Look there and settle it by hand."
        : "The reply was lost: nobody knows yet whether it arrived. The destination is asked before anything is sent again.";
    case "retrying":
      return "Not accepted yet. It is tried again with identical body and key.";
    case "blocked":
      return last?.status_code === undefined
        ? "Nothing left: the destination was not ready when it was due."
        : "Nothing was written: a person has to act first. The attempt below says on what.";
    case "cancelled":
      return "Cancelled before it left.";
    case "sending":
      return "On its way now.";
    case "due":
      return "Due: it is sent as soon as its turn comes.";
  }
}

/** Published, though no attempt was ever answered. */
function lateProof({ resolved_by }: PostDetailWire["post"]): string {
  return resolved_by
    ? `The reply was lost. ${resolved_by.name} looked there and said that it arrived.`
    : "The reply was lost; the destination was asked and has it. Nothing was sent twice.";
}

/** Where it went, as people call it. */
export function destinationName(post: Pick<PostWire, "destination_id" | "target_ref">, name: NameOf): string {
  if (post.destination_id !== undefined) return name.destination(post.destination_id);
  return post.target_ref ?? "unnamed destination";
}

export function kindWords(kind: PostWire["destination_kind"]): string {
  return kind ? destinationKinds[kind].word : "Unknown";
}
