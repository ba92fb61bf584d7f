import { loadConfig } from "@/lib/db/config-store";
import { countDue, type DueGroup } from "@/lib/db/retention-store";
import { readableProjects } from "@/lib/domain/permission";
import { retentionPlan, spanFor } from "@/lib/domain/retention";
import {
  type RetentionChoice,
  type RetentionFinding,
  retentionFindings,
} from "@/lib/domain/retention-profile";
import { authorize } from "../authorize";
import type { Context } from "../context";

export type RetentionPreview = {
  atMs: number;
  /** Nothing goes while it is paused or off; the numbers are what would go. */
  idle: boolean;
  /** Which profile holds for what: the default first, then each project and its log sources. */
  choices: RetentionChoice[];
  findings: RetentionFinding[];
  groups: Array<DueGroup & { profileName: string; beforeMs: number | null }>;
};

/** What a run would remove now, by the job's own plan and query. Removes nothing. @throws AppError forbidden */
export async function previewRetention(ctx: Context): Promise<RetentionPreview> {
  await authorize(ctx, "read", { kind: "retention", id: "preview" });
  const projects = readableProjects(ctx.actor);
  const config = await loadConfig(ctx.db);
  const plan = retentionPlan(config, ctx.nowMs);
  const seen = ({ projectId }: { projectId: string | null }) =>
    projects === null || projectId === null || projects.includes(projectId);
  const groups = await countDue(ctx.db, plan, projects);
  return {
    atMs: ctx.nowMs,
    idle: !config.enabled || config.paused,
    choices: plan.choices.filter(seen),
    findings: retentionFindings(config).filter(seen),
    groups: groups.map((group) => ({
      ...group,
      profileName: nameFor(plan.choices, group),
      beforeMs: spanFor(plan.spans[group.kind], group)?.beforeMs ?? null,
    })),
  };
}

function nameFor(
  choices: readonly RetentionChoice[],
  { projectId, sourceId }: { projectId: string | null; sourceId: string | null },
): string {
  const of = (project: string | null, source: string | null) =>
    choices.find((each) => each.projectId === project && each.sourceId === source)?.profileName;
  return of(projectId, sourceId) ?? of(projectId, null) ?? of(null, null) ?? "default";
}
