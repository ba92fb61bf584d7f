import { listHoldRecords } from "@/lib/db/retention-hold-store";
import { readableProjects } from "@/lib/domain/permission";
import type { RetentionHold } from "@/lib/domain/retention-hold";
import { authorize } from "../authorize";
import type { Context } from "../context";

/** Holds in force first, then the released ones, newest first: of projects that the actor may see, and of everything. */
export async function listHolds(ctx: Context, { open }: { open: boolean | null }): Promise<RetentionHold[]> {
  await authorize(ctx, "read", { kind: "retention_holds", id: "list" });
  return listHoldRecords(ctx.db, { projects: readableProjects(ctx.actor), open });
}
