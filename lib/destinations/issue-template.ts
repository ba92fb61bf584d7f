import { type Reason, reason } from "@/lib/domain/reason";

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

const templateMax = 8_000;
const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** What is wrong with a body template; empty when it can be used. Markdown of an admin's, so its words stand as written. */
export function templateProblems(template: string): Reason[] {
  const problems: Reason[] = [];
  if (template.length > templateMax) {
    const words = `config.body_template is longer than ${templateMax} characters.`;
    problems.push(reason("body_template_too_long", words, { limit: templateMax }));
  }
  // A comment could hide the rest of the issue, or pass for one of our markers.
  if (/<!--|-->|tandem:[a-z_]+:v\d/i.test(template)) {
    const words = "config.body_template must not contain HTML comments or tandem markers.";
    problems.push(reason("body_template_comment", words));
  }
  const named = new Set([...template.matchAll(placeholder)].map((match) => match[1] ?? ""));
  const unknown = [...named].filter((name) => !isPlaceholder(name));
  if (unknown.length > 0) {
    const shown = unknown.slice(0, 5).map((name) => `{{${name.slice(0, 40)}}}`);
    const words = `config.body_template names ${shown.join(", ")}: it may name only ${issuePlaceholders.join(", ")}.`;
    problems.push(reason("body_template_unknown_placeholder", words, { placeholder: shown.join(", ") }));
  }
  return problems;
}

/** The template with its values, put in once: a value that looks like a placeholder stays what it is. */
export function fillTemplate(template: string, valueOf: (name: IssuePlaceholder) => string): string {
  return template.replace(placeholder, (written: string, name: string) =>
    isPlaceholder(name) ? valueOf(name) || "None." : written,
  );
}

function isPlaceholder(name: string): name is IssuePlaceholder {
  return (issuePlaceholders as readonly string[]).includes(name);
}
