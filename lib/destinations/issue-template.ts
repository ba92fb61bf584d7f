import { fillMarkdownTemplate, problemsOfTemplate } from "@/lib/domain/markdown-template";
import type { Reason } from "@/lib/domain/reason";

/** What a body template may name. Sections come without a heading: the template writes its own. */
export const issuePlaceholders = [
  "body",
  "title",
  "detail",
  "ids",
  "logs",
  "evidence",
  "metadata",
  "signal",
  "issue_draft",
  "repo",
  "component",
  "level",
  "source",
  "event_type",
  "risk_level",
  "confidence",
  "project_id",
  "incident_id",
  "draft_id",
  "triage_run_id",
] as const;

export type IssuePlaceholder = (typeof issuePlaceholders)[number];

/** What is wrong with a body template; empty when it can be used. */
export const templateProblems = (template: string): Reason[] =>
  problemsOfTemplate(template, issuePlaceholders, "config.body_template", "body_template");

/** The template with its values, put in once. */
export const fillTemplate = (template: string, valueOf: (name: IssuePlaceholder) => string): string =>
  fillMarkdownTemplate(template, issuePlaceholders, valueOf);
