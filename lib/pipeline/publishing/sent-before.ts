import type { SentBefore } from "@/lib/db/post-store";
import { maskTarget } from "@/lib/domain/config-mask";
import type { DestinationReview } from "@/lib/domain/review";
import { boundedTexts, textChanges } from "@/lib/domain/text-changes";
import type { PublicationTarget } from "./prepare-publication";
import { renderedTexts } from "./seen-texts";

/** What this destination was last sent about the same failure, with what would read differently now. */
export function sentBeforeOf(
  { destination, payload }: PublicationTarget,
  sent: readonly SentBefore[],
): DestinationReview["sentBefore"] {
  const before = sent.find((each) => each.destinationId === destination.destinationId);
  if (!before) return null;
  const { postId, draftId, sentAtMs, externalUrl } = before;
  const textsOf = (rendered: SentBefore["rendered"], targetRef: string) =>
    boundedTexts(
      renderedTexts("", destination.kind === "webhook" ? maskTarget(rendered, targetRef) : rendered),
    );
  const changes = payload
    ? textChanges(
        textsOf(before.rendered, before.targetRef),
        textsOf(payload.content.rendered, payload.content.targetRef),
      )
    : [];
  return { postId, draftId, sentAtMs, externalUrl, changes };
}
