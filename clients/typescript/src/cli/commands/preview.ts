import type { RoutePreview, RoutePreviewRequest } from "../../types/review.js";
import { type Call, type Command, given, show } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { readJsonObject } from "../json-file.js";
import { pairs } from "../table.js";
import { plain } from "../text.js";

const texts = {
  draft: ["ID", "of this draft", "draft_id"],
  incident: ["ID", "of this incident", "incident_id"],
  event: ["TYPE", "with this event type", "event_type"],
  source: ["NAME", "from this source", "source"],
  component: ["NAME", "in this component", "component"],
  "risk-level": ["LEVEL", "at this risk", "risk_level"],
  "risk-category": ["NAME", "of this kind of risk", "risk_category"],
  confidence: ["LEVEL", "with this confidence", "confidence"],
  "expected-destination": ["NAME", "meant for this destination", "expected_destination"],
  project: ["ID", "of this project", "project_id"],
  "log-source": ["ID", "of this log source", "log_source_id"],
} as const;

export const previewCommand: Command = {
  name: "preview",
  takes: "[FILE]",
  positionals: { min: 0, max: 1 },
  summary: "Where a record would go, why, and whether somebody must approve. Never writes",
  about: "FILE is the JSON of a route preview, - reads standard input; flags win over what it says.",
  options: {
    ...Object.fromEntries(
      Object.entries(texts).map(([name, [value, about]]) => [
        name,
        { type: "string" as const, value, about },
      ]),
    ),
    tag: { type: "string", value: "TAG", multiple: true, about: "with this route tag" },
    destination: { type: "string", value: "ID", multiple: true, about: "forced to this destination" },
    why: { type: "boolean", about: "also every route and each of its conditions" },
  },
  examples: [
    "incident-monitor preview --event ci.failed --risk-level high",
    "incident-monitor preview --draft ID --why",
    'echo \'{"report": {"title": "Import failed", "source": "import"}}\' | incident-monitor preview -',
  ],
  run: async (call) => {
    const { args, io, client } = call;
    const file = args.positionals[0];
    const base = file === undefined ? {} : await readJsonObject(file, io);
    const flags = Object.entries(texts).map(([name, [, , key]]) => [key, args.text(name)]);
    const request: RoutePreviewRequest = {
      ...base,
      ...given({
        ...Object.fromEntries(flags),
        route_tags: args.list("tag"),
        destination_ids: args.list("destination"),
      }),
    };
    const preview = await client.incidentMonitor.previewRoute(request, { signal: io.signal });
    show(call, preview, () => previewText(call, preview));
    return exitCodes.ok;
  },
};

function previewText({ style, args }: Call, preview: RoutePreview): string {
  const [winner] = preview.matches;
  const head = pairs([
    ["goes to", preview.effective_destination_ids.join(", ") || "nowhere"],
    ["route", winner?.route_name ?? winner?.route_id ?? "none"],
    ["matched by", winner?.reason],
    ["approval", preview.approval_required ? "required" : "not required"],
    ["because", (preview.approval?.because ?? []).map(({ message }) => message).join("\n")],
    ["blocked", preview.blocked && preview.blocked_reasons.join("\n")],
    ["sources", preview.source_readiness_warnings.join("\n")],
  ]);
  if (!args.flag("why")) return head;
  const trace = (preview.trace ?? []).map(({ route_name, route_id, outcome, conditions }) => {
    const lines = conditions.map(({ condition, wants, has, matched }) => {
      const text = plain(`  ${condition}: wants ${wants.join(" or ")}, has ${has ?? "nothing"}`);
      return matched ? style.green(text) : style.red(text);
    });
    return [`${plain(route_name || route_id)}: ${plain(outcome).replaceAll("_", " ")}`, ...lines].join("\n");
  });
  return [head, ...trace].join("\n\n");
}
