import { announceChange } from "@/lib/db/change-feed";
import { removeRegistration } from "@/lib/db/registration-store";
import { inTransaction } from "@/lib/db/transaction";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { authorityChanged, registrationSubject } from "./put-authority-subjects";
import { recordReassessmentTrigger } from "./record-reassessment-trigger";

/** Takes out everything a runtime registered. @throws AppError forbidden, not_found `registration_not_found` */
export async function deleteAuthoritySubjects(
  ctx: Context,
  { runtimeId }: { runtimeId: string },
): Promise<void> {
  await authorize(ctx, "registerSubjects", registrationSubject(runtimeId));
  await inTransaction(ctx.db, async (tx) => {
    if (!(await removeRegistration(tx, runtimeId))) {
      const message = "No runtime of this id has registered anything.";
      throw new AppError("not_found", "registration_not_found", message, { runtime_id: runtimeId });
    }
    await recordAudit(tx, ctx, {
      action: "incident_monitor.authority_subjects.removed",
      subject: registrationSubject(runtimeId),
    });
    await recordReassessmentTrigger(tx, ctx, [authorityChanged(runtimeId)]);
    await announceChange(tx, { topic: "config", id: runtimeId });
  });
}
