import { definitionOf } from "./suspect-blocks";
import { type Token, tokenKey, tokensOf } from "./suspect-tokens";

/**
 * Do these lines say the same as those, up to what a formatter or a careful tidying changes: brackets around a whole
 * expression, a variable used once and put in place of its value or the other way round, types written to a signature?
 */
export function sayTheSame(removed: readonly string[], added: readonly string[], path: string): boolean {
  if (removed.length > 60 || added.length > 60) return false;
  const before = statementsOf(removed, path);
  const after = statementsOf(added, path);
  if (keyOf(before) === keyOf(after)) return true;
  return keyOf(inlined(before, namesOf(after))) === keyOf(inlined(after, namesOf(before)));
}

type Statement = Token[];

const keyOf = (statements: readonly Statement[]): string =>
  statements.map((statement) => tokenKey(withoutGroups(statement))).join(" ");

const namesOf = (statements: readonly Statement[]): ReadonlySet<string> =>
  new Set(statements.flat().flatMap((each) => (each.kind === "name" ? [each.text] : [])));

/** Lines put together as long as brackets are open, as tokens without types. */
export function statementsOf(lines: readonly string[], path: string): Statement[] {
  const statements: Statement[] = [];
  let depth = 0;
  for (const line of lines) {
    const tokens = tokensOf([withoutTypes(line, path)], path);
    if (tokens.length === 0) continue;
    const open = statements.at(-1);
    if (depth > 0 && open) open.push(...tokens);
    else {
      statements.push(tokens);
      depth = 0;
    }
    for (const each of tokens) {
      if (each.kind !== "operator") continue;
      if (/^[([]$/.test(each.text)) depth += 1;
      if (/^[)\]]$/.test(each.text)) depth -= 1;
    }
  }
  return statements;
}

const hasTypes = /\.(?:pyi?|[cm]?tsx?)$/i;

