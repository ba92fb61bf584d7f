import { refreshOccurrenceHours } from "@/lib/db/occurrence-hour-store";
import { authorize } from "../authorize";
import type { Context } from "../context";

/** Steps of one turn: a database of years is counted over a few turns, with intake between them. */
const stepsMax = 4;

/** Counts the hours that are over for the charts. Derived from what is on record, so it leaves no audit entry of its own. */
export async function countHours(ctx: Context): Promise<void> {
  await authorize(ctx, "work", { kind: "overview", id: "occurrence_hours" });
  for (let step = 0; step < stepsMax; step += 1) {
    const { more } = await refreshOccurrenceHours(ctx.db, ctx.nowMs);
    if (!more) return;
  }
}
