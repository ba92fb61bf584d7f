import { callersOf, type ProposalGround } from "./proposal-ground";
import { syntaxOf } from "./read-code";
import { levelRank, riskRank } from "./severity";
import type { Finding, PatchSketch, Proposal } from "./triage";
import { codeAt } from "./triage-claim";
import { dateOf, listed, place, quoted, shortHash, times } from "./triage-words";

type Risk = { level: Proposal["riskLevel"]; findings: Finding[] };

const rank = { low: 0, medium: 1, high: 2 } as const;

/** Names of files where a mistake costs money, secrets or what is stored. */
const sensitive =
  /(?:^|[/_.-])(?:auth\w*|login|sessions?|tokens?|passwords?|permissions?|roles?|crypto|security|secrets?|payments?|billing|invoices?|refunds?|charges?|migrations?|migrate|schema|delete\w*)(?=[/_.-]|$)/i;

/** How much a change here can break: the highest of the rules that apply, each a finding with its name. */
export function riskOf(ground: ProposalGround, patch: PatchSketch | null): Risk {
  const { subject, at, change, suspect, validation, tests, cause } = ground;
  const findings: Finding[] = [];
  let level: Risk["level"] = "low";
  const raise = (to: Risk["level"], rule: string, statement: string, evidence: Finding["evidence"]) => {
    if (rank[to] > rank[level]) level = to;
    findings.push({ rule, certainty: "inference", confidence: "medium", statement, evidence });
  };
  const report: Finding["evidence"] = [{ kind: "report", field: "title" }];
  const path = at?.path ?? change?.change.path ?? null;
  const here: Finding["evidence"] = path === null ? report : [codeAt(path, at?.line ?? 1)];

  if (riskRank(subject.riskLevel) >= 4)
    raise(
      "high",
      "risk_as_reported",
      `The report's own risk is ${quoted(subject.riskLevel ?? "", 20)}.`,
      report,
    );
  if (levelRank(subject.level) >= 6)
    raise(
      "high",
      "risk_ends_the_process",
      `The failure's level is ${quoted(subject.level ?? "", 20)}.`,
      report,
    );
  if (cause === "none")
    raise(
      "medium",
      "risk_without_a_cause",
      "Without a cause, what a change would touch is not known.",
      report,
    );
  if (path !== null && sensitive.test(path))
    raise(
      "medium",
      "risk_in_a_sensitive_file",
      `${quoted(path, 160)} has to do with money, access or stored rows.`,
      here,
    );
  if (validation.confidence === "low")
    raise("medium", "risk_of_low_confidence", "What was found is not sure.", here);
  const files = new Set(suspect?.changes.map((each) => each.path));
  if (cause === "change" && files.size > 3)
    raise(
      "medium",
      "risk_of_a_wide_commit",
      `The commit changed ${times(files.size, "file")} of those looked at.`,
      here,
    );
  const callers = callersOf(ground);
  if (change?.kind === "changed_signature" || change?.kind === "removed_definition")
    raise(
      "medium",
      "risk_for_other_callers",
      "Code that is not in this trace may use what the commit changed.",
      here,
    );
  if (tests === null && cause !== "none")
    raise("medium", "risk_without_tests", "No way to run tests was seen beside the failing file.", here);
  if (findings.length === 0) {
    const why =
      patch === null
        ? `a change of one place with ${times(callers.length, "caller")} in the trace`
        : "putting back lines that were there before";
    raise("low", "risk_is_low", `It is ${why}.`, here);
  }
  return { level, findings: findings.slice(0, 8) };
}

/** Who and what is affected: callers of the trace, how often it was seen, what the commit changed besides. */
export function blastRadiusOf(ground: ProposalGround): string {
  const { subject, at, suspect, cause, research } = ground;
  const sentences: string[] = [];
  const callers = callersOf(ground).map((frame) => place(frame.path, frame.line));
  if (at !== null)
    sentences.push(
      callers.length > 0
        ? `${place(at.path, at.line)} was reached through ${listed(callers, 3)}.`
        : `${place(at.path, at.line)} is the only call of this project in the trace.`,
    );
  const count = subject.occurrenceCount ?? countOf(ground);
  const [first, last] = [dateOf(subject.firstSeenAtMs), dateOf(subject.lastSeenAtMs)];
  const span = first === last ? `on ${first}` : `between ${first} and ${last}`;
  sentences.push(`Seen ${count === null ? "" : `${times(count, "time")} `}${span}.`);
  if (suspect !== null && (cause === "change" || cause === "touch")) {
    const others = [...new Set(suspect.changes.map((each) => each.path))].filter((path) => path !== at?.path);
    const named = listed(
      others.map((path) => quoted(path, 120)),
      3,
    );
    if (others.length > 0) sentences.push(`Commit ${shortHash(suspect.hash)} also changed ${named}.`);
  }
  const others = research.similar.filter(
    (each) => each.kind === "incident" && each.match === "same_exception_and_frames",
  );
  if (others.length > 0)
    sentences.push(`${times(others.length, "other incident")} with the same exception and calls.`);
  return sentences.join(" ");
}

const countOf = ({ research }: ProposalGround) =>
  research.similar.find((each) => each.kind === "incident" && each.match === "same_fingerprint")
    ?.occurrenceCount ?? null;

/** Every label that triage ever gives. */
export const triageLabels = [
  ...(["incident-monitor", "bug", "regression", "dependency", "configuration", "external-service"] as const),
  ...(["timeout", "null-reference", "needs-investigation", "risk-high"] as const),
  ...(["python", "javascript", "java", "go", "rust", "ruby", "php", "dotnet"] as const),
] as const;
export type TriageLabel = (typeof triageLabels)[number];

/** At most six, of the words above alone. */
export function labelsOf(ground: ProposalGround, risk: Proposal["riskLevel"]): TriageLabel[] {
  const { cause, meaning, at, subject, suspect } = ground;
  const labels: TriageLabel[] = ["incident-monitor"];
  if (cause === "module") labels.push("dependency");
  else if (cause === "service") labels.push(meaning.class === "timeout" ? "timeout" : "external-service");
  else if (cause === "none") labels.push("needs-investigation");
  else labels.push("bug");
  if (meaning.class === "null_reference") labels.push("null-reference");
  if (
    meaning.class === "missing_file" ||
    /\b(?:environ|getenv|process\.env|ENV\[|System\.getenv)/.test(at?.text ?? "")
  )
    labels.push("configuration");
  if (subject.lastGoodAtMs !== null || (cause === "change" && suspect !== null)) labels.push("regression");
  const syntax = syntaxOf(at?.path ?? "");
  if (syntax !== null) labels.push(syntax);
  if (risk === "high") labels.push("risk-high");
  return labels.slice(0, 6);
}
