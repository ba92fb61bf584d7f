import type { RuntimeSubjects } from "@/lib/domain/authority-subjects";
import type { SafetyDefaults } from "@/lib/domain/config";
import type { Issue } from "@/lib/domain/config-issue";
import { storable } from "@/lib/domain/text";
import { profileNamed } from "@/lib/redaction/profiles";
import { redactFields } from "@/lib/redaction/redact-fields";

/** Text for people, which may be cut to pieces by redaction. Everything else names something and must stay what it is. */
const freeText: ReadonlySet<string> = new Set([
  ...["name", "description", "displayName", "creatorId", "workspaceRoot", "schedule", "execution"],
  "outputTargets",
]);

type Found = { path: string; isFree: boolean; text: string };

/**
 * What a runtime said, with secrets and personal data taken out of its texts. A name that holds one cannot be stored and
 * still name anything: it is refused, with its path in the wire's words.
 */
export async function redactSubjects(
  given: { name: string; subjects: RuntimeSubjects },
  safety: SafetyDefaults,
): Promise<{ ok: true; name: string; subjects: RuntimeSubjects } | { ok: false; issues: Issue[] }> {
  const found: Found[] = [];
  walk(given, "", (each) => found.push(each));
  const distinct = [...new Set(found.map((each) => each.text))];
  const profile = profileNamed(safety.redactionProfile, safety);
  const items = await redactFields(
    distinct.map((text) => ({ text })),
    { structural: [] },
    profile,
  );
  const redacted = new Map(distinct.map((text, index) => [text, items[index]?.value.text ?? ""]));
  const issues = found.flatMap(({ path, isFree, text }): Issue[] => {
    if (isFree || redacted.get(text) === text) return [];
    const message = "This looks like a secret or somebody's data. Give a name; values are never registered.";
    return [{ path, code: "looks_secret", message }];
  });
  if (issues.length > 0) return { ok: false, issues: issues.slice(0, 20) };
  const clean = walk(given, "", ({ text }) => storable(redacted.get(text) ?? "")) as typeof given;
  return { ok: true, ...clean };
}

/** A copy with every text replaced by what `visit` makes of it. `inside`: the member whose list this is. */
function walk(value: unknown, path: string, visit: (found: Found) => unknown, inside = ""): unknown {
  if (typeof value === "string") return visit({ path, isFree: freeText.has(inside), text: value });
  if (Array.isArray(value)) return value.map((each, index) => walk(each, `${path}[${index}]`, visit, inside));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, walk(member, below(path, key), visit, key)]),
  );
}

/** `subjects` is no member of the body: what is in it stands beside the runtime's id. */
function below(path: string, key: string): string {
  if (key === "subjects") return path;
  const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return path === "" ? name : `${path}.${name}`;
}
