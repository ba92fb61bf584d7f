// Grouping: how often the lines of one message template, and the traces of one failure, share an identity and no other's
// do. On lines and traces written for this project; with --loghub on the public data sets of that name, whose
// `*_structured.csv` (columns Content and EventId) are looked for in the folder. No server and no build needed.
//
//   node bench/grouping.mjs [--lines 200] [--traces 200] [--seed 1] [--loghub FOLDER]
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { importBundled } from "./support/bundled.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";

const lineCount = Number(flag("lines", 200));
const traceCount = Number(flag("traces", 200));
const seed = Number(flag("seed", 1));
const folder = flag("loghub", null);
const goal = 0.85;

const product = await importBundled(
  "grouping",
  `export { fingerprintOf } from "@/lib/domain/fingerprint";
   export { messageTemplate } from "@/lib/domain/message-template";
   export { groupingAccuracy, lineMaker, logTemplates, seededRandom } from "@/lib/testing/log-corpus";
   export { traceMakers, traceVariation } from "@/lib/testing/trace-corpus";`,
);
const { groupingAccuracy } = product;
const origin = { projectId: "shop", logSourceId: "api", repo: "acme/shop" };
const report = (fields) => ({
  ...{ excerpt: [], evidenceRefs: [], externalCorrelationIds: [], attributes: {} },
  ...fields,
});
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const identityOf = (fields) => product.fingerprintOf(report(fields), origin, sha256).value;
const shown = (accuracy) => accuracy.toFixed(3);
const mean = (figures) => figures.reduce((sum, figure) => sum + figure, 0) / figures.length;

console.log(describeMachine());
const systems = Object.entries(product.logTemplates).map(([system, templates]) => {
  const make = product.lineMaker(product.seededRandom(seed));
  const lines = templates.flatMap((template) =>
    Array.from({ length: lineCount }, () => ({ template, line: make(template) })),
  );
  return [
    system,
    templates.length,
    lines.length,
    groupingAccuracy(lines, (line) => identityOf({ title: line })),
  ];
});
console.log("\nLines of logs, by system");
printTable([
  ["system", "templates", "lines", "grouping accuracy"],
  ...systems.map(([system, templates, lines, { accuracy }]) => [system, templates, lines, shown(accuracy)]),
  ["mean", "", "", shown(mean(systems.map(([, , , { accuracy }]) => accuracy)))],
]);

/** Failures of one language that differ in type, function or module, each with everything else varied. */
function tracesOf(make) {
  const random = product.seededRandom(seed);
  const failures = ["Declined", "Expired"].flatMap((type) =>
    ["charge", "refund"].flatMap((method) => ["pay", "stock"].map((module) => ({ type, method, module }))),
  );
  return failures.flatMap((failure) =>
    Array.from({ length: traceCount }, () => ({
      template: JSON.stringify(failure),
      line: make(failure, product.traceVariation(random)),
    })),
  );
}
const languages = Object.entries(product.traceMakers).map(([language, make]) => {
  const traces = tracesOf(make);
  return [language, traces.length, groupingAccuracy(traces, (trace) => identityOf({ detail: trace }))];
});
console.log("\nStack traces, by language: 8 failures each");
printTable([
  ["language", "traces", "grouping accuracy"],
  ...languages.map(([language, traces, { accuracy }]) => [language, traces, shown(accuracy)]),
  ["mean", "", shown(mean(languages.map(([, , { accuracy }]) => accuracy)))],
]);

const wrong = [...systems, ...languages].flatMap((row) => row.at(-1).wrong.map((each) => [row[0], each]));
for (const [where, { template, groups }] of wrong.slice(0, 20)) {
  console.log(`wrong in ${where}: ${template}\n  ${groups.length} groups`);
}

/** Microseconds of one core for one identity, the best of some rounds: what is left when others use the machine too. */
function costOf(make) {
  const reports = Array.from({ length: 60 }, (_, n) => make(n));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 12; round++) {
    const before = process.cpuUsage().user;
    for (let n = 0; n < 4_000; n++) product.fingerprintOf(reports[n % 60], origin, sha256);
    best = Math.min(best, (process.cpuUsage().user - before) / 4_000);
  }
  return best.toFixed(1);
}
const frame = (n, i) =>
  i % 3 === 2
    ? `    at Layer.handle (/srv/app/node_modules/express/lib/router.js:${n + i}:5)`
    : `    at async settleBatch${i} (/srv/app/src/settle/batch.ts:${n + i}:41)`;
const detail = "The batch stopped after item twelve of today's settlement run; ".repeat(12);
const rowOf = (n, i) => `2026-06-29 12:00:0${i % 10} INFO worker ${i} picked job ${n * i} from queue orders`;
const title = (n) => `TypeError: Cannot read properties of undefined (reading 'amount') of order ${n}`;
console.log("\nOne identity");
printTable([
  ["of", "µs of a core"],
  ...[
    ["a 2 KB report with a trace", (n, i) => frame(n, i)],
    ["a 2 KB report with lines of a log", (n, i) => rowOf(n, i)],
  ].map(([name, row]) => [
    name,
    costOf((n) =>
      report({ title: title(n), detail, excerpt: Array.from({ length: 14 }, (_, i) => row(n, i)) }),
    ),
  ]),
]);

/** The rows of a CSV file; quoted fields may hold commas, quotes and line ends. */
function* rowsOf(text) {
  let row = [];
  for (const [, quoted, bare = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === ",") continue;
    if (row.length > 1) yield row;
    row = [];
  }
}

if (folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith("_structured.csv"));
  const sets = files.map((file) => {
    const [head, ...rows] = rowsOf(readFileSync(path.join(folder, file), "utf8"));
    const [content, event] = [head.indexOf("Content"), head.indexOf("EventId")];
    const lines = rows.map((row) => ({ template: row[event], line: row[content] }));
    return [
      path.basename(file),
      lines.length,
      groupingAccuracy(lines, (line) => product.messageTemplate(line)).accuracy,
    ];
  });
  console.log("\nLogHub, all lines");
  printTable([
    ["data set", "lines", "grouping accuracy"],
    ...sets.map(([name, lines, accuracy]) => [name, lines, shown(accuracy)]),
    ["mean", "", shown(mean(sets.map(([, , accuracy]) => accuracy)))],
  ]);
}
const figures = [...systems, ...languages].map((row) => row.at(-1).accuracy);
if (Math.min(...figures) < goal) {
  console.error(`A system or a language is below ${goal}.`);
  process.exitCode = 1;
}
