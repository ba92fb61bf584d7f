import { type Reason, reason } from "./reason";

/*
 * The template language of issues: Markdown of an admin's with `{{names}}` in it. Values are put in once, so a value that
 * looks like a placeholder stays what it is.
 */
const templateMax = 8_000;
const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** What is wrong with a template; empty when it can be used. `setting` is what people know it by. Its words stand as written. */
export function problemsOfTemplate(template: string, names: readonly string[], setting: string): Reason[] {
  const problems: Reason[] = [];
  if (template.length > templateMax) {
    const words = `${setting} is longer than ${templateMax} characters.`;
    problems.push(reason("body_template_too_long", words, { limit: templateMax }));
  }
  // A comment could hide the rest of the issue, or pass for one of our markers.
  if (/<!--|-->|tandem:[a-z_]+:v\d/i.test(template)) {
    const words = `${setting} must not contain HTML comments or tandem markers.`;
    problems.push(reason("body_template_comment", words));
  }
  const named = new Set([...template.matchAll(placeholder)].map((match) => match[1] ?? ""));
  const unknown = [...named].filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    const shown = unknown.slice(0, 5).map((name) => `{{${name.slice(0, 40)}}}`);
    const words = `${setting} names ${shown.join(", ")}: it may name only ${names.join(", ")}.`;
    problems.push(reason("body_template_unknown_placeholder", words, { placeholder: shown.join(", ") }));
  }
  return problems;
}

/** The template with its values; what is not in `names` stays as written, and an empty value reads "None.". */
export function fillMarkdownTemplate<Name extends string>(
  template: string,
  names: readonly Name[],
  valueOf: (name: Name) => string,
): string {
  return template.replace(placeholder, (written: string, name: string) =>
    (names as readonly string[]).includes(name) ? valueOf(name as Name) || "None." : written,
  );
}
