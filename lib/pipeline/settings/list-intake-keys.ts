import { type IntakeKeyFilter, listIntakeKeys as listKeys } from "@/lib/db/intake-key-store";
import type { IntakeKey } from "@/lib/domain/intake-key";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";

export type ListIntakeKeysInput = {
  filter?: Omit<IntakeKeyFilter, "projects">;
  /** Without a limit: all of them, as the contract says. */
  page?: { limit: number | null; cursor?: string };
};

/** Keys of the projects the actor may see, by project and name. @throws AppError forbidden, invalid `cursor_invalid` */
export async function listIntakeKeys(
  ctx: Context,
  { filter = {}, page = { limit: null } }: ListIntakeKeysInput = {},
): Promise<{ keys: IntakeKey[]; nextCursor: string | null }> {
  await authorize(ctx, "read", { kind: "intake_key", id: "*" });
  const cursor = pageCursor("intake-keys", filter, { limit: page.limit ?? 0, cursor: page.cursor });
  const { keys, more } = await listKeys(
    ctx.db,
    { ...filter, projects: readableProjects(ctx.actor) },
    { limit: page.limit, afterKeyId: cursor.page.after?.id ?? null },
  );
  const last = keys.at(-1);
  return {
    keys,
    nextCursor: cursor.next(more && last ? { atMs: last.createdAtMs, id: last.keyId } : null),
  };
}
