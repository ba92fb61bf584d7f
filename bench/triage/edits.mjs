import { addFunction, countCalls, importGo, pauseSwitch } from "./feature-edits.mjs";
import { commentMark, functionAt, functionsOf, insideExpression } from "./functions.mjs";
import { moveFunction, reindentFile, requoteFile } from "./layout-edits.mjs";

/**
 * Changes that leave what a program does as it is: what the commits around a regression are made of. Each maker takes a
 * text, a line of it (from 0) and chance, and answers with `{ kind, apply }` or null where it does not fit; `apply` takes
 * a text and a line and answers with the text and where that line is now, or null.
 */
export const makers = {
  comment: (random, language) => {
    const words = random.pick(remarks);
    return edit("comment", (lines, line) => {
      if (insideString(lines[line])) return null;
      lines.splice(line, 0, `${indentOf(lines[line])}${commentMark[language]} ${words}`);
      return line + 1;
    });
  },
  trailingComment: (random, language) => {
    const words = random.pick(shortRemarks);
    return edit("comment", (lines, line) => {
      if (/[\\"'`]$|^\s*$/.test(lines[line]) || lines[line].includes(commentMark[language])) return null;
      lines[line] += `  ${commentMark[language]} ${words}`;
      return line;
    });
  },
  log: (random, language) => {
    const words = random.pick(logWords);
    return edit("log", (lines, line) => {
      const block = functionAt(lines.join("\n"), line, language);
      if (!block || line <= block.from || insideExpression(lines, block.from + 1, line)) return null;
      if (/^\s*(?:else|elif|except|case|when|rescue|ensure|finally|catch|default|\}|\)|\.)/.test(lines[line]))
        return null;
      const logger = { python: /^log = /, java: /\bLogger LOG = / }[language];
      if (logger && !lines.some((each) => logger.test(each))) return null;
      if (language === "java" && /^\s*(?:super|this)\(/.test(lines[line])) return null;
      lines.splice(line, 0, indentOf(lines[line]) + logLine(language, `${block.name}: ${words}`));
      return language === "go" ? line + 1 + importGo(lines, "log") : line + 1;
    });
  },
  rename: (random, language, text, at) => {
    const block = functionAt(text, at, language);
    const lines = text.split("\n");
    const body = block && lines.slice(block.from, block.to + 1).join("\n");
    const names = block
      ? localsOf(body, language).filter((name) => isPlainLocal(body, name) && !isRenamed(name))
      : [];
    const onLine = names.filter((name) => word(name).test(lines[at]));
    const choices = onLine.length > 0 ? onLine : names;
    if (choices.length === 0) return null;
    const from = random.pick(choices);
    const to = renamed(random, from, text, language);
    return edit("rename", (changed, line) => {
      const here = functionsOf(changed.join("\n"), language).find(({ name }) => name === block.name);
      if (!here || changed.some((each) => word(to).test(each))) return null;
      const found = changed.slice(here.from, here.to + 1).join("\n");
      if (!word(from).test(found) || !isPlainLocal(found, from)) return null;
      for (let n = here.from; n <= here.to; n++) changed[n] = changed[n].replace(word(from, "g"), to);
      return line;
    });
  },
  wrap: (_random, language) =>
    edit("format", (lines, line) => {
      const wrapped = wrappedLine(lines[line], language);
      if (!wrapped) return null;
      lines.splice(line, 1, ...wrapped);
      return line + 1;
    }),
  extract: (random, language) => {
    const name = random.pick(["result", "outcome", "answer", "found"]);
    return edit("refactor", (lines, line) => {
      const [, indent, value, end] = /^(\s*)return (?!\()(.+?)(;?)$/.exec(lines[line]) ?? [];
      if (value === undefined || !balanced(value) || /[{[(,]$|\/\/| {2}#/.test(value)) return null;
      if (lines.some((each) => word(name).test(each)) || (language === "go" && hasTopComma(value)))
        return null;
      if (
        /^(?:None|null|nil|true|false|True|False|\[\]|\{\}|\d+)$/.test(value) ||
        / (?:if|unless) /.test(value)
      )
        return null;
      const { declare, assign } = declaration[language];
      lines.splice(
        line,
        1,
        `${indent}${declare}${name} ${assign} ${value}${end}`,
        `${indent}return ${name}${end}`,
      );
      return line;
    });
  },
  document: (random, language, text, at) => {
    const block = functionAt(text, at, language);
    if (!block) return null;
    const words = random.pick(docWords).replace("%", readable(block.name));
    return edit("docs", (lines, line) => {
      const here = functionsOf(lines.join("\n"), language).find(({ name }) => name === block.name);
      if (!here || here.lead !== here.from) return null;
      lines.splice(here.from, 0, ...docLines(language, here, words));
      return line >= here.from ? line + docLines(language, here, words).length : line;
    });
  },
  annotate: (_random, language, text, at) => {
    if (language !== "python") return null;
    const block = functionAt(text, at, language);
    return (
      block &&
      edit("typing", (lines, line) => {
        const here = functionsOf(lines.join("\n"), language).find(({ name }) => name === block.name);
        const [, head, list, tail] =
          /^(\s*(?:async )?def \w+\()([\w, ]+)(\):)$/.exec(lines[here?.from] ?? "") ?? [];
        if (!list) return null;
        const typed = list.split(", ").map((name) => (name === "self" ? name : `${name}: ${typeOf(name)}`));
        lines[here.from] = head + typed.join(", ") + tail;
        return line;
      })
    );
  },
  move: (random, language, text, at) => moveFunction(random, language, text, at, edit),
  count: (_random, language, text, at) => countCalls(language, text, at, edit),
  pause: (_random, language, text, at) => pauseSwitch(language, text, at, edit),
  addFunction: (random, language, text, at) => addFunction(random, language, text, at, edit),
  requote: (_random, language) => requoteFile(language, edit),
  reindent: (_random, language) => reindentFile(language, edit),
};

function edit(kind, change) {
  const apply = (text, line) => {
    const lines = text.split("\n");
    if (line < 0 || line >= lines.length) return null;
    const now = change(lines, line);
    const changed = lines.join("\n");
    return now === null || Number.isNaN(now) || changed === text ? null : { text: changed, line: now };
  };
  return { kind, apply };
}

const indentOf = (line) => /^\s*/.exec(line)[0];
const insideString = (line) => (line.match(/"""|`/g) ?? []).length % 2 === 1;
export const word = (name, flags = "") => new RegExp(`(?<![\\w$@])${name}(?!\\w)`, flags);
const readable = (name) =>
  name
    .replace(/[?!]$/, "")
    .replace(/_/g, " ")
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const remarks = [
  "keep in step with the nightly job",
  "the caller has checked the input already",
  "see the notes in docs/notes.md",
  "order matters here",
  "cheap enough to do on every call",
  "reviewed with the operations team",
  "same rule as in the old system",
];
const shortRemarks = ["see notes", "as agreed", "hot path", "checked upstream", "per contract"];
const logWords = ["start", "step reached", "about to continue", "values taken over", "checkpoint"];
const docWords = [
  "Part of the nightly run: %.",
  "What it says: %.",
  "Takes care of one thing, %.",
  "Used by the jobs; %.",
];

const declaration = {
  python: { declare: "", assign: "=" },
  ruby: { declare: "", assign: "=" },
  javascript: { declare: "const ", assign: "=" },
  typescript: { declare: "const ", assign: "=" },
  java: { declare: "var ", assign: "=" },
  go: { declare: "", assign: ":=" },
};

function logLine(language, words) {
  if (language === "python") return `log.debug("${words}")`;
  if (language === "java") return `LOG.fine("${words}");`;
  if (language === "go") return `log.Printf("${words}")`;
  if (language === "ruby") return `warn "${words}" if $VERBOSE`;
  return `if (process.env.DEBUG) console.debug("${words}");`;
}

const locals = {
  python: /^\s+(\w+) = |\bfor (\w+) in /gm,
  ruby: /^\s+(\w+) = |\|(\w+)\|/gm,
  javascript: /\b(?:const|let) (\w+)(?:: [^=\n]+)? (?:=|of)/g,
  java: /\b(?:var|int|long|double|String|[A-Z]\w*(?:<[\w<>, ]+>)?) (\w+)(?: =| :)/g,
  go: /(?:^\t+|for (?:_|\w+), )(\w+)(?:, \w+)? := /gm,
};
locals.typescript = locals.javascript;

const localsOf = (body, language) => [
  ...new Set(
    [...body.matchAll(locals[language])]
      .map((match) => match.slice(1).find(Boolean))
      .filter((name) => name && name !== "_"),
  ),
];

/** Nothing but a local: not a key, a property, an argument's name, a call, or a word of a text. */
function isPlainLocal(body, name) {
  const bad = new RegExp(
    `[.@:"'\`?-]${name}(?!\\w)|(?<!\\w)${name}["'\`(]|(?<!\\w)${name}\\s?:(?!=)|[(,] ?${name}=|\\{ ?${name}\\b|["'\`][^"'\`\\n]*(?<!\\w)${name}(?!\\w)[^"'\`\\n]*["'\`]|, ${name} [}:]`,
  );
  return !bad.test(body);
}

const isRenamed = (name) => /^(?:current|this|given)(?:_|[A-Z])|(?:_value|Value|_now|Now)$/.test(name);

function renamed(random, from, text, language) {
  const snake = language === "python" || language === "ruby";
  const join = (head, tail) => (snake ? `${head}_${tail}` : head + tail[0].toUpperCase() + tail.slice(1));
  const choices = [
    join("current", from),
    join("this", from),
    join(from, "value"),
    join("given", from),
    join(from, "now"),
  ];
  return random.pick(choices.filter((name) => !word(name).test(text)));
}

export function balanced(text) {
  const bare = text.replace(/"[^"\n]*"|'[^'\n]*'/g, "");
  let depth = 0;
  for (const mark of bare) {
    if ("([{".includes(mark)) depth++;
    if (")]}".includes(mark)) depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function hasTopComma(text) {
  let depth = 0;
  for (const mark of text.replace(/"[^"\n]*"/g, "")) {
    if ("([{".includes(mark)) depth++;
    if (")]}".includes(mark)) depth--;
    if (mark === "," && depth === 0) return true;
  }
  return false;
}

/** One statement over three lines; the middle one is where it breaks then. */
function wrappedLine(line, language) {
  const step = language === "go" ? "\t" : language === "python" || language === "java" ? "    " : "  ";
  if (language === "go") {
    const [, indent, head, args] = /^(\s*)((?:return |\w+ :?= )[\w.]+\()(.+)\)$/.exec(line) ?? [];
    if (!args || !balanced(args)) return null;
    return [`${indent}${head}`, `${indent}${step}${args},`, `${indent})`];
  }
  const [, indent, head, value, end] =
    /^(\s*)(return |(?:const |let |var |final |int |long |String )?\w+ = )(.+?)(;?)$/.exec(line) ?? [];
  if (
    !value ||
    !balanced(value) ||
    /^[([{]|[{[(,:]$| (?:if|unless|do) |\bdo\b|=>|->|^(?:if|case|begin)\b/.test(value)
  )
    return null;
  if (value.includes("#") || value.includes("//") || value.length < 8) return null;
  return [`${indent}${head}(`, `${indent}${step}${value}`, `${indent})${end}`];
}

function typeOf(name) {
  if (/s$|rows|list/.test(name)) return "list";
  if (/count|cents|days|number|quantity|size|minutes|seconds|percent/.test(name)) return "int";
  if (/name|text|line|key|code|raw|id$/.test(name)) return "str";
  return '"object"';
}

function docLines(language, { indent }, words) {
  if (language === "python" || language === "ruby") return [`${indent}# ${words}`];
  if (language === "go") return [`// ${words}`];
  return [`${indent}/** ${words} */`];
}
