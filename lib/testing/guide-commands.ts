/** A command of a guide: a fenced `sh` block whose first line says what it is answered with. */
export type GuideCommand = {
  line: number;
  status: number;
  /** Members that the answer must have somewhere: `action=approval_required`. */
  members: Array<{ name: string; value: string }>;
  /** Later commands' variables, out of the answer: `DRAFT=.draft.draft_id`. */
  variables: Array<{ name: string; path: string[] }>;
  words: string[];
};

export type GuideRequest = { method: string; path: string; headers: Record<string, string>; body?: string };

/** Every `sh` block. @throws Error for one whose first line is not `# <status> ...` or that is not one curl command */
export function commandsOf(markdown: string): GuideCommand[] {
  const found: GuideCommand[] = [];
  for (const match of markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)) {
    const line = markdown.slice(0, match.index).split("\n").length;
    const [first = "", ...rest] = (match[1] ?? "").split("\n");
    const [status, ...expectations] = /^# (\d{3})(?: (.*))?$/.exec(first)?.slice(1) ?? [];
    if (!status) throw new Error(`line ${line}: say what the command is answered with: "# 200"`);
    const parts = (expectations[0] ?? "").split(" ").filter(Boolean);
    const pairs = parts.map(
      (part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)] as const,
    );
    const words = shellWords(rest.join("\n"));
    if (words[0] !== "curl") throw new Error(`line ${line}: one curl command a block`);
    found.push({
      line,
      status: Number(status),
      members: pairs.filter(([, value]) => !value.startsWith(".")).map(([name, value]) => ({ name, value })),
      variables: pairs
        .filter(([, value]) => value.startsWith("."))
        .map(([name, value]) => ({ name, path: value.slice(1).split(".") })),
      words,
    });
  }
  return found;
}

/** Words as a POSIX shell splits them: single and double quotes, backslashes, continued lines. `$NAME` stays, marked. */
function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "'") {
      const end = text.indexOf("'", at + 1);
      // Nothing is a variable in single quotes.
      word = (word ?? "") + text.slice(at + 1, end).replaceAll("$", "\u0000");
      at = end;
    } else if (char === '"') {
      let end = at + 1;
      let inner = "";
      for (; text.charAt(end) !== '"'; end++) {
        if (text.charAt(end) === "\\" && /["\\$`]/.test(text.charAt(end + 1))) end++;
        inner += text.charAt(end);
      }
      word = (word ?? "") + inner;
      at = end;
    } else if (char === "\\" && text.charAt(at + 1) === "\n") {
      at++;
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? "") + char;
    }
  }
  return word === null ? words : [...words, word];
}

/** What curl would send to `$URL`. @throws Error for a variable that nobody set or an option it does not know */
export function requestOf(command: GuideCommand, variables: Record<string, string>): GuideRequest {
  const filled = (word: string) =>
    word
      .replaceAll(/\$([A-Z_]+)/g, (_, name: string) => {
        if (name === "URL") return "";
        const value = variables[name];
        if (value === undefined) throw new Error(`line ${command.line}: $${name} is not set by then`);
        return value;
      })
      .replaceAll("\u0000", "$");
  const request: GuideRequest = { method: "", path: "", headers: {} };
  const words = [...command.words.slice(1)];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "-sS") continue;
    if (word === "-X") request.method = words.shift() ?? "";
    else if (word === "-d") request.body = filled(words.shift() ?? "");
    else if (word === "-H") {
      const header = filled(words.shift() ?? "");
      const colon = header.indexOf(":");
      request.headers[header.slice(0, colon)] = header.slice(colon + 1).trim();
    } else if (word.startsWith("$URL/")) request.path = filled(word);
    else throw new Error(`line ${command.line}: ${word} is an option this test does not know`);
  }
  request.method ||= request.body === undefined ? "GET" : "POST";
  return request;
}
