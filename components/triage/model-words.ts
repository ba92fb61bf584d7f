import type { ModelReportWire } from "@/lib/contracts/triage-review";

const budgets: Readonly<Record<string, string>> = {
  calls: "its calls were used up",
  input_tokens: "it may not read more",
  output_tokens: "it may not write more",
  seconds: "its time was up",
  money: "its cost was reached",
  cancelled: "the run was stopped",
};

/** What asking it came to, in a sentence. */
export function modelStanding(report: ModelReportWire): string {
  switch (report.outcome) {
    case "analysed":
      return `${report.model_id} at ${report.host} gave its opinion.`;
    case "stopped":
      return `${report.model_id} was stopped: ${budgets[report.used_up ?? ""] ?? "its budget was used up"}.`;
    case "failed":
      return `${report.model_id} gave no answer that can be used: ${report.reason?.message ?? "no reason is known."}`;
    case "refused":
      return `No model was asked: ${report.reasons?.[0]?.message ?? "it is not set up."}`;
  }
}

/** What it took, for whoever pays. */
export function modelUsage({ usage }: ModelReportWire): string {
  const calls = usage.call_count === 1 ? "1 call" : `${usage.call_count} calls`;
  const seconds = Math.round(usage.duration_ms / 100) / 10;
  const cost = usage.cost > 0 ? `, ${usage.cost.toFixed(4)} of the prices' currency` : "";
  return `${calls}, ${usage.input_tokens} tokens read, ${usage.output_tokens} written, ${seconds} s${cost}`;
}

const abouts = { file: "the file to change", commit: "the commit", risk: "the risk" } as const;
type Disagreement = NonNullable<ModelReportWire["opinion"]>["disagreements"][number];

export const disagreementWords = ({ about, deterministic, model }: Disagreement): string =>
  `On ${abouts[about]}: the rules say ${deterministic || "nothing"}, the model says ${model || "nothing"}.`;

const whys: Readonly<Record<string, string>> = {
  nothing_cited: "nothing is cited for it",
  path_not_read: "it cites a file that it never read",
  lines_not_read: "it cites lines that it never read",
  commit_not_read: "it cites a commit that it never read",
  record_not_known: "it cites a record that nobody knows",
  label_not_known: "it is no label that triage gives",
};

export const unsupportedWords = (because: ReadonlyArray<{ code: string }>): string =>
  [...new Set(because.map(({ code }) => whys[code] ?? "its evidence does not hold"))].join("; ");
