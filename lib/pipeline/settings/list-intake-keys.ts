import { listIntakeKeys as listKeys } from "@/lib/db/intake-key-store";
import type { IntakeKey } from "@/lib/domain/intake-key";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";

/** Every key of the projects the actor may see, by project and name. */
export async function listIntakeKeys(ctx: Context): Promise<IntakeKey[]> {
  await authorize(ctx, "read", { kind: "intake_key", id: "*" });
  return listKeys(ctx.db, readableProjects(ctx.actor));
}
