import type {
  IssueTemplatePreviewRequestWire,
  IssueTemplatePreviewWire,
} from "@/lib/contracts/issue-template";
import type { IssueDraft } from "@/lib/domain/issue-draft";
import { markdownTemplateMax } from "@/lib/domain/markdown-template";
import { placeholderGuide } from "@/lib/domain/project-template";
import type { Reason } from "@/lib/domain/reason";

export const issueTemplateFromWire = (body: IssueTemplatePreviewRequestWire) => ({
  projectId: body.project_id ?? null,
  template: body.template ?? null,
  draftId: body.draft_id ?? null,
});

export function issueTemplatePreviewToWire(answer: {
  problems: Reason[];
  preview: {
    basis: "triage" | "report" | "sample";
    draftId: string | null;
    issueDraft: IssueDraft;
  } | null;
  builtIn: string;
  repository: { path: string; template: string } | null;
}): IssueTemplatePreviewWire {
  const { preview } = answer;
  return {
    problems: answer.problems.map(({ code, message }) => ({ field: "template", code, message })),
    preview: preview && {
      basis: preview.basis,
      draft_id: preview.draftId,
      title: preview.issueDraft.suggestedTitle,
      body: preview.issueDraft.renderedBody,
      template_source: preview.issueDraft.templateSource,
      template_sha256: preview.issueDraft.templateSha256,
    },
    built_in: answer.builtIn,
    repository: answer.repository,
    placeholders: placeholderGuide.map(({ name, isSection, words }) => ({
      name,
      is_section: isSection,
      words,
    })),
    limit: markdownTemplateMax,
  };
}
