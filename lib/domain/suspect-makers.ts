import { decay, type Place } from "./suspect-place";
import { type Token, tokensOf } from "./suspect-tokens";

const textMax = 600_000;

/**
 * Functions whose result is given to a name that failed (`tags: tagsOf(text)`, `total = sum(lines)`), by how near that name
 * stands to the failure: named in the message, else on the failing line. They make the value that was found wrong there.
 */
export function makersOf(
  places: readonly Place[],
  messageNames: ReadonlySet<string>,
  files: ReadonlyMap<string, string>,
): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>();
  for (const place of places.slice(0, 2)) {
    for (const { kind, text } of tokensOf([place.focus], place.path)) {
      if (kind !== "name" && !(kind === "string" && /^\w{2,60}$/.test(text))) continue;
      const weight = messageNames.has(text) ? 1 : 0.6;
      wanted.set(text, Math.max(wanted.get(text) ?? 0, weight * decay(place.depth)));
    }
  }
  const makers = new Map<string, number>();
  const words = [...wanted.keys()];
  let left = textMax;
  for (const [path, content] of files) {
    left -= content.length;
    if (left < 0) break;
    for (const line of content.split("\n").slice(0, 3_000)) {
      // Reading a line as code costs more than seeing that it has none of the names.
      if (line.length > 300 || !line.includes("(") || !words.some((each) => line.includes(each))) continue;
      for (const [name, maker] of givenIn(tokensOf([line], path))) {
        const weight = wanted.get(name) ?? 0;
        if (weight > 0) makers.set(maker, Math.max(makers.get(maker) ?? 0, weight));
      }
    }
  }
  return makers;
}

/** Names of a line with the function directly behind their `=` or `:`. */
function givenIn(tokens: readonly Token[]): Array<[string, string]> {
  const given: Array<[string, string]> = [];
  tokens.forEach((each, index) => {
    if (each.kind !== "name" && each.kind !== "string") return;
    if (!/^(?:=|:=|:|=>)$/.test(tokens[index + 1]?.text ?? "")) return;
    let at = index + 2;
    while (/^(?:await|new|yield)$/.test(tokens[at]?.text ?? "")) at += 1;
    while (tokens[at]?.kind === "name" && /^(?:\.|\?\.|::)$/.test(tokens[at + 1]?.text ?? "")) at += 2;
    const maker = tokens[at];
    if (maker?.kind === "name" && tokens[at + 1]?.text === "(")
      given.push([each.text.replace(/^@+/, ""), maker.text]);
  });
  return given;
}

const getter = /^\s*(?:(?:public|static|override|private|protected)\s+)*get\s+([A-Za-z_$][\w$]*)\s*\(\s*\)/;
const asProperty = /^\s*@(?:\w+\.)?(?:cached_)?property\b/;
const pythonHead = /^\s*def\s+([A-Za-z_]\w*)/;

/** Functions of these files that are read like fields: `get size()`, `@property`. A mere mention of them calls them. */
export function propertiesOf(files: ReadonlyMap<string, string>): ReadonlySet<string> {
  const found = new Set<string>();
  let left = textMax;
  for (const content of files.values()) {
    left -= content.length;
    if (left < 0) break;
    let isNext = false;
    for (const line of content.split("\n").slice(0, 3_000)) {
      const name =
        line.length > 300 ? undefined : (getter.exec(line) ?? (isNext ? pythonHead.exec(line) : null))?.[1];
      if (name !== undefined) found.add(name);
      isNext = asProperty.test(line) || (isNext && /^\s*@/.test(line));
    }
  }
  return found;
}
