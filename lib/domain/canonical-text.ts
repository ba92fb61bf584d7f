import { canonicalJson } from "./canonical-json";

/** JSON text to canonical JSON; null for what no JSON text of ours can be, such as a number beyond a double's. */
export function canonicalText(json: string): string | null {
  try {
    return canonicalJson(JSON.parse(json));
  } catch {
    return null;
  }
}

/** A member's value whose canonical text is the one it has: no escape, no digit that a double would lose or write otherwise. */
const value = [
  String.raw`"[^"\\\u0000-\u001f\ud800-\udfff]*"`,
  ...["-?[1-9][0-9]{0,14}", "0", String.raw`-?(?:0|[1-9][0-9]{0,8})\.[0-9]{0,4}[1-9]`],
  ...["true", "false", "null", String.raw`\[\]`, String.raw`\{\}`],
].join("|");
/** Stands in a regular expression, and in a leaf, as it is. */
const plainName = /^[A-Za-z0-9_]+$/;

/** Objects with the same names in the same order: where each value stands, and what is written before it. */
type Shape = { form: RegExp; before: string[]; groups: number[] };

const membersMax = 24;
const shapesOfKindMax = 6;
const shapesMax = 600;

/**
 * `canonicalText` for many texts. Objects of one kind look alike, and PostgreSQL writes those of the same names alike: once a shape is
 * known, the values are taken out of the text and put in order without parsing it. `kind` only says where to look for it.
 */
export class CanonicalTexts {
  private readonly shapes = new Map<string, Shape[]>();
  private known = 0;

  of(kind: string, json: string): string | null {
    const shapes = this.shapes.get(kind);
    if (shapes)
      for (const { form, before, groups } of shapes) {
        const values = form.exec(json);
        if (!values) continue;
        let text = "";
        for (let at = 0; at < groups.length; at++)
          text += before[at] + (values[groups[at] as number] as string);
        return `${text}}`;
      }
    if (this.known < shapesMax && (shapes?.length ?? 0) < shapesOfKindMax) this.learn(kind, json);
    return canonicalText(json);
  }

  /** The shape of a text that has one. */
  private learn(kind: string, json: string): void {
    const names = namesOf(json);
    if (!names) return;
    const members = names.map((name) => `"${name}": (${value})`);
    const form = new RegExp(`^\\{${members.join(", ")}\\}$`);
    if (!form.test(json)) return;
    const inOrder = [...names].sort();
    const shape = {
      form,
      before: inOrder.map((name, at) => `${at === 0 ? "{" : ","}"${name}":`),
      groups: inOrder.map((name) => names.indexOf(name) + 1),
    };
    this.shapes.set(kind, [...(this.shapes.get(kind) ?? []), shape]);
    this.known += 1;
  }
}

function namesOf(json: string): string[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
  const names = Object.keys(parsed);
  if (names.length === 0 || names.length > membersMax) return null;
  return names.every((name) => plainName.test(name)) ? names : null;
}
