import { findDeliveries } from "@/lib/db/delivery-store";
import { endedStates } from "@/lib/domain/delivery";
import type { Delivery } from "@/lib/domain/records";
import type { Context } from "../context";

/** How long a publish call waits for its deliveries (D-09). */
export const publishWaitMs = 10_000;

const pollMs = 25;
const pollMsMax = 250;

/**
 * Waits until each delivery has ended or has to be retried, at most `waitMs` and not beyond the process's stop. The
 * worker that sends may be another process, so the rows are what is watched. Reads only.
 */
export async function awaitDeliveries(
  ctx: Context,
  deliveryIds: readonly string[],
  waitMs: number = publishWaitMs,
): Promise<Delivery[]> {
  const deadline = performance.now() + waitMs;
  let pause = pollMs;
  for (;;) {
    const found = await findDeliveries(ctx.db, deliveryIds);
    const waiting = found.filter((each) => !endedStates.includes(each.state) && each.state !== "retrying");
    const over = performance.now() + pause >= deadline || ctx.services.stopping?.aborted;
    if (waiting.length === 0 || over) return inOrder(found, deliveryIds);
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pollMsMax, pause * 1.5);
  }
}

function inOrder(found: Delivery[], ids: readonly string[]): Delivery[] {
  const byId = new Map(found.map((each) => [each.deliveryId, each]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
