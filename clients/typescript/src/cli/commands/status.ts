import type { DestinationReadiness, SourceReadiness, Status } from "../../types/status.js";
import { type Call, type Command, show } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { watchOption } from "../help.js";
import { pairs, table } from "../table.js";
import { ago, json, plural } from "../text.js";
import { watch } from "../watch.js";

export const statusCommand: Command = {
  name: "status",
  summary: "What is ready, what waits, what is wrong and what to do",
  options: { watch: watchOption },
  examples: [
    "incident-monitor status",
    "incident-monitor status --watch",
    "incident-monitor status --json | jq .status.readiness",
  ],
  run: async (call) => {
    const read = () => call.client.incidentMonitor.getStatus({ signal: call.io.signal });
    if (call.args.flag("watch")) {
      await watch(call, ["incident", "draft", "delivery", "config", "intake"], async () => {
        const answer = await read();
        return call.json ? json(answer) : statusText(call, answer.status);
      });
      return exitCodes.ok;
    }
    const answer = await read();
    show(call, answer, () => statusText(call, answer.status));
    return exitCodes.ok;
  },
};

function statusText(call: Call, status: Status): string {
  const { style, io } = call;
  const columns = io.size()?.columns ?? null;
  const { config, readiness, runtime, log_watcher: watcher } = status;
  const state = !config.enabled
    ? style.yellow("disabled: reports are taken in and held")
    : config.paused
      ? style.yellow("paused: reports are taken in and held")
      : style.green("monitoring");
  const missing = Object.keys(readiness).filter((key) => key.endsWith("_ready") && !readiness[key]);
  const head = [
    `server       ${call.url}`,
    `state        ${state}`,
    pairs([
      ["not ready  ", missing.map((key) => key.replace(/_ready$/, "")).join(", ")],
      ["incidents  ", `${runtime.total_incidents}, ${runtime.pending_incidents} pending`],
      ["drafts     ", `${status.pending_drafts} wait for approval`],
      ["deliveries ", `${status.pending_posts} not ended`],
      ["log sources", watcher.running && `${plural(watcher.enabled_sources, "source")} watched`],
      ["last change", `${ago(status.last_activity_at_ms, call.nowMs())}`],
      ["last error ", status.last_error],
    ]),
  ].join("\n");
  return [head, destinationTable(call, status, columns), sourceTable(call, status.source_readiness, columns)]
    .filter((each) => each !== "")
    .join("\n\n");
}

function destinationTable({ style }: Call, status: Status, columns: number | null): string {
  if (status.destination_readiness.length === 0) return "No destination is configured.";
  const wordOf = (row: DestinationReadiness) =>
    !row.enabled ? "off" : row.publish_ready ? "ready" : "blocked";
  return table<DestinationReadiness>(
    status.destination_readiness,
    [
      { title: "DESTINATION", of: (row) => row.destination_id, cutTo: 12 },
      { title: "KIND", of: (row) => row.kind },
      { title: "STATE", of: wordOf },
      { title: "APPROVAL", of: (row) => (row.requires_approval ? "always" : "by rule") },
      { title: "WHY NOT", of: (row) => row.detail ?? row.missing.join(", "), cutTo: 16 },
    ],
    columns,
    (text, row, title) => {
      if (row === null) return style.dim(text);
      if (title !== "STATE" || !row.enabled) return text;
      return row.publish_ready ? style.green(text) : style.red(text);
    },
  );
}

function sourceTable({ style }: Call, rows: readonly SourceReadiness[], columns: number | null): string {
  if (rows.length === 0) return "";
  return table<SourceReadiness>(
    rows,
    [
      { title: "PROJECT", of: (row) => row.project_id, cutTo: 12 },
      { title: "SOURCE", of: (row) => row.source_id ?? "-", cutTo: 12 },
      { title: "STATE", of: (row) => (!row.enabled ? "off" : row.ready ? "ready" : "gaps") },
      { title: "MISSING", of: (row) => row.missing.join(", "), cutTo: 16 },
    ],
    columns,
    (text, row) => (row === null ? style.dim(text) : text),
  );
}
