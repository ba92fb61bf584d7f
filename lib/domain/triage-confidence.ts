import type { CheckedClaim, Confidence, Research, SuspectCommit } from "./triage";

/**
 * How sure triage may be, and by which rules. What agrees sets how high it starts; what contradicts only ever lowers it, so
 * that no contradiction, wherever it comes from, makes anybody surer.
 */
export function confidenceOf(claims: readonly CheckedClaim[]): {
  confidence: Confidence;
  because: string[];
} {
  const start = startOf(claims);
  const caps = capsOf(claims);
  const confidence = [start, ...caps].reduce(
    (lowest, each) => (rank[each.at] < rank[lowest] ? each.at : lowest),
    "high" as Confidence,
  );
  return { confidence, because: [start.rule, ...caps.map((each) => each.rule)] };
}

type Step = { at: Confidence; rule: string };

const rank: Record<Confidence, number> = { low: 0, medium: 1, high: 2 };

function startOf(claims: readonly CheckedClaim[]): Step {
  const held = (rule: string, ...confidences: Confidence[]) =>
    claims.some(
      (claim) =>
        claim.rule === rule &&
        claim.verdict === "holds" &&
        (confidences.length === 0 || confidences.includes(claim.confidence)),
    );
  const hasLine = held("line_in_file");
  const hasPlace = hasLine && (held("source_line_matches") || held("function_at_line"));
  const says = held("line_speaks_of_it", "high") || held("message_from_line", "high");
  const saysLess =
    says ||
    ["line_speaks_of_it", "message_from_line", "line_can_fail_so", "module_is_undeclared"].some((rule) =>
      held(rule),
    );
  const suspects = supportedSuspects(claims);
  const fits = suspects.some(({ touched, fits }) => touched && fits);
  const touchesLine = suspects.some(({ touchedLine }) => touchedLine);
  if (hasPlace && says && (fits || touchesLine))
    return { at: "high", rule: "place_message_and_change_agree" };
  if (hasLine && (fits || touchesLine)) return { at: "medium", rule: "place_and_change_agree" };
  if (hasPlace && saysLess) return { at: "medium", rule: "place_and_message_agree" };
  if (held("module_is_undeclared")) return { at: "medium", rule: "module_is_undeclared" };
  return { at: "low", rule: hasLine ? "only_the_place_is_known" : "no_place_is_known" };
}

const versionRules: ReadonlySet<string> = new Set([
  ...["line_in_file", "line_can_fail", "source_line_matches", "function_at_line", "line_older_than_failure"],
]);

/** A commit that is ruled out says nothing against another one. */
const excludes: ReadonlySet<string> = new Set(["suspect_before_failure"]);

function capsOf(claims: readonly CheckedClaim[]): Step[] {
  const against = claims.filter((claim) => claim.verdict === "refuted" && !excludes.has(claim.rule));
  const caps: Step[] = [];
  if (against.some((claim) => versionRules.has(claim.rule) && claim.confidence === "high"))
    caps.push({ at: "low", rule: "capped_by_another_version" });
  if (against.length >= 3) caps.push({ at: "low", rule: "capped_by_many_contradictions" });
  if (against.length > 0) caps.push({ at: "medium", rule: "capped_by_a_contradiction" });
  return caps;
}

type SupportedSuspect = { hash: string; touched: boolean; touchedLine: boolean; fits: boolean };

/** Commits that were made in time and of which nothing was refuted. */
function supportedSuspects(claims: readonly CheckedClaim[]): SupportedSuspect[] {
  const hashes = new Set(
    claims.flatMap((claim) => (claim.rule === "suspect_before_failure" ? hashesOf(claim) : [])),
  );
  return [...hashes].flatMap((hash) => {
    const own = claims.filter((claim) => hashesOf(claim).includes(hash));
    const held = (rule: string) => own.filter((claim) => claim.rule === rule && claim.verdict === "holds");
    if (own.some((claim) => claim.verdict === "refuted") || held("suspect_before_failure").length === 0)
      return [];
    const touched = held("suspect_touched_place");
    return [
      {
        hash,
        touched: touched.length > 0,
        touchedLine: touched.some((claim) => claim.confidence === "high"),
        fits: held("suspect_change_fits").length > 0,
      },
    ];
  });
}

const hashesOf = (claim: CheckedClaim) =>
  claim.evidence.flatMap((each) => (each.kind === "commit" ? [each.hash] : []));

/** The best suspect that the claims leave standing; null when none is. */
export function leadingSuspect({ history }: Research, claims: readonly CheckedClaim[]): SuspectCommit | null {
  const standing = new Set(supportedSuspects(claims).map((each) => each.hash));
  const ranked = [...history.suspects].sort((left, right) => left.rank - right.rank);
  return ranked.find((suspect) => standing.has(suspect.hash)) ?? null;
}