/** A signature or a declaration without the types written to its names. */
function withoutTypes(whole: string, path: string): string {
  if (!hasTypes.test(path) || whole.length > 300) return whole;
  const line = whole.replace(/\s+/g, " ");
  if (definitionOf(line) !== null) {
    return line
      .replace(/\)\s*(?:->|:)\s*[^{}()=]{1,120}?(?=\s*(?:[{:]\s*$|=>))/g, ")")
      .replace(/([(,]\s*\**[\w$]+\??)\s*:\s*[^,()=]{1,120}(?=[,)=])/g, "$1");
  }
  return line.replace(
    /^(\s*(?:(?:const|let|var|readonly|private|public|protected)\s+)*[\w$.]+)\s*:\s*[^=({"']{1,120}=(?!=|>)/,
    "$1 =",
  );
}

const beforeGroup = /^(?:=|:=|\(|,|:|\[|\{|=>|return|yield)$/;
const afterGroup = /^(?:\)|,|\]|\}|:)$/;

/** Without brackets that hold together what holds together anyway. */
function withoutGroups(tokens: readonly Token[]): Token[] {
  let rest = [...tokens];
  // A statement of one very long line is left as it is: nobody put brackets there by hand.
  for (let round = tokens.length > 300 ? 8 : 0; round < 8; round += 1) {
    const group = findGroup(rest);
    if (group === null) break;
    rest = rest.filter((_, index) => index !== group[0] && index !== group[1]);
  }
  return rest;
}

function findGroup(tokens: readonly Token[]): [number, number] | null {
  for (const [open, each] of tokens.entries()) {
    if (each.kind !== "operator" || each.text !== "(") continue;
    const close = closingOf(tokens, open);
    if (close === null || close === open + 1) continue;
    const next = tokens[close + 1];
    const previous = tokens[open - 1];
    const isParameter = next?.text === "=>" && close === open + 2 && previous?.kind !== "name";
    const isWhole =
      (previous === undefined || (previous.kind !== "string" && beforeGroup.test(previous.text))) &&
      (next === undefined || (next.kind === "operator" && afterGroup.test(next.text))) &&
      (next === undefined && /^(?:return|yield|=)$/.test(previous?.text ?? "")
        ? true
        : !hasOwnComma(tokens, open, close));
    if (isParameter || isWhole) return [open, close];
  }
  return null;
}

function closingOf(tokens: readonly Token[], open: number): number | null {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const each = tokens[at] as Token;
    if (each.kind !== "operator") continue;
    if (/^[([{]$/.test(each.text)) depth += 1;
    if (/^[)\]}]$/.test(each.text) && --depth === 0) return at;
  }
  return null;
}

function hasOwnComma(tokens: readonly Token[], open: number, close: number): boolean {
  let depth = 0;
  for (const each of tokens.slice(open + 1, close)) {
    if (each.kind !== "operator") continue;
    if (/^[([{]$/.test(each.text)) depth += 1;
    else if (/^[)\]}]$/.test(each.text)) depth -= 1;
    else if (each.text === "," && depth === 0) return true;
  }
  return false;
}

/** Variables that only this side knows and uses once, replaced by what they were given. */
function inlined(statements: readonly Statement[], others: ReadonlySet<string>): Statement[] {
  let rest = [...statements];
  for (let round = 0; round < 4; round += 1) {
    const next = inlineOne(rest, others);
    if (next === null) break;
    rest = next;
  }
  return rest;
}

function inlineOne(statements: readonly Statement[], others: ReadonlySet<string>): Statement[] | null {
  for (const [index, statement] of statements.entries()) {
    const declared = declarationOf(statement);
    if (declared === null || others.has(declared.name)) continue;
    const isUse = (each: Token) => each.kind === "name" && each.text === declared.name;
    const rest = statements.filter((_, at) => at !== index);
    const users = rest.filter((each) => each.some(isUse));
    const user = users[0];
    if (users.length !== 1 || !user || user.filter(isUse).length !== 1) continue;
    const value = [bracket("("), ...declared.value, bracket(")")];
    return rest.map((each) =>
      each === user ? each.flatMap((token) => (isUse(token) ? value : [token])) : each,
    );
  }
  return null;
}

const bracket = (text: string): Token => ({ kind: "operator", text, isMember: false });

/** `const x = ...`, `x := ...`, `int x = ...`, `x = ...`: the name and its value. */
function declarationOf(statement: Statement): { name: string; value: Token[] } | null {
  const at = statement.findIndex((each) => each.kind === "operator" && /^:?=$/.test(each.text));
  const name = statement[at - 1];
  const isDeclared =
    at >= 1 &&
    at <= 8 &&
    name?.kind === "name" &&
    !name.isMember &&
    statement
      .slice(0, at - 1)
      .every((each) => each.kind === "name" || /^(?:<|>|,|\[|\]|\.)$/.test(each.text)) &&
    !/^[.,]$/.test(statement[at - 2]?.text ?? "");
  return isDeclared && at < statement.length - 1 ? { name: name.text, value: statement.slice(at + 1) } : null;
}

/** Keys, parameters and variables that got another value or none any more, and those that are new. */
export function redefinedNames(
  removed: readonly Token[],
  added: readonly Token[],
): { changed: string[]; fresh: string[] } {
  const before = valuesOf(removed);
  const after = valuesOf(added);
  return {
    changed: [...before.keys()].filter((name) => before.get(name) !== after.get(name)),
    fresh: [...after.keys()].filter((name) => !before.has(name)),
  };
}

/** What follows each name that is given something, up to the next of them. */
function valuesOf(tokens: readonly Token[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let name: string | null = null;
  let value: string[] = [];
  const keep = () => {
    if (name !== null) values.set(name, `${values.get(name) ?? ""} ${value.join(" ")}`);
    value = [];
  };
  for (const [index, each] of tokens.entries()) {
    const next = tokens[index + 1];
    const isGiven =
      (each.kind === "name" || each.kind === "string") &&
      next?.kind === "operator" &&
      /^(?::|=|:=|=>)$/.test(next.text);
    if (isGiven && /^[\w.$@-]{2,80}$/.test(each.text)) {
      keep();
      name = each.text.replace(/^[@$]+/, "");
    } else value.push(each.text);
  }
  keep();
  return values;
}
