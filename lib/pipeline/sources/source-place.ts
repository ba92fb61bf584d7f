import type { MonitoredProject } from "@/lib/domain/config";
import type { SourcePlace, SourceRefusal } from "@/lib/sources/tail-words";
import type { Context } from "../context";
import { AppError, type AppErrorKind } from "../errors";

/** Where the file at `path` of a project may lie, by what the host allows (D-34). Without allowed roots nothing is opened. */
export function placeIn(
  ctx: Pick<Context, "services">,
  project: Pick<MonitoredProject, "workspaceRoot">,
  path: string,
): SourcePlace {
  const { allowedRoots = [], refusedFolders = [] } = ctx.services;
  return { workspaceRoot: project.workspaceRoot, path, allowedRoots, refusedFolders };
}

/** A refusal of the file system in the words of a verb: its code stays to be seen, its detail is for people. */
export function unreadable(
  kind: AppErrorKind,
  reason: string,
  refusal: SourceRefusal,
  context: Record<string, unknown> = {},
): AppError {
  return new AppError(kind, reason, refusal.detail, { ...context, error_code: refusal.code });
}
