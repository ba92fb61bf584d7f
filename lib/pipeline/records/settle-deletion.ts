import { announceChange, type ChangeTopic } from "@/lib/db/change-feed";
import type { Deletion } from "@/lib/db/deletion-store";
import type { Transaction } from "@/lib/db/transaction";
import type { DeletableNoun } from "@/lib/domain/deletion";
import { storable, truncate } from "@/lib/domain/text";
import { builtInProfiles } from "@/lib/redaction/profiles";
import { redactText } from "@/lib/redaction/redact-text";
import type { AuditFacts } from "../record-audit";

const topics: Record<DeletableNoun, ChangeTopic> = { incident: "incident", draft: "draft", post: "delivery" };

/** Why somebody deletes, in their own words: bounded, and with secrets out of it (D-14). */
export function deletionReason(given: string | null | undefined): string | null {
  const text = given?.trim();
  if (!text) return null;
  return storable(redactText(truncate(text, 1_000), builtInProfiles.standard).text);
}

/** One entry per delivery that will not leave any more: its end has an actor like every other. */
export function cancelledEntries(noun: DeletableNoun, { cancelled }: Deletion): AuditFacts[] {
  return cancelled.map((each) => ({
    action: "incident_monitor.delivery.cancelled",
    subject: { kind: "delivery", id: each.deliveryId, projectId: each.projectId },
    detail: { draft_id: each.draftId, reason: `${noun}_deleted` },
  }));
}

/** Once per project and topic, however many went: a screen reads its list again, it does not count changes. */
export async function announceDeletion(
  tx: Transaction,
  noun: DeletableNoun,
  { deleted, cancelled }: Deletion,
): Promise<void> {
  await announceEach(tx, topics[noun], deleted);
  await announceEach(
    tx,
    "delivery",
    cancelled.map((each) => ({ id: each.deliveryId, projectId: each.projectId })),
  );
}

async function announceEach(
  tx: Transaction,
  topic: ChangeTopic,
  changed: readonly { id: string; projectId: string | null }[],
): Promise<void> {
  const firstOf = new Map(changed.toReversed().map((each) => [each.projectId, each.id]));
  for (const [projectId, id] of firstOf) await announceChange(tx, { topic, id, projectId });
}
