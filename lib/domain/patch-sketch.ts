import type { ProposalGround } from "./proposal-ground";
import { syntaxOf } from "./read-code";
import { isWholeGuard } from "./suspect-change";
import type { PatchSketch } from "./triage";
import { codeLine } from "./triage-words";

const lineCap = 12;
const lineLength = 300;

/**
 * The change that can be written down by a rule: a removed check, a removed default or a renamed name, put back as it was.
 * Only where the commit is the likely cause, what it left still stands in the working tree, and the lines are few and whole.
 * A suggestion, and never applied.
 */
export function patchSketchOf(ground: ProposalGround): PatchSketch | null {
  const { change, suspect, cause, touched, validation, meaning } = ground;
  if (cause !== "change" || change === null || suspect === null || touched === null) return null;
  if (validation.confidence === "low") return null;
  const standing = validation.claims.find(
    (claim) =>
      claim.rule === "suspect_change_stands" &&
      claim.verdict === "holds" &&
      claim.evidence.some((each) => each.kind === "commit" && each.hash === suspect.hash),
  );
  const there = standing?.evidence.find((each) => each.kind === "code");
  if (there?.kind !== "code" || there.path !== change.change.path) return null;
  const { removed, added } = change.change;
  if (![...removed, ...added].every(isWritable) || removed.length > lineCap || added.length > lineCap)
    return null;
  const rule = ruleOf(ground);
  if (rule === null) return null;
  const isRename = rule === "restore_name";
  if (isRename && meaning.subject !== change.added[0]) return null;
  return {
    path: there.path,
    rule,
    removed: added.map((line) => codeLine(line, lineLength)),
    added: removed.map((line) => codeLine(line, lineLength)),
    fromLine: there.fromLine,
  };
}

/** Lines that redaction or a bound has touched are not the lines that were there. */
const isWritable = (line: string) =>
  line.length <= lineLength &&
  !line.includes("[redacted") &&
  !line.includes("<truncated>") &&
  codeLine(line, lineLength) === line.trimEnd();

function ruleOf({ change }: ProposalGround): string | null {
  if (change === null) return null;
  const { removed, added, path } = change.change;
  switch (change.kind) {
    case "removed_guard": {
      // Taking a check away leaves the lines it stood around, perhaps with another indent; anything else is more than that.
      const kept = new Set(removed.map((line) => line.trim()));
      const isPure = added.every((line) => kept.has(line.trim()));
      return isPure && isWholeGuard(removed, syntaxOf(path)) ? "restore_removed_check" : null;
    }
    case "removed_default":
      return removed.length === 1 && added.length === 1 ? "restore_removed_default" : null;
    case "renamed":
      return removed.length === 1 && added.length === 1 ? "restore_name" : null;
    default:
      return null;
  }
}
