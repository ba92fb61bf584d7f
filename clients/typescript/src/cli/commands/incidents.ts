import type { Incident, IncidentQuery } from "../../types/incident.js";
import { type Call, type Command, given, show } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { limitOption, watchOption } from "../help.js";
import { pairs, table } from "../table.js";
import { ago, iso, json } from "../text.js";
import { watch } from "../watch.js";
import { footer, gather, type Listed } from "./listing.js";
import { recordFilters, recordQueryOf } from "./record-filters.js";

const list: Command = {
  name: "incidents",
  summary: "Incidents, last changed first",
  options: {
    limit: limitOption,
    all: { type: "boolean", about: "all that match, page after page" },
    ...recordFilters,
    status: { type: "string", value: "STATUS", about: "a status, drafted or held" },
    watch: watchOption,
  },
  examples: [
    "incident-monitor incidents --severity critical",
    "incident-monitor incidents --watch",
    "incident-monitor incidents --all --json | jq '.incidents[].incident_id'",
  ],
  run: async (call) => {
    const read = () => readIncidents(call);
    if (call.args.flag("watch")) {
      await watch(call, ["incident", "intake"], async () => {
        const listed = await read();
        return call.json ? json(answerOf(listed)) : incidentTable(call, listed);
      });
      return exitCodes.ok;
    }
    const listed = await read();
    show(call, answerOf(listed), () => incidentTable(call, listed));
    return exitCodes.ok;
  },
};

const answerOf = ({ rows, total }: Listed<Incident>) => ({ incidents: rows, count: rows.length, total });

function readIncidents(call: Call): Promise<Listed<Incident>> {
  const { args, client, io } = call;
  const query: IncidentQuery = { ...recordQueryOf(args), ...given({ status: args.text("status") }) };
  return gather(args, query, async (page) => {
    const answer = await client.incidentMonitor.listIncidents(page, { signal: io.signal });
    return { rows: answer.incidents, next: answer.next_cursor, total: answer.total };
  });
}

function incidentTable(call: Call, listed: Listed<Incident>): string {
  const { style, io } = call;
  if (listed.rows.length === 0) return "No incident matches.";
  const lines = table<Incident>(
    listed.rows,
    [
      { title: "INCIDENT", of: (row) => row.incident_id },
      { title: "RISK", of: (row) => row.risk_level ?? "-" },
      { title: "SEEN", of: (row) => `${row.occurrence_count}x`, align: "right" },
      {
        title: "LAST",
        of: (row) => ago(row.last_seen_at_ms ?? row.updated_at_ms, call.nowMs()),
        align: "right",
      },
      { title: "STATUS", of: (row) => (row.held ? `${row.status}, held` : row.status) },
      { title: "SOURCE", of: (row) => row.source ?? "-", cutTo: 8 },
      { title: "TITLE", of: (row) => row.title, cutTo: 12 },
    ],
    io.size()?.columns ?? null,
    (text, row, title) => {
      if (row === null) return style.dim(text);
      return title === "RISK" && /^(?:critical|high)/.test(row.risk_level ?? "") ? style.red(text) : text;
    },
  );
  return `${lines}\n${style.dim(footer(listed, "incident"))}`;
}

const showOne: Command = {
  name: "incidents show",
  takes: "ID",
  positionals: { min: 1, max: 1 },
  summary: "One incident, why it was grouped, and when it was seen",
  examples: ["incident-monitor incidents show failure-incident-0123456789abcdef0123456789abcdef"],
  run: async (call) => {
    const id = call.args.position(0, "ID");
    const { incidentMonitor } = call.client;
    const options = { signal: call.io.signal };
    const incident = await incidentMonitor.getIncident(id, options);
    show(call, { incident }, () => incidentText(incident));
    return exitCodes.ok;
  },
};

function incidentText(incident: Incident): string {
  return pairs([
    ["incident", incident.incident_id],
    ["title", incident.title],
    ["status", incident.held ? `${incident.status}, held` : incident.status],
    ["risk", incident.risk_level],
    ["seen", `${incident.occurrence_count}x`],
    ["first", iso(incident.first_seen_at_ms ?? incident.created_at_ms)],
    ["last", iso(incident.last_seen_at_ms ?? incident.updated_at_ms)],
    ["project", incident.project_id],
    ["source", incident.source],
    ["component", incident.component],
    ["event", incident.event_type],
    ["draft", incident.draft_id],
    ["fingerprint", incident.fingerprint],
    ["why grouped", incident.identity?.map(({ name, value }) => `${name}: ${value}`).join("\n")],
    ["blocked", incident.quality_gate?.passed === false && incident.quality_gate.missing.join(", ")],
    ["excerpt", incident.excerpt.join("\n")],
    ["last error", incident.last_error],
  ]);
}

export const incidentCommands = [list, showOne];
