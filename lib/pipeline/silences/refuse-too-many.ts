import { countOpenSilences } from "@/lib/db/silence-store";
import type { Transaction } from "@/lib/db/transaction";
import type { Silence } from "@/lib/domain/silence";
import { projectSilencesMax, silencesMax } from "@/lib/domain/silence-rules";
import type { Context } from "../context";
import { AppError } from "../errors";

/**
 * Each open silence is held against every draft about to leave, so there may be so many beside this one and no more.
 *
 * @throws AppError conflict `silences_too_many`
 */
export async function refuseTooMany(tx: Transaction, ctx: Context, silence: Silence): Promise<void> {
  const { silenceId: besides, matcher } = silence;
  const projectIds = matcher.matchProjectIds;
  const open = await countOpenSilences(tx, { nowMs: ctx.nowMs, besides, projectIds });
  if (open.ofProjects < projectSilencesMax && open.all < silencesMax) return;
  const limit = projectIds.length > 0 ? projectSilencesMax : silencesMax;
  const message = "Too many silences have not ended yet; expire one first";
  throw new AppError("conflict", "silences_too_many", message, { limit });
}
