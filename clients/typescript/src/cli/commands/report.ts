import type { Submission } from "../../types/draft.js";
import { type Args, type Call, type Command, given, type Option, show } from "../command.js";
import { exitCodes, UsageError } from "../exit-codes.js";
import { isObject, readJsonObject } from "../json-file.js";
import { pairs } from "../table.js";

/** A flag for each field people fill in by hand; a file can say the rest. */
const fields = {
  title: ["TEXT", "what failed, in one line"],
  detail: ["TEXT", "what happened"],
  source: ["NAME", "who saw it: ci, billing, ..."],
  event: ["TYPE", "what kind of failure: ci.failed, ..."],
  level: ["LEVEL", "error, warn, ..."],
  component: ["NAME", "the part that failed"],
  "risk-level": ["LEVEL", "low, medium, high or critical"],
  "risk-category": ["NAME", "what kind of risk"],
  confidence: ["LEVEL", "low, medium or high"],
  fingerprint: ["TEXT", "your own identity of this failure"],
  "run-id": ["ID", "of the run that failed"],
  "session-id": ["ID", "of the session"],
  "correlation-id": ["ID", "to follow it through other systems"],
  "file-name": ["PATH", "where it failed"],
  process: ["NAME", "the process that failed"],
  repo: ["OWNER/REPO", "whose code it is"],
  actor: ["NAME", "who or what acted"],
  "tool-name": ["NAME", "the tool that was used"],
} as const;

const lists = {
  excerpt: ["LINE", "a line of the log"],
  "evidence-ref": ["REF", "where evidence lies"],
} as const;

const options: Record<string, Option> = {
  ...optionsOf(fields),
  ...Object.fromEntries(
    Object.entries(optionsOf(lists)).map(([name, each]) => [name, { ...each, multiple: true as const }]),
  ),
  project: { type: "string", value: "ID", about: "report with the scoped key of this project" },
  "source-id": { type: "string", value: "ID", about: "with --project: the log source it came from" },
  "intake-key-file": {
    type: "string",
    value: "FILE",
    about: "with --project: a file with the key (or INCIDENT_MONITOR_INTAKE_KEY)",
  },
  "idempotency-key": { type: "string", value: "KEY", about: "sending it twice counts once" },
};

export const reportCommand: Command = {
  name: "report",
  takes: "[FILE]",
  positionals: { min: 0, max: 1 },
  summary: "Report a failure. Creates intake, never an outside effect",
  about:
    "FILE is a JSON report, - reads standard input; flags win over what it says. The same failure is counted, not filed again.",
  options,
  examples: [
    'incident-monitor report --title "Smoke test failed" --detail "exit code 1" --source ci --event ci.failed --level error',
    'jq -n \'{title: "Import failed", detail: $log}\' --arg log "$(tail -20 import.log)" | incident-monitor report - --source import',
    "INCIDENT_MONITOR_INTAKE_KEY=... incident-monitor report failure.json --project shop",
  ],
  run: async (call) => {
    const report = await submissionOf(call);
    const key = call.args.text("idempotency-key");
    const options = { signal: call.io.signal, ...(key && { idempotencyKey: key }) };
    const project = call.args.text("project");
    if (!project && call.args.text("source-id")) throw new UsageError("--source-id goes with --project");
    if (project && !call.intakeKey)
      throw new UsageError(
        "--project reports with a scoped key: set INCIDENT_MONITOR_INTAKE_KEY or give --intake-key-file",
      );
    const source = call.args.text("source-id");
    const { incidentMonitor } = call.client;
    const answer = project
      ? await incidentMonitor.reportWithKey(
          { project_id: project, ...(source && { source_id: source }), report },
          options,
        )
      : await incidentMonitor.report(report, options);
    const incidentId =
      "incident" in answer && isObject(answer.incident) ? answer.incident.incident_id : answer.incident_id;
    show(call, answer, () =>
      pairs([
        ["outcome", outcomeOf(answer)],
        ["incident", typeof incidentId === "string" && incidentId],
        ["draft", answer.draft?.draft_id],
        ["status", answer.draft?.status],
      ]),
    );
    return exitCodes.ok;
  },
};

function outcomeOf(answer: { outcome?: string; suppressed?: unknown; held?: boolean }): string {
  const notes = [answer.suppressed === true && "known already", answer.held && "held: paused or disabled"];
  return [answer.outcome ?? "accepted", ...notes.filter(Boolean)].join(", ");
}

async function submissionOf({ args, io }: Call): Promise<Submission> {
  const file = args.positionals[0];
  const read = file === undefined ? {} : await readJsonObject(file, io);
  const base = isObject(read.report) ? read.report : read;
  const report = { ...base, ...fromFlags(args) };
  if (Object.keys(report).length === 0)
    throw new UsageError("nothing to report: give --title and --detail, a FILE, or - for standard input");
  return report;
}

function fromFlags(args: Args): Record<string, unknown> {
  const texts = Object.keys(fields).map((name) => [name.replaceAll("-", "_"), args.text(name)]);
  return given({
    ...Object.fromEntries(texts),
    excerpt: args.list("excerpt"),
    evidence_refs: args.list("evidence-ref"),
  });
}

function optionsOf(table: Record<string, readonly [string, string]>): Record<string, Option> {
  return Object.fromEntries(
    Object.entries(table).map(([name, [value, about]]) => [name, { type: "string", value, about }]),
  );
}
