import { type Reason, reason } from "./reason";

/*
 * The template language of issues: Markdown of an admin's with `{{names}}` in it. Values are put in once, so a value that
 * looks like a placeholder stays what it is.
 */
export const markdownTemplateMax = 8_000;
const placeholder = /\{\{([^{}]*)\}\}/g;

/** What is wrong with a template; empty when it can be used. `setting` is what people know it by; codes begin with `code`. */
export function problemsOfTemplate(
  template: string,
  names: readonly string[],
  setting: string,
  code: "body_template" | "issue_template",
): Reason[] {
  const problems: Reason[] = [];
  if (template.length > markdownTemplateMax) {
    const words = `${setting} is longer than ${markdownTemplateMax} characters.`;
    // Nothing else is looked for in a text of any size.
    return [reason(`${code}_too_long`, words, { limit: markdownTemplateMax })];
  }
  // A comment could hide the rest of the issue, or pass for one of our markers.
  if (/<!--|-->|tandem:[a-z_]+:v\d/i.test(template)) {
    const words = `${setting} must not contain HTML comments or tandem markers.`;
    problems.push(reason(`${code}_comment`, words));
  }
  const unknown = [...namesIn(template)].filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    const shown = unknown.slice(0, 5).map((name) => `{{${name.slice(0, 40)}}}`);
    const words = `${setting} names ${shown.join(", ")}: it may name only ${names.join(", ")}.`;
    problems.push(reason(`${code}_unknown_placeholder`, words, { placeholder: shown.join(", ") }));
  }
  return problems;
}

/** Every name that stands between double braces, known or not. */
export const namesIn = (template: string): Set<string> =>
  new Set([...template.matchAll(placeholder)].map((match) => (match[1] ?? "").trim()));

/** The template with its values; what is not in `names` stays as written, and an empty value reads "None.". */
export function fillMarkdownTemplate<Name extends string>(
  template: string,
  names: readonly Name[],
  valueOf: (name: Name) => string,
): string {
  return template.replace(placeholder, (written: string, inside: string) => {
    const name = inside.trim();
    return (names as readonly string[]).includes(name) ? valueOf(name as Name) || "None." : written;
  });
}
