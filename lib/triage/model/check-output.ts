import type { ModelOutput, ModelStatement } from "@/lib/domain/model-output";
import type { Confidence, Evidence, Finding, PhaseArtifacts } from "@/lib/domain/triage";
import type { Disagreement, ModelOpinion, UnsupportedCode, UnsupportedStatement } from "./model-analysis";
import type { ReadLedger } from "./read-ledger";

export type CheckAgainst = {
  ledger: ReadLedger;
  found: Partial<PhaseArtifacts>;
  labelVocabulary: readonly string[];
  /** One text of the model as it may be kept: redacted, visible, bounded. */
  clean: (text: string) => string;
};

/** What holds of an answer. Evidence that was never shown is dropped; a statement left with none is set aside, in sight. */
export function checkOutput(output: ModelOutput, against: CheckAgainst): ModelOpinion {
  const { ledger, labelVocabulary, clean } = against;
  const unsupported: UnsupportedStatement[] = [];
  const setAside = (statement: string, cited: string, code: UnsupportedCode) =>
    unsupported.push({ statement: clean(statement), because: [{ cited: clean(cited), code }] });
  const check = (given: ModelStatement, rule: string): Finding | null => {
    const result = checkStatement(given, rule, against);
    if ("because" in result) {
      unsupported.push(result);
      return null;
    }
    return result;
  };

  const likelyCause = check(output.likelyCause, "model_likely_cause");
  const recommendedFix = check(output.recommendedFix, "model_recommended_fix");
  const findings = output.findings
    .map((each) => check(each, "model_finding"))
    .filter((each) => each !== null);
  const fixPoints = output.fixPoints.filter((each) => {
    if (ledger.hasPlace(each.path, each.line)) return true;
    const code = ledger.hasPlace(each.path, null) ? "lines_not_read" : "path_not_read";
    setAside(each.why, placeWords(each.path, each.line), code);
    return false;
  });
  const suspectCommit = output.suspectCommit === null ? null : ledger.commitOf(output.suspectCommit);
  if (output.suspectCommit !== null && suspectCommit === null) {
    setAside("A commit brought the failure.", output.suspectCommit, "commit_not_read");
  }
  const labels = output.labels.filter((label) => labelVocabulary.includes(label));
  for (const label of output.labels) {
    if (!labels.includes(label)) setAside("A label fits.", label, "label_not_known");
  }
  return {
    likelyCause,
    recommendedFix,
    findings,
    fixPoints: fixPoints.map((each) => ({ ...each, why: clean(each.why) })),
    suspectCommit,
    reproduction: output.reproduction.map(clean),
    acceptanceCriteria: output.acceptanceCriteria.map(clean),
    verificationSteps: output.verificationSteps.map(clean),
    labels: [...new Set(labels)],
    openQuestions: output.openQuestions.map(clean),
    unsupported,
    disagreements: disagreements(against.found, {
      file: fixPoints[0]?.path ?? null,
      commit: suspectCommit,
      risk: output.risk,
    }),
  };
}

function checkStatement(
  given: ModelStatement,
  rule: string,
  { ledger, clean }: CheckAgainst,
): Finding | UnsupportedStatement {
  const evidence: Evidence[] = [];
  const because: UnsupportedStatement["because"] = [];
  for (const each of given.evidence) {
    const checked = ledger.check(each);
    if (checked.ok) evidence.push(checked.evidence);
    else because.push({ cited: clean(evidenceWords(each)), code: checked.code });
  }
  const statement = clean(given.statement);
  if (evidence.length > 0) {
    const confidence = because.length > 0 ? "low" : capped(given.confidence);
    return { rule, certainty: "model", confidence, statement, evidence };
  }
  if (because.length === 0) because.push({ cited: "", code: "nothing_cited" });
  return { statement, because };
}

/** How sure a model says it is, is itself only its opinion; "high" is for what a rule followed from facts. */
const capped = (confidence: Confidence): Confidence => (confidence === "high" ? "medium" : confidence);

/** Where both name one and they differ. A model that alone names something adds, and does not contradict. */
function disagreements(
  found: Partial<PhaseArtifacts>,
  model: { file: string | null; commit: string | null; risk: string | null },
): Disagreement[] {
  const resolved = found.inspect?.frames.find(
    (frame) => frame.origin === "app" && frame.state === "resolved",
  );
  const deterministic = {
    file: found.propose?.fixPoints[0]?.path ?? resolved?.path ?? null,
    commit: found.research?.history.suspects[0]?.hash ?? null,
    risk: found.propose?.riskLevel ?? null,
  };
  return (["file", "commit", "risk"] as const).flatMap((about) => {
    const [rules, opinion] = [deterministic[about], model[about]];
    if (rules === null || opinion === null || rules.toLowerCase() === opinion.toLowerCase()) return [];
    return [{ about, deterministic: rules, model: opinion }];
  });
}

const placeWords = (path: string, line: number | null) => (line === null ? path : `${path}:${line}`);

function evidenceWords(evidence: Evidence): string {
  switch (evidence.kind) {
    case "code":
      return `${evidence.path}:${evidence.fromLine}-${evidence.toLine}`;
    case "commit":
      return evidence.hash;
    case "report":
      return evidence.field;
    case "log":
    case "issue":
      return evidence.reference;
    default:
      return evidence.id;
  }
}
