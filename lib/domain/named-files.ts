import { isConfiguration, languageOf } from "./code-language";

/** A file that a text names beside its trace: `src/a/b.ts:42`, `Config.java`, "config/app.yml". */
export type NamedFile = { path: string; line: number | null };

const lineCap = 2_000;
const lineLength = 2_000;
const wordLength = 400;
const fileCap = 20;

/** The source and configuration files that these lines name, in order, each once, at most 20. Linear, total, never throws. */
export function readNamedFiles(lines: readonly string[]): NamedFile[] {
  const found = new Map<string, NamedFile>();
  for (const line of lines.slice(0, lineCap)) {
    // A word of a file's name has a dot; most lines of prose have none inside a word.
    if (line.length > lineLength || !line.includes(".")) continue;
    for (const word of line.split(/[\s"'`()<>[\]{}|,;=]+/)) {
      const file = word.length <= wordLength ? namedFile(word) : null;
      if (file === null) continue;
      const known = found.get(file.path);
      if (known === undefined) found.set(file.path, file);
      else known.line ??= file.line;
      if (found.size === fileCap) return [...found.values()];
    }
  }
  return [...found.values()];
}

function namedFile(word: string): NamedFile | null {
  const match = /^(.{2,}?)(?::(\d{1,7}))?(?::\d{1,7})?[.:!?]{0,3}$/.exec(word);
  const path = match?.[1] ?? "";
  if (!/\.[A-Za-z]\w{0,9}$/.test(path) || /^[a-z][\w+.-]*:\/\//i.test(path)) return null;
  if (languageOf(path.replaceAll("\\", "/")) === null && !isConfiguration(path.replaceAll("\\", "/")))
    return null;
  if (isProse(path)) return null;
  return { path, line: match?.[2] === undefined ? null : Number(match[2]) };
}

/** `Node.js`, `app.config`, `user.env`, `java.lang.c`: names with a dot that are no file's. */
function isProse(path: string): boolean {
  if (/[\\/]/.test(path)) return false;
  return (
    /^(?:node|next|vue|nuxt|express|three|d3)\.js$/i.test(path) ||
    (/\.(?:env|config|c|h|ex|fs|sh|xml)$/i.test(path) && !/^[\w-]+\.(?:config\.\w+|sh|xml)$/.test(path))
  );
}
