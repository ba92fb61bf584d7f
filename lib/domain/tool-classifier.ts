/**
 * What calling a tool may do, going by its name alone: only reads, changes something outside (a person should say so), or
 * cannot be told, so that each deployment settles it for itself.
 */
export type ToolClass = "read_only" | "approval_required" | "configurable";
export type ToolVerdict = {
  toolClass: ToolClass;
  /** Which table settled it. */
  because: "exact" | "wildcard" | "read_prefix" | "write_namespace" | "write_verb" | "unknown";
};

/** Whole names, before every other rule. */
const exact: Readonly<Record<string, ToolClass>> = {
  ...table("read_only", "read glob grep ls search codesearch list todo_read memory_search question skill"),
  ...table(
    "approval_required",
    "bash shell exec terminal write edit multiedit apply_patch rm sudo sql eval python",
  ),
  ...table("configurable", "webfetch web_fetch websearch web_search task batch todo_write memory_store"),
};

/** First words of tools that only look. */
const readWords = new Set(
  words("get list read search find fetch describe view show query count lookup check inspect browse preview"),
);

/** Namespaces in which everything but a look reaches people, money or machines. */
const writeNamespaces = new Set(
  words(
    "email gmail smtp sms twilio payment payments billing stripe payroll deploy deployment infra iam dns",
  ),
);

/** First or last words of tools that change something. */
const writeWords = new Set([
  ...words("send publish post reply forward comment notify tweet broadcast submit share invite"),
  ...words("create update delete remove write insert upsert put patch set add edit move rename upload"),
  ...words("merge push commit close reopen archive assign label approve revoke grant reset rotate"),
  ...words("deploy release rollback restart stop start terminate kill scale execute exec run apply drop"),
  ...words("pay refund charge transfer purchase cancel schedule enable disable"),
]);

/**
 * Classifies one name or entry of an allow-list: exact names, wildcards, read-only prefixes, write namespaces, verbs; else
 * configurable. A name that looks and then acts (`find_and_delete`) acts.
 */
export function classifyTool(entry: string): ToolVerdict {
  const name = entry.trim();
  const settled = exact[snake(name)];
  if (settled && Object.hasOwn(exact, snake(name))) return { toolClass: settled, because: "exact" };
  const segments = name.split(/[.:/]+|__/).map(snake);
  const parts = (segments.at(-1) ?? "").split("_").filter(Boolean);
  const looks = readWords.has(parts[0] ?? "") && !actsToo(parts);
  if (name.includes("*")) {
    // `get_*` opens readers alone; any other star may open a tool that nobody has seen yet.
    const onlyLooks = looks && parts.length > 1 && parts.indexOf("*") === parts.length - 1;
    return onlyLooks
      ? { toolClass: "read_only", because: "read_prefix" }
      : { toolClass: "approval_required", because: "wildcard" };
  }
  if (looks) return { toolClass: "read_only", because: "read_prefix" };
  if (segments.slice(0, -1).some((segment) => writeNamespaces.has(segment))) {
    return { toolClass: "approval_required", because: "write_namespace" };
  }
  const acts = actsToo(parts) || writeWords.has(parts[0] ?? "") || writeWords.has(parts.at(-1) ?? "");
  return acts
    ? { toolClass: "approval_required", because: "write_verb" }
    : { toolClass: "configurable", because: "unknown" };
}

/** The entries of an allow-list that need a person, less what the deny-list names word for word. In the list's order. */
export function toolsNeedingApproval(allowed: readonly string[], denied: readonly string[] = []): string[] {
  const refused = new Set(denied.map((entry) => entry.trim().toLowerCase()));
  return allowed.filter(
    (entry) =>
      entry.trim() !== "" &&
      !refused.has(entry.trim().toLowerCase()) &&
      classifyTool(entry).toolClass === "approval_required",
  );
}

/** A verb that follows `and`, `or` or `then`. */
function actsToo(parts: readonly string[]): boolean {
  return parts.some((part, at) => /^(?:and|or|then)$/.test(part) && writeWords.has(parts[at + 1] ?? ""));
}

/** `postMessage`, `post-message` and `Post Message` are one spelling. */
function snake(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[\s-]+/g, "_")
    .toLowerCase();
}

function words(list: string): string[] {
  return list.split(" ");
}

function table(toolClass: ToolClass, names: string): Record<string, ToolClass> {
  return Object.fromEntries(words(names).map((name) => [name, toolClass]));
}
