import type { ReconcileWire, ResolvePostWire, RetriedPostsWire } from "@/lib/contracts/post-action";
import type { ReconcileStep } from "@/lib/domain/reconcile";
import { present } from "./record-parts";

export function reconcileToWire(step: ReconcileStep): Pick<ReconcileWire, "found" | "message"> {
  switch (step.step) {
    case "happened":
      return { found: "happened", message: `It is there: ${step.effect.issue.reference}.` };
    case "send_again":
      return { found: "not_there", message: step.reason.message };
    case "look_again":
      return { found: "not_known_yet", message: step.reason.message };
  }
}

export const resolveFromWire = (postId: string, body: ResolvePostWire) => ({
  ...{ postId, resolution: body.resolution, reason: body.reason },
  ...(body.external_url && { externalUrl: body.external_url }),
});

type Replayed = { postId: string; outcome: RetriedPostsWire["posts"][number]["outcome"] } & (
  | { newPostId: string }
  | { message: string }
);

export const retriedToWire = (replayed: Replayed): RetriedPostsWire["posts"][number] => ({
  post_id: replayed.postId,
  outcome: replayed.outcome,
  ...present({
    message: "message" in replayed ? replayed.message : undefined,
    new_post_id: "newPostId" in replayed ? replayed.newPostId : undefined,
  }),
});
