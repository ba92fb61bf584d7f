import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DraftListWire } from "@/lib/contracts/draft";
import type {
  IssueTemplatePreviewRequestWire,
  IssueTemplatePreviewWire,
} from "@/lib/contracts/issue-template";
import { api } from "@/lib/paths";
import { getJson, postJson } from "./api-error";
import { keys } from "./keys";

/** The issue that a draft would become with a template. Reads only; the last answer stands until the next is there. */
export function issueTemplatePreviewQuery(request: IssueTemplatePreviewRequestWire) {
  return queryOptions({
    queryKey: keys.issueTemplate(request),
    queryFn: ({ signal }) => postJson<IssueTemplatePreviewWire>(api.issueTemplatePreview(), request, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

/** The newest drafts of a project, to try its template on; nothing is asked for a project that is not saved. */
export function projectDraftsQuery(projectId: string | null) {
  return queryOptions({
    queryKey: [...keys.drafts.all, "of-project", projectId] as const,
    queryFn: async ({ signal }) => {
      const list = await getJson<DraftListWire>(api.drafts({ project: projectId ?? "", limit: 30 }), signal);
      return list.drafts;
    },
    enabled: projectId !== null,
  });
}
