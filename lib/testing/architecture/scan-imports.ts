import { readSourceText } from "./source-text";

export type ScannedImport = {
  specifier: string;
  /** Nothing of it is left at run time. */
  typeOnly: boolean;
  /** The names as the other module exports them; `*` for the whole module, `default` for its default. */
  names: string[];
};

const declaration = /(?<![.\w$])(?:import|export)\b([^;"'`()]*?)(?<![.\w$])from\s*(["'])/g;
const bareImport = /(?<![.\w$])import\s*(["'])/g;
const dynamicImport = /(?<![.\w$])(typeof\s+)?(?:import|require)\s*\(\s*(["'`])/g;

/** Every module a source text names: static imports, re-exports, `import()` and `import("…").Type`. */
export function scanImports(source: string): ScannedImport[] {
  const { code, strings } = readSourceText(source);
  const valueAt = new Map(strings.map((each) => [each.start, each.value]));
  const found: ScannedImport[] = [];
  const add = (quoteAt: number, rest: Omit<ScannedImport, "specifier">) => {
    const specifier = valueAt.get(quoteAt);
    if (specifier !== undefined) found.push({ specifier, ...rest });
  };

  for (const match of code.matchAll(declaration)) {
    add(match.index + match[0].length - 1, readClause(match[1] ?? ""));
  }
  for (const match of code.matchAll(bareImport)) {
    add(match.index + match[0].length - 1, { typeOnly: false, names: [] });
  }
  for (const match of code.matchAll(dynamicImport)) {
    const quoteAt = match.index + match[0].length - 1;
    const member = /^\s*\)\s*\.\s*([\w$]+)/.exec(code.slice(endOfString(code, quoteAt)))?.[1];
    const typeOnly =
      match[1] !== undefined || (member !== undefined && !["then", "catch", "finally"].includes(member));
    add(quoteAt, { typeOnly, names: [member && typeOnly ? member : "*"] });
  }
  return found;
}

/** `type { A, B as C }`, `D, { type E }`, `* as F`: which names, and whether any of them exists at run time. */
function readClause(clause: string): Omit<ScannedImport, "specifier"> {
  const text = clause.trim();
  const wholeType = /^type\b(?!\s*(?:,|$))/.test(text);
  const rest = wholeType ? text.replace(/^type\b/, "").trim() : text;
  const braces = /\{([^}]*)\}/.exec(rest);
  const outside = rest
    .replace(/\{[^}]*\}/, "")
    .replaceAll(",", " ")
    .trim();
  const members = (braces?.[1] ?? "").split(",").flatMap((member) => {
    const words = member.trim().split(/\s+/).filter(Boolean);
    const typed = words[0] === "type" && words.length > 1 && words[1] !== "as";
    const name = typed ? words[1] : words[0];
    return name ? [{ name, typed }] : [];
  });
  const names = members.map((member) => member.name);
  if (outside.startsWith("*")) names.push("*");
  else if (outside !== "") names.push("default");
  const typeOnly =
    wholeType || (outside === "" && members.length > 0 && members.every((member) => member.typed));
  return { typeOnly, names };
}

function endOfString(code: string, quoteAt: number): number {
  return code.indexOf(code[quoteAt] ?? '"', quoteAt + 1) + 1;
}
