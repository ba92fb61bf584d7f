/** What a tool call asks for once its arguments are read; `refused` says why no read is made for it. */
export type ToolRequest =
  | { tool: "readCode"; path: string; from: number; to: number }
  | { tool: "searchCode"; text: string }
  | { tool: "readCommit"; hash: string }
  | { tool: "listSimilar" };
export type ReadRequest = { ok: true; request: ToolRequest } | { ok: false; why: string };

export const lineSpanMax = 200;
const text = (description: string, maxLength: number) => ({ type: "string", description, maxLength });
const line = (description: string) => ({ type: "integer", description, minimum: 1 });
const toolForm = (description: string, properties: Record<string, unknown>) => ({
  description,
  parameters: {
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  },
});

/** All tools there are. Each only reads, inside the project; none takes a URL or a command. */
export const toolForms = {
  readCode: toolForm(`Lines of a file of the project, at most ${lineSpanMax}, with their numbers.`, {
    path: text("Relative to the project's root, with slashes.", 400),
    from: line("First line, from 1."),
    to: line("Last line, included."),
  }),
  searchCode: toolForm("Lines of the project's files that contain a text, literally.", {
    text: text("3 to 100 characters of one line.", 100),
  }),
  readCommit: toolForm("Message and changed lines of a commit of the project.", {
    hash: text("At least 7 hexadecimal digits.", 64),
  }),
  listSimilar: toolForm("Earlier failures like this one, and what became of them.", {}),
} as const;
export type ToolName = keyof typeof toolForms;

/** Files that exist to hold secrets: they explain no failure, and redaction is only the second lock. */
const secretPath =
  /(?:^|\/)(?:\.env(?:\.[^/]*)?|\.git|\.ssh|\.aws|\.gnupg|\.kube|\.npmrc|\.pypirc|\.netrc|\.pgpass|\.htpasswd|id_[a-z0-9]+|credentials(?:\.[^/]*)?|secrets?(?:\.[^/]*)?)(?:\/|$)|\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc|gpg)$/i;

export const isSecretPath = (path: string) => secretPath.test(path);

/** Judges a call by its name and arguments alone, whatever the model was told to make of them. */
export function readToolCall(name: string, input: unknown): ReadRequest {
  if (!Object.hasOwn(toolForms, name)) {
    return refuse(`There is no such tool. The tools are ${Object.keys(toolForms).join(", ")}.`);
  }
  const given =
    typeof input === "object" && input !== null && !Array.isArray(input)
      ? (input as Record<string, unknown>)
      : null;
  if (!given) return refuse("The arguments are not a JSON object.");
  switch (name as ToolName) {
    case "readCode":
      return readCodeRequest(given);
    case "searchCode": {
      const wanted = given.text;
      if (
        typeof wanted !== "string" ||
        wanted.trim().length < 3 ||
        wanted.length > 100 ||
        /\p{Cc}/u.test(wanted)
      )
        return refuse("text must be 3 to 100 characters of one line.");
      return { ok: true, request: { tool: "searchCode", text: wanted } };
    }
    case "readCommit": {
      const { hash } = given;
      if (typeof hash !== "string" || !/^[0-9a-f]{7,64}$/i.test(hash))
        return refuse("hash must be 7 to 64 hexadecimal digits.");
      return { ok: true, request: { tool: "readCommit", hash: hash.toLowerCase() } };
    }
    case "listSimilar":
      return { ok: true, request: { tool: "listSimilar" } };
  }
}

function readCodeRequest({ path, from, to }: Record<string, unknown>): ReadRequest {
  if (typeof path !== "string" || !isPlainPath(path))
    return refuse("path must be relative to the project's root, with slashes and without `..`.");
  if (isSecretPath(path)) return refuse("Files of this name may hold secrets and are not read.");
  if (!isLine(from) || !isLine(to) || to < from)
    return refuse("from and to must be line numbers, the first one not after the last.");
  return { ok: true, request: { tool: "readCode", path, from, to: Math.min(to, from + lineSpanMax - 1) } };
}

/** By its letters alone; whether it leads out by a link is for the reader, which opens it. */
const isPlainPath = (path: string) =>
  path.length > 0 &&
  path.length <= 400 &&
  !/[\\\p{Cc}]|^[a-z][a-z0-9+.-]*:/iu.test(path) &&
  path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

const isLine = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 10_000_000;

const refuse = (why: string): ReadRequest => ({ ok: false, why });
