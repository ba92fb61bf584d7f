import { type ConfigRevision, listConfigRevisions as listRevisions } from "@/lib/db/config-revision-store";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { configSubject } from "./change-config";

export type ListConfigRevisionsInput = { limit?: number; beforeVersion?: number | null };

/** Who changed what, newest first. Revisions tell of every project, so project roles alone do not open them. */
export async function listConfigRevisions(
  ctx: Context,
  { limit = 50, beforeVersion }: ListConfigRevisionsInput = {},
): Promise<ConfigRevision[]> {
  await authorize(ctx, "read", configSubject);
  if (readableProjects(ctx.actor) !== null) {
    const detail = { permission: "read", reason: "role_may_not" };
    const facts = { subject: configSubject, outcome: "denied", detail } as const;
    await recordAudit(ctx.db, ctx, { action: "incident_monitor.access.denied", ...facts });
    throw new AppError("forbidden", "role_may_not", "The history tells of every project.", {
      permission: "read",
    });
  }
  return listRevisions(ctx.db, { limit: Math.min(200, Math.max(1, limit)), beforeVersion });
}
