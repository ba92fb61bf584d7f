import { resolvePath } from "@/lib/domain/config-syntax";
import type { AllowedRoot } from "@/lib/domain/log-source-answers";
import type { BrowsedFolder } from "@/lib/domain/log-source-state";
import { listFolder } from "@/lib/sources/list-folder";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { placeIn, unreadable } from "./source-place";

/** The folders of this host under which workspace roots may lie, and whether each is there. @throws AppError forbidden */
export async function listAllowedRoots(ctx: Context): Promise<AllowedRoot[]> {
  await authorize(ctx, "configure", { kind: "allowed_roots", id: "list" });
  return Promise.all(
    (ctx.services.allowedRoots ?? []).map(async (path) => {
      const listed = await listFolder(placeIn(ctx, { workspaceRoot: path }, ""), "");
      return { path, readable: listed.ok, problem: listed.ok ? null : listed.detail };
    }),
  );
}

/**
 * What lies in a folder of an allowed root, for choosing a file. Names and sizes alone: nothing is read.
 *
 * @throws AppError forbidden; invalid `log_root_unknown` naming `root`, `log_folder_unreadable` naming `path`; not_found
 * `log_folder_not_found`.
 */
export async function browseLogs(
  ctx: Context,
  { root, path }: { root: string; path: string },
): Promise<BrowsedFolder> {
  await authorize(ctx, "configure", { kind: "allowed_roots", id: root });
  const wanted = resolvePath(root.trim());
  const known = (ctx.services.allowedRoots ?? []).find((allowed) => resolvePath(allowed) === wanted);
  if (wanted === null || known === undefined) {
    const message = "root: this host does not allow that folder; ask for the list of those it does";
    throw new AppError("invalid", "log_root_unknown", message, { field: "root" });
  }
  const listed = await listFolder(placeIn(ctx, { workspaceRoot: known }, ""), path);
  if (listed.ok) {
    const { ok: _, entries, ...folder } = listed;
    const whole = (ms: number | null) => (ms === null ? null : Math.trunc(ms));
    return {
      ...folder,
      entries: entries.map((each) => ({ ...each, modifiedAtMs: whole(each.modifiedAtMs) })),
    };
  }
  const isMissing = listed.code === "not_found";
  throw isMissing
    ? unreadable("not_found", "log_folder_not_found", listed, { field: "path" })
    : unreadable("invalid", "log_folder_unreadable", listed, { field: "path" });
}
