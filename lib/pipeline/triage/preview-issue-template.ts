import { loadConfig } from "@/lib/db/config-store";
import { findTriageRun } from "@/lib/db/triage-store";
import { type MonitorConfig, unassignedRepo } from "@/lib/domain/config";
import { type IssueDraft, previewIssueDraft } from "@/lib/domain/issue-draft";
import { sampleIssueDraftInput } from "@/lib/domain/issue-draft-sample";
import type { IssueDraftTemplate } from "@/lib/domain/issue-draft-template";
import {
  builtInTemplate,
  chooseIssueTemplate,
  projectTemplateProblems,
  templateOfRepository,
} from "@/lib/domain/project-template";
import type { Reason } from "@/lib/domain/reason";
import type { Draft } from "@/lib/domain/records";
import { summariseRun } from "@/lib/domain/run-summary";
import { findProject } from "@/lib/domain/source-binding";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { AppError } from "../errors";
import { judgeRun } from "./judge-run";
import { markerOf } from "./judge-triage";
import { redactingNamed, redactingOf } from "./make-artifact";
import { readProjectRoot, readSubject } from "./read-ground";
import { ownTemplate, readRepositoryTemplate } from "./read-issue-template";

export type PreviewIssueTemplateInput = {
  /** null: of no project that is saved yet. */
  projectId: string | null;
  /** null: the one that is saved; blank: none. */
  template: string | null;
  /** null: a sample. */
  draftId: string | null;
};

export type IssueTemplatePreview = {
  /** What keeps it from being saved; nothing is rendered then. */
  problems: Reason[];
  preview: {
    /** What it was rendered with: what a triage run found, the report alone, or a made-up failure. */
    basis: "triage" | "report" | "sample";
    draftId: string | null;
    issueDraft: IssueDraft;
  } | null;
  /** Texts to start from. */
  builtIn: string;
  repository: { path: string; template: string } | null;
};

/**
 * The issue that a draft of the project would become with this template, made as triage makes it. Reads only: nothing is kept,
 * no gate is judged again, and the template is not saved.
 *
 * @throws AppError forbidden; not_found `project_not_found`, `draft_not_found` also for a draft of another project.
 */
export async function previewIssueTemplate(
  ctx: Context,
  input: PreviewIssueTemplateInput,
): Promise<IssueTemplatePreview> {
  const { projectId } = input;
  await authorize(ctx, "read", { kind: "project", id: projectId ?? "*", projectId: projectId ?? undefined });
  const config = await loadConfig(ctx.db);
  const project = projectId ? findProject(config, projectId) : null;
  if (projectId && !project) {
    const words = `There is no project with the id ${projectId}.`;
    throw new AppError("not_found", "project_not_found", words, { project_id: projectId });
  }
  const draft = input.draftId === null ? null : await draftOf(ctx, projectId, input.draftId);
  const { root } = projectId ? await readProjectRoot(ctx, config, projectId) : { root: null };
  const repository = await readRepositoryTemplate(ctx, root);
  const starts = {
    builtIn: builtInTemplate(),
    repository: repository && { path: repository.path, template: templateOfRepository(repository.text) },
  };
  const text = (input.template ?? project?.issueTemplate ?? "").replace(/\r\n?/g, "\n").trim();
  const problems = text === "" ? [] : projectTemplateProblems(text);
  if (problems.length > 0) return { problems, preview: null, ...starts };
  const own = text === "" ? null : await ownTemplate(text, profileOf(config, projectId, draft));
  const template = chooseIssueTemplate(own, repository);
  const preview = draft
    ? await previewOf(ctx, draft, template)
    : {
        basis: "sample" as const,
        draftId: null,
        issueDraft: previewIssueDraft(
          sampleIssueDraftInput(project?.repo || config.repo || unassignedRepo, template, ctx.nowMs),
        ),
      };
  return { problems, preview, ...starts };
}

/** Of another project is as good as none: the template would never be used for it. */
async function draftOf(ctx: Context, projectId: string | null, draftId: string): Promise<Draft> {
  const draft = await requireDraft(ctx, draftId, "read");
  if ((draft.content.projectId ?? null) === projectId) return draft;
  const words = "The project has no such draft";
  throw new AppError("not_found", "draft_not_found", words, { draft_id: draftId });
}

function profileOf(config: MonitorConfig, projectId: string | null, draft: Draft | null) {
  if (draft) return redactingOf(config, draft);
  const named = projectId ? findProject(config, projectId)?.redactionProfile : undefined;
  return redactingNamed(config, named);
}

async function previewOf(
  ctx: Context,
  draft: Draft,
  template: IssueDraftTemplate | null,
): Promise<NonNullable<IssueTemplatePreview["preview"]>> {
  const { draftId } = draft;
  const run = draft.triageRunId ? await findTriageRun(ctx.db, draft.triageRunId) : null;
  if (run) {
    const { ungated } = await judgeRun(ctx, draft, run, { template });
    return { basis: "triage", draftId, issueDraft: ungated };
  }
  const subject = await readSubject(ctx, draft);
  const issueDraft = previewIssueDraft({
    ...{ subject, template, triageRunId: "", outputs: {}, similar: [], createdAtMs: ctx.nowMs },
    summary: summariseRun({ own: {}, byAgent: {}, subject }).summary,
    fingerprintMarker: markerOf(draft),
  });
  return { basis: "report", draftId, issueDraft };
}
