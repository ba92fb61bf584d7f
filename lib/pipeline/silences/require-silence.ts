import { findSilence, type ListedSilence } from "@/lib/db/silence-store";
import type { AuditSubject } from "@/lib/domain/audit";
import type { Silence } from "@/lib/domain/silence";
import { authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

type Concerned = Pick<Silence, "silenceId" | "matcher">;

/**
 * What to be authorized for, each of them: the projects a silence names. One that names none concerns them all, and records
 * of none, so it takes a role over everything.
 */
export function silenceSubjects({ silenceId, matcher }: Concerned): AuditSubject[] {
  const projects = matcher.matchProjectIds.length > 0 ? matcher.matchProjectIds : [null];
  return projects.map((projectId) => ({ kind: "silence", id: silenceId, projectId }));
}

/** For the record of what was done: its project when it names exactly one. */
export function silenceSubject(silence: Concerned): AuditSubject {
  const [only, ...more] = silenceSubjects(silence);
  return { kind: "silence", id: silence.silenceId, projectId: more.length === 0 ? only?.projectId : null };
}

/**
 * The silence, once the actor may read it: every project it names. Whoever may not is told that there is none, as for an id
 * that does not exist.
 *
 * @throws AppError not_found `silence_not_found`, forbidden
 */
export async function requireSilence(ctx: Context, silenceId: string): Promise<ListedSilence> {
  const found = await findSilence(ctx.db, silenceId);
  const missing = new AppError("not_found", "silence_not_found", "There is no such silence", {
    silence_id: silenceId,
  });
  if (!found) throw missing;
  for (const subject of silenceSubjects(found.silence)) await authorizeRecord(ctx, "read", subject, missing);
  return found;
}
