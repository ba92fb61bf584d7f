import { listRegistrations } from "@/lib/db/registration-store";
import { seesSubject, type VisibleProjects } from "@/lib/domain/authority-scope";
import type { RuntimeRegistration, RuntimeSubjects } from "@/lib/domain/authority-subjects";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";

/**
 * What runtimes registered, less what is of projects the actor does not see. A runtime of which nothing is left is not
 * there. A pure read.
 *
 * @throws AppError forbidden
 */
export async function listAuthoritySubjects(ctx: Context): Promise<RuntimeRegistration[]> {
  await authorize(ctx, "read", { kind: "runtime_registration", id: "*" });
  const visible = readableProjects(ctx.actor);
  const found = await listRegistrations(ctx.db);
  return found.flatMap((registration) => {
    const subjects = seenSubjects(registration.subjects, visible);
    const isOthersAlone = visible !== null && Object.values(subjects).every((rows) => rows.length === 0);
    return isOthersAlone ? [] : [{ ...registration, subjects }];
  });
}

function seenSubjects(subjects: RuntimeSubjects, visible: VisibleProjects): RuntimeSubjects {
  const seen = <Row extends { projectId: string | null }>(rows: readonly Row[]) =>
    rows.filter((row) => seesSubject(visible, row.projectId));
  return {
    workflows: seen(subjects.workflows),
    automationSpecs: seen(subjects.automationSpecs),
    agents: seen(subjects.agents),
    toolPolicies: seen(subjects.toolPolicies),
  };
}
