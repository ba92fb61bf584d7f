import type { BackfillResponse, LogSourceHealth, RereadPlan } from "../../types/log-source.js";
import { type Call, type Command, given, show } from "../command.js";
import { exitCodes, UsageError } from "../exit-codes.js";
import { pairs, table } from "../table.js";
import { ago, iso, plain, plural } from "../text.js";

const yesOption = { type: "boolean", short: "y", about: "do not ask" } as const;
const dryOption = { type: "boolean", about: "say what would happen, and change nothing" } as const;
const named = { takes: "PROJECT SOURCE", positionals: { min: 2, max: 2 } } as const;
const namesOf = ({ args }: Call) => [args.position(0, "PROJECT"), args.position(1, "SOURCE")] as const;

const list: Command = {
  name: "sources",
  summary: "How every watched log stands, and what to do about those that are not well",
  options: {
    project: { type: "string", value: "ID", about: "of one project" },
    state: { type: "string", value: "STATE", about: "unreadable, quarantining, silent, behind, ..." },
  },
  examples: ["incident-monitor sources", "incident-monitor sources --state unreadable --json"],
  run: async (call) => {
    const { args, client, io } = call;
    const query = given({ project: args.text("project"), state: args.text("state") });
    const answer = await client.incidentMonitor.listLogSourceHealth(query, { signal: io.signal });
    show(call, answer, () => sourceTable(call, answer.sources));
    return exitCodes.ok;
  },
};

function sourceTable({ style, io, nowMs }: Call, sources: readonly LogSourceHealth[]): string {
  if (sources.length === 0) return "No log source matches.";
  const rows = table<LogSourceHealth>(
    sources,
    [
      { title: "PROJECT", of: (row) => row.project_id, cutTo: 8 },
      { title: "SOURCE", of: (row) => row.source_id, cutTo: 8 },
      { title: "STATE", of: (row) => row.state },
      { title: "LAG", of: (row) => sizeOf(row.lag_bytes), align: "right" },
      { title: "RECORD", of: (row) => ago(row.last_record_at_ms, nowMs()), align: "right" },
      { title: "FOUND", of: (row) => String(row.total_candidates), align: "right" },
      { title: "PATH", of: (row) => row.path, cutTo: 12 },
    ],
    io.size()?.columns ?? null,
    (text, row, title) => {
      if (row === null) return style.dim(text);
      return title === "STATE" && isTrouble(row) ? style.red(text) : text;
    },
  );
  const advice = sources
    .filter((row) => isTrouble(row) && row.advice)
    .map((row) => plain(`${row.project_id}/${row.source_id}: ${row.last_error ?? row.state}. ${row.advice}`));
  return [rows, ...advice].join("\n");
}

const isTrouble = ({ state }: LogSourceHealth) => ["unreadable", "quarantining", "silent"].includes(state);

