import type { ActorRef } from "./actor";

/** Records a person may delete. Deleting hides and never cascades (D-21). */
export const deletableNouns = ["incident", "draft", "post"] as const;
export type DeletableNoun = (typeof deletableNouns)[number];

/** What is kept of a deletion with the record itself. */
export type Tombstone = { actor: ActorRef; reason: string | null; atMs: number };

export type DeletedRecord = { id: string; projectId: string | null };

/** A delivery that waited when its draft or its post was deleted, and so was never sent (again). */
export type CancelledDelivery = { deliveryId: string; draftId: string; projectId: string | null };
