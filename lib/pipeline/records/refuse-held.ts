import { findHeld, lockAgainstHolds } from "@/lib/db/retention-hold-store";
import type { Transaction } from "@/lib/db/transaction";
import type { DeletableNoun } from "@/lib/domain/deletion";
import { AppError } from "../errors";

/**
 * Legal hold wins: in the transaction that would remove, before it does. A hold that is placed meanwhile waits for it.
 *
 * @param wanted `ids` null: whatever of these projects is in sight.
 * @throws AppError conflict `retention_held` with `hold_id`, `reason` and up to ten `held_ids`
 */
export async function refuseHeld(
  tx: Transaction,
  noun: DeletableNoun,
  wanted: { ids: readonly string[] | null; projects: readonly string[] | null },
): Promise<void> {
  await lockAgainstHolds(tx);
  const held = await findHeld(tx, noun, wanted);
  const [first] = held;
  if (first)
    throw heldError(
      noun,
      first,
      held.map((each) => each.id),
    );
}

export function heldError(
  noun: DeletableNoun,
  first: { holdId: string; reason: string },
  ids: readonly string[],
): AppError {
  const what = ids.length === 1 ? `This ${noun} is` : `Some of these ${noun}s are`;
  return new AppError(
    "conflict",
    "retention_held",
    `${what} under a legal hold (${first.reason}); nothing was removed`,
    {
      hold_id: first.holdId,
      hold_reason: first.reason,
      held_ids: [...ids],
    },
  );
}