function sizeOf(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const at = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${at === 0 ? bytes : (bytes / 1_000 ** at).toFixed(1)} ${units[at]}`;
}

const reset: Command = {
  ...named,
  name: "sources reset",
  summary: "Read a log from its beginning again, after saying what that comes to",
  about: "Lines that were counted are not counted again.",
  options: { yes: yesOption, "dry-run": dryOption },
  examples: ["incident-monitor sources reset shop api", "incident-monitor sources reset shop api --dry-run"],
  run: async (call) => {
    const [projectId, sourceId] = namesOf(call);
    const { incidentMonitor } = call.client;
    const { signal } = call.io;
    const planned = await incidentMonitor.resetLogSourceOffset(projectId, sourceId, { signal, dryRun: true });
    const words = planned.plan
      ? planText(planned.plan)
      : "There is no file yet: it is read once it is there.";
    if (call.args.flag("dry-run")) {
      show(call, planned, () => words);
      return exitCodes.ok;
    }
    if (!(await agreed(call, words, `Read ${projectId}/${sourceId} from its beginning`)))
      return exitCodes.failed;
    const done = await incidentMonitor.resetLogSourceOffset(projectId, sourceId, { signal });
    show(call, done, () => `Reset: ${projectId}/${sourceId} is read from offset ${done.state.offset}.`);
    return exitCodes.ok;
  },
};

function planText(plan: RereadPlan): string {
  const most = plan.partial ? " (only the beginning was looked at)" : "";
  return [
    `Re-reads ${sizeOf(plan.bytes)}, ${plural(plan.lines, "line")}${most}: ${plural(plan.candidates, "failure")}.`,
    `${plan.already_counted} counted before, ${plan.merged} of known incidents, ${plan.new_incidents} new.`,
  ].join("\n");
}

/** Shows what would happen and asks, unless told not to. */
async function agreed(call: Call, words: string, question: string): Promise<boolean> {
  if (call.args.flag("yes")) return true;
  const { io } = call;
  if (!io.confirm) throw new UsageError("nobody can be asked here: give --yes");
  io.err(`${plain(words, { lines: true })}\n\n`);
  if (await io.confirm(`${question} at ${call.url}?`)) return true;
  io.err("Nothing was changed.\n");
  return false;
}

const replay: Command = {
  ...named,
  name: "sources replay",
  summary: "Count the newest failure of a log once more, after saying which it is",
  about: "Refused unless the very bytes are where they were and still say the same.",
  options: { yes: yesOption, "dry-run": dryOption },
  examples: ["incident-monitor sources replay shop api"],
  run: async (call) => {
    const [projectId, sourceId] = namesOf(call);
    const { incidentMonitor } = call.client;
    const { signal } = call.io;
    const planned = await incidentMonitor.replayLatestLogSourceCandidate(projectId, sourceId, {
      signal,
      dryRun: true,
    });
    const { plan, incident } = planned;
    const words = pairs([
      ["incident", plan.incident_id],
      ["title", plan.title],
      ["seen", `${incident.occurrence_count}x, last ${iso(plan.received_at_ms)}`],
      ["bytes", `${plan.offset_start}-${plan.offset_end}`],
      ["excerpt", plan.excerpt.join("\n")],
    ]);
    if (call.args.flag("dry-run")) {
      show(call, planned, () => words);
      return exitCodes.ok;
    }
    if (!(await agreed(call, words, "Count it once more"))) return exitCodes.failed;
    const done = await incidentMonitor.replayLatestLogSourceCandidate(projectId, sourceId, { signal });
    show(call, done, () => `Counted once more: ${done.plan.incident_id}.`);
    return exitCodes.ok;
  },
};

const backfill: Command = {
  ...named,
  name: "sources backfill",
  summary: "Take in the failures of a range of time from a log and its rotated files",
  about:
    "Times are ISO 8601 with a zone, or epoch milliseconds. Lines that were counted are not counted again.",
  options: {
    from: { type: "string", value: "TIME", about: "from this moment (needed)" },
    to: { type: "string", value: "TIME", about: "until just before this one; now unless told" },
    "dry-run": dryOption,
  },
  examples: [
    "incident-monitor sources backfill shop api --from 2026-06-29T00:00:00Z --dry-run",
    "incident-monitor sources backfill shop api --from 2026-06-29T00:00:00Z --to 2026-06-30T00:00:00Z",
  ],
  run: async (call) => {
    const [projectId, sourceId] = namesOf(call);
    const { args, client, io } = call;
    const to = args.text("to");
    const range = {
      from_ms: timeOf("from", args.required("from")),
      to_ms: to === undefined ? call.nowMs() : timeOf("to", to),
    };
    const options = { signal: io.signal, dryRun: args.flag("dry-run") };
    let cursor: string | undefined;
    let sum: BackfillResponse | null = null;
    do {
      const input = { ...range, ...given({ cursor }) };
      const answer = await client.incidentMonitor.backfillLogSource(projectId, sourceId, input, options);
      sum = sum ? added(sum, answer) : answer;
      // A cursor that does not move would be followed for ever.
      cursor = answer.next_cursor === cursor ? undefined : answer.next_cursor;
    } while (cursor !== undefined);
    const total = sum;
    show(call, total, () => backfillText(total));
    return exitCodes.ok;
  },
};

function added(sum: BackfillResponse, more: BackfillResponse): BackfillResponse {
  const { next_cursor: _, ...last } = more;
  return {
    ...last,
    files: [...sum.files, ...more.files],
    bytes: sum.bytes + more.bytes,
    lines: sum.lines + more.lines,
    candidates: sum.candidates + more.candidates,
    already_counted: sum.already_counted + more.already_counted,
    merged: sum.merged + more.merged,
    new_incidents: sum.new_incidents + more.new_incidents,
    untimed: sum.untimed + more.untimed,
    ...given({ next_cursor: more.next_cursor }),
  };
}

function backfillText(sum: BackfillResponse): string {
  const skipped = sum.files
    .filter((file) => file.skipped)
    .map((file) => plain(`! ${file.path}: ${file.skipped}`));
  const untimed = sum.untimed > 0 ? [`! ${plural(sum.untimed, "failure")} without a time left out`] : [];
  return [
    ...(sum.dry_run ? ["Nothing was changed; this is what it would come to."] : []),
    `Read ${sizeOf(sum.bytes)}, ${plural(sum.lines, "line")}: ${plural(sum.candidates, "failure")} of the range.`,
    `${sum.already_counted} counted before, ${sum.merged} of known incidents, ${sum.new_incidents} new.`,
    ...skipped,
    ...untimed,
  ].join("\n");
}

function timeOf(name: string, text: string): number {
  const ms = /^\d{1,16}$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isSafeInteger(ms) || ms < 0) throw new UsageError(`--${name}: "${text}" is not a time`);
  return ms;
}

const evidence: Command = {
  name: "evidence",
  takes: "REFERENCE",
  positionals: { min: 1, max: 1 },
  summary: "What a tandem:// reference of a record names, redacted as it was kept",
  examples: ["incident-monitor evidence 'tandem://incident-monitor/shop/logs/api#offset=10-250'"],
  run: async (call) => {
    const reference = call.args.position(0, "REFERENCE");
    const found = await call.client.incidentMonitor.getEvidence(reference, { signal: call.io.signal });
    show(call, found, () =>
      pairs([
        ["reference", found.evidence.reference],
        ["incident", found.evidence.incident_id],
        ["kept", iso(found.evidence.created_at_ms)],
        ["sha256", `${found.evidence.sha256}${found.evidence.verified ? "" : "   (does not match)"}`],
        ["content", JSON.stringify(found.evidence.content, null, 2)],
      ]),
    );
    return found.evidence.verified ? exitCodes.ok : exitCodes.failed;
  },
};

export const sourceCommands = [list, reset, replay, backfill, evidence];
