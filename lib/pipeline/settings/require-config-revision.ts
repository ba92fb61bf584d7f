import { type ConfigRevision, findConfigRevision } from "@/lib/db/config-revision-store";
import type { MonitorConfig } from "@/lib/domain/config";
import type { Context } from "../context";
import { AppError } from "../errors";

/** A revision with the configuration as it left it. @throws AppError not_found `config_revision_not_found` */
export async function requireConfigRevision(
  ctx: Context,
  version: number,
): Promise<{ revision: ConfigRevision; config: MonitorConfig }> {
  const found = await findConfigRevision(ctx.db, version);
  if (found) return found;
  throw new AppError("not_found", "config_revision_not_found", `There is no revision ${version}.`, {
    version,
  });
}
