import { type ExceptionClass, messageRules, typeRules } from "./exception-messages";

export type { ExceptionClass };

export type ExceptionMeaning = {
  class: ExceptionClass;
  type: string | null;
  message: string | null;
  /** The key, property, function, variable, module or file the message names; null when it names none. */
  subject: string | null;
  /** What the message calls empty or wrong: `order` in `because "order" is null`. */
  receiver: string | null;
};

/** What the message says, else what the type says; words that are no runtime's are the own ones of the code. */
export function exceptionMeaning(type: string | null, message: string | null): ExceptionMeaning {
  const text = (message ?? "")
    .slice(0, 500)
    .replace(/^\[[A-Z][A-Z0-9_]*\] /, "")
    .trim();
  for (const each of messageRules) {
    if (each.type && !each.type.test(type ?? "")) continue;
    const match = each.message.exec(text);
    if (match === null) continue;
    const groups = match.groups ?? {};
    return {
      class: each.class,
      type,
      message,
      subject: subjectOf(groups.subject ?? groups.symbol),
      receiver: subjectOf(groups.receiver),
    };
  }
  const byType = typeRules.find(([pattern]) => pattern.test(type ?? ""));
  return { class: byType?.[1] ?? "own_message", type, message, subject: null, receiver: null };
}

const subjectOf = (text: string | undefined): string | null => {
  const subject = text?.trim() ?? "";
  return subject === "" || subject === "undefined" || subject === "null" ? null : subject;
};

/** The last name of a dotted one: `Orders.take` is `take`, `com/acme/Rates` is `Rates`. */
export const lastNameOf = (subject: string): string => subject.split(/[./\\:#]+/).at(-1) || subject;

/** The names to look for, and what they are called in languages that write accessors and operators otherwise. */
export function namesOf(meaning: ExceptionMeaning): string[] {
  const named = meaning.subject ?? meaning.receiver;
  if (named === null || /^<local/.test(named)) return [];
  const last = lastNameOf(named);
  const names = [named, last];
  const accessor = /^(?:get|set|is)([A-Z])(\w*)$/.exec(last);
  if (accessor) names.push(`${accessor[1]?.toLowerCase()}${accessor[2]}`);
  if (/^\w+[=?!]$/.test(last)) names.push(last.slice(0, -1));
  if (last === "[]" || last === "[]=") names.push("[");
  return [...new Set(names)].filter((name) => name.length <= 160);
}
