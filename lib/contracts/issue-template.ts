import { z } from "zod";

/** Characters that are looked at; a template that may be saved is shorter, and the answer says so. */
export const issueTemplateTextMax = 65_536;
const idSchema = z.string().trim().min(1).max(200);

/**
 * `template`: Markdown with `{{placeholders}}`; absent or null: the one that is saved; blank: none, so the repository's own form or
 * the built-in one. `draft_id`: a draft of the project; without it a made-up failure. Without `project_id`: of a project that
 * is not saved yet.
 */
export const issueTemplatePreviewRequestSchema = z.object({
  project_id: idSchema.nullish(),
  template: z.string().max(issueTemplateTextMax, `At most ${issueTemplateTextMax} characters`).nullish(),
  draft_id: idSchema.nullish(),
});

/** What a template may name between double braces; sections come without a heading. */
export const issueTemplatePlaceholderSchema = z.object({
  name: z.string(),
  is_section: z.boolean(),
  words: z.string(),
});

export const issueTemplatePreviewSchema = z.object({
  /** What keeps the template from being saved; nothing is rendered then. */
  problems: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
  preview: z
    .object({
      /** What it was rendered with: what a triage run found, a report that has none yet, or a made-up failure. */
      basis: z.enum(["triage", "report", "sample"]),
      draft_id: z.string().nullable(),
      title: z.string(),
      /** The whole body as triage would write it, with its hidden last lines. At most 12,000 bytes. */
      body: z.string(),
      /** The repository's file, `project`, or null for the built-in form. */
      template_source: z.string().nullable(),
      template_sha256: z.string().nullable(),
    })
    .nullable(),
  /** Texts to start from: the built-in form, and the repository's where it has one. */
  built_in: z.string(),
  repository: z.object({ path: z.string(), template: z.string() }).nullable(),
  placeholders: z.array(issueTemplatePlaceholderSchema),
  /** Characters that a saved template may have. */
  limit: z.int(),
});

export type IssueTemplatePreviewRequestWire = z.infer<typeof issueTemplatePreviewRequestSchema>;
export type IssueTemplatePreviewWire = z.infer<typeof issueTemplatePreviewSchema>;
