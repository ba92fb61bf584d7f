import {
  issueTemplatePreviewRequestSchema,
  issueTemplatePreviewSchema,
} from "@/lib/contracts/issue-template";
import { previewIssueTemplate } from "@/lib/pipeline/triage/preview-issue-template";
import { issueTemplateFromWire, issueTemplatePreviewToWire } from "@/lib/wire/issue-template";
import { route } from "../route";

export const issueTemplateRoutes = [
  route({
    method: "post",
    path: "/incident-monitor/issue-template/preview",
    summary:
      "The issue that a draft of a project would become with this template, made as triage makes it; with what a template may name, and texts to start from. Never writes.",
    auth: { kind: "actor", permission: "read" },
    body: issueTemplatePreviewRequestSchema,
    response: issueTemplatePreviewSchema,
    run: async ({ ctx, body }) => ({
      body: issueTemplatePreviewToWire(await previewIssueTemplate(ctx, issueTemplateFromWire(body))),
    }),
  }),
];
