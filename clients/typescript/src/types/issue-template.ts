import type { Open, OpenRecord } from "./values.js";

/** Without `project_id`: of a project that is not saved yet. */
export interface IssueTemplatePreviewRequest {
  project_id?: string | null;
  /** Markdown with `{{placeholders}}`; absent: the one that is saved; blank: none. */
  template?: string | null;
  /** A draft of the project; absent: a made-up failure. */
  draft_id?: string | null;
}

export interface IssueTemplatePreview extends OpenRecord {
  /** What keeps the template from being saved; nothing is rendered then. */
  problems: { field: string; code: string; message: string }[];
  preview: {
    basis: Open<"triage" | "report" | "sample">;
    draft_id: string | null;
    title: string;
    body: string;
    template_source: string | null;
    template_sha256: string | null;
  } | null;
  /** Texts to start from. */
  built_in: string;
  repository: { path: string; template: string } | null;
  placeholders: { name: string; is_section: boolean; words: string }[];
  /** Characters that a saved template may have. */
  limit: number;
}
