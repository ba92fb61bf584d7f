import { type ListedRule, listGroupingRules as listRules } from "@/lib/db/grouping-store";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";

const listedMax = 200;

/** Rules and splits of the projects that the actor may see, newest first, undone ones too. @throws AppError forbidden */
export async function listGroupingRules(ctx: Context): Promise<ListedRule[]> {
  await authorize(ctx, "read", { kind: "grouping", id: "list" });
  return listRules(ctx.db, readableProjects(ctx.actor), listedMax);
}
