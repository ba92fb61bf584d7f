import type { RoutePreview } from "../../types/review.js";
import { type Call, type Command, show } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { compare, type GoldenCase, type Mismatch, parseGolden } from "../golden.js";
import { readJson } from "../json-file.js";
import { json, plain, plural } from "../text.js";

export const routesTestCommand: Command = {
  name: "routes test",
  takes: "FILE",
  positionals: { min: 1, max: 1 },
  summary: "Hold the routing to golden cases: given these failures, these destinations and approvals",
  about: `Asks the server's route preview for every case and writes nothing. Ends with 4 when one differs. FILE:

  { "cases": [ { "name": "critical payments wait for a person",
      "given": { "component": "payments", "risk_level": "critical" },
      "expect": { "destinations": ["pager", "github"], "approval_required": true } } ] }

given is a route preview's request (draft_id, report, event_type, source, component, risk_level, route_tags, ...). expect
names at least one of destinations (any order), approval_required, blocked, route (an id, or null for the defaults),
blocked_codes.`,
  examples: [
    "incident-monitor routes test routes.golden.json",
    "incident-monitor config apply config.json --yes && incident-monitor routes test routes.golden.json",
  ],
  run: async (call) => {
    const file = call.args.position(0, "FILE");
    const cases = parseGolden(await readJson(file, call.io), file);
    const results: Result[] = [];
    for (const each of cases) {
      const preview = await call.client.incidentMonitor.previewRoute(each.given, { signal: call.io.signal });
      results.push({ golden: each, preview, mismatches: compare(each.expect, preview) });
    }
    const failed = results.filter(({ mismatches }) => mismatches.length > 0);
    show(call, answerOf(results, failed.length), () => resultText(call, results, failed.length));
    return failed.length > 0 ? exitCodes.differs : exitCodes.ok;
  },
};

type Result = { golden: GoldenCase; preview: RoutePreview; mismatches: Mismatch[] };

const answerOf = (results: readonly Result[], failed: number) => ({
  passed: results.length - failed,
  failed,
  cases: results.map(({ golden, mismatches }) => ({
    name: golden.name,
    passed: mismatches.length === 0,
    mismatches,
  })),
});

function resultText(call: Call, results: readonly Result[], failed: number): string {
  const lines = results.map((each) => caseText(call, each));
  const count = `${plural(results.length - failed, "case")} held, ${failed} differ`;
  return [...lines, "", failed > 0 ? call.style.red(count) : call.style.green(count)].join("\n");
}

function caseText({ style }: Call, { golden, preview, mismatches }: Result): string {
  if (mismatches.length === 0) return `${style.green("ok  ")}  ${plain(golden.name)}`;
  const width = Math.max(...mismatches.map(({ what }) => what.length));
  const lines = mismatches.flatMap(({ what, expected, got }) => [
    `      ${what.padEnd(width)}  ${style.green(`expected ${json(expected)}`)}`,
    `      ${" ".repeat(width)}  ${style.red(`got      ${json(got)}`)}`,
  ]);
  return [`${style.red("FAIL")}  ${plain(golden.name)}`, ...lines, ...why(preview)].join("\n");
}

/** Enough to see which rule to look at. */
function why({ matches, approval, blocked, blocked_reasons }: RoutePreview): string[] {
  const [winner] = matches;
  const route = winner?.route_id
    ? `route ${winner.route_id} won (${winner.reason ?? "no reason given"})`
    : `no route matched: ${winner?.reason ?? "no destination"}`;
  const because = (approval?.because ?? []).map(({ message }) => message);
  return [route, ...because, ...(blocked ? blocked_reasons : [])].map((line) => `      ${plain(line)}`);
}
