// Redaction: how much text a core gets through, how many planted secrets come out of it, and how much harmless text is
// damaged. Secrets and harmless texts are generated, none is real; the rules were written against the development seeds,
// the held-out ones only measure. MiB per second of CPU time, so that other work on the machine changes little.
//
//   node bench/redaction.mjs [--mib 8] [--rounds 5] [--seeds 20]
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { importBundled } from "./support/bundled.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";

const mib = Number(flag("mib", 8));
const rounds = Number(flag("rounds", 5));
const seedCount = Number(flag("seeds", 20));
const goal = { mibPerSecond: 50, recall: 0.99, damage: 0.01 };

const product = await importBundled(
  "redaction",
  `export { redactText } from "@/lib/redaction/redact-text";
   export { redactFields } from "@/lib/redaction/redact-fields";
   export { builtInProfiles, profileNamed } from "@/lib/redaction/profiles";
   export { plantedSecrets } from "@/lib/redaction/corpus/planted";
   export { harmlessTexts } from "@/lib/redaction/corpus/harmless";
   export { lineMaker, logTemplates, seededRandom } from "@/lib/testing/log-corpus";
   export { traceMakers, traceVariation } from "@/lib/testing/trace-corpus";`,
);
const { standard, strict } = product.builtInProfiles;
const own = product.profileNamed("own", {
  redactionProfiles: [
    {
      ...{ profileId: "own", personalData: ["email"], allowedValues: ["@example.com"] },
      patterns: [{ name: "patient", pattern: "PAT-[0-9]{6}" }],
    },
  ],
});
const seedsOf = (first) => Array.from({ length: seedCount }, (_, index) => first + index * 7_919);
const seedSets = { development: seedsOf(20_260_105), "held out": seedsOf(900_000_001) };
const percent = (share) => `${(share * 100).toFixed(3)} %`;

/** As it is, within a JSON log line, and within JSON within JSON: how text reaches the product. */
const inJson = (text) => JSON.stringify({ level: "info", msg: text, id: 1 });
const escaped = (text) => JSON.stringify(text).slice(1, -1);
const wrappings = [
  [(text) => text, (secret) => secret],
  [inJson, escaped],
  [(text) => inJson(inJson(text)), (secret) => escaped(escaped(secret))],
];

/** A format's name without where it was put: "github personal in …" is "github personal". */
const formatOf = (name) => name.replace(/ in ".*"$/s, "");

async function recallOf(seeds) {
  const byFormat = new Map();
  for (const seed of seeds) {
    const cases = product
      .plantedSecrets(seed)
      .flatMap(({ name, text, secrets }) =>
        wrappings.map(([wrap, within]) => ({ name, text: wrap(text), secrets: secrets.map(within) })),
      );
    const redacted = await product.redactFields(
      cases.map(({ text }) => ({ text })),
      { structural: [] },
      standard,
    );
    cases.forEach(({ name, text, secrets }, index) => {
      const format = formatOf(name);
      const counted = byFormat.get(format) ?? { total: 0, found: 0, ruleFound: 0 };
      const clean = (left) => !secrets.some((secret) => left.includes(secret));
      counted.total += 1;
      counted.found += clean(redacted[index].value.text) ? 1 : 0;
      counted.ruleFound += clean(product.redactText(text, standard).text) ? 1 : 0;
      byFormat.set(format, counted);
    });
  }
  return byFormat;
}

async function damageOf(seeds, profile) {
  let total = 0;
  let damaged = 0;
  const examples = new Set();
  for (const seed of seeds) {
    const texts = product.harmlessTexts(seed);
    const redacted = await product.redactFields(
      texts.map((text) => ({ text })),
      { structural: [] },
      profile,
    );
    texts.forEach((text, index) => {
      total += 1;
      if (redacted[index].value.text === text) return;
      damaged += 1;
      examples.add(text);
    });
  }
  return { total, damaged, examples: [...examples] };
}

function sum(counts, key) {
  return [...counts.values()].reduce((total, each) => total + each[key], 0);
}

// ---- how much text a core gets through

const random = product.seededRandom(11);
const pick = (list) => list[Math.floor(random() * list.length)];
const makeLine = product.lineMaker(random);
const templates = Object.values(product.logTemplates).flat();
const line = () => makeLine(pick(templates));
const makers = Object.values(product.traceMakers);
const failure = { type: "Declined", method: "charge", module: "pay" };
const trace = () => pick(makers)(failure, product.traceVariation(random));
const hex = (length) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");

function codeFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "generated") return [];
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return codeFiles(file);
    return entry.name.endsWith(".ts") ? [readFileSync(file, "utf8")] : [];
  });
}
const code = codeFiles(new URL("../lib/domain", import.meta.url).pathname);

const kinds = {
  "lines of logs": () => Array.from({ length: 20 }, line).join("\n"),
  "lines of JSON logs": () =>
    Array.from({ length: 12 }, () =>
      JSON.stringify({
        time: "2026-06-29T12:00:00.123Z",
        level: "error",
        trace_id: hex(32),
        msg: line(),
        status: 500,
      }),
    ).join("\n"),
  "stack traces": () => `${line()}\n${trace()}`,
  "reports in JSON": () =>
    JSON.stringify({
      ...{ title: line(), detail: trace(), source: "payments", event: "settlement.failed", level: "error" },
      ...{
        excerpt: Array.from({ length: 6 }, line),
        evidence_refs: [`https://ci.example.com/runs/${hex(12)}`],
      },
      ...{ run_id: hex(16), correlation_id: hex(32), component: "settle", risk_level: "high" },
    }),
  code: () => pick(code).slice(0, 8_000),
};
const bytesOf = (texts) => texts.reduce((total, text) => total + Buffer.byteLength(text), 0);

function textsOf(make, bytes) {
  const texts = [];
  for (let size = 0; size < bytes; ) {
    const text = make();
    texts.push(text);
    size += text.length;
  }
  return texts;
}

/** MiB per second of this process's CPU time, of each round. */
function rateOf(texts, work) {
  const size = bytesOf(texts) / 2 ** 20;
  return Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    for (const text of texts) work(text);
    const { user, system } = process.cpuUsage(before);
    return size / ((user + system) / 1e6);
  }).sort((left, right) => left - right);
}
const median = (figures) => figures[Math.floor(figures.length / 2)];

console.log(describeMachine());

const secretAt = product.plantedSecrets(5);
const share = (mib * 2 ** 20) / Object.keys(kinds).length;
const sets = Object.entries(kinds).map(([name, make]) => [name, textsOf(make, share)]);
const mix = sets.flatMap(([, texts]) => texts);
const withSecrets = mix.map((text, index) =>
  index % 20 === 0 ? `${text}\n${secretAt[index % secretAt.length].text}` : text,
);
const by = (profile) => (text) => product.redactText(text, profile);
const timed = [
  ...sets.map(([name, texts]) => [name, "standard", texts, by(standard)]),
  ["all of them", "standard", mix, by(standard)],
  ["all, a secret in each 20th", "standard", withSecrets, by(standard)],
  ["all of them", "strict", mix, by(strict)],
  ["all of them", "one pattern of its own", mix, by(own)],
  ["beside it: JSON of the same, made and read", "", mix, (text) => JSON.parse(JSON.stringify(text))],
];
console.log(`\nThroughput of one core, ${mib} MiB, ${rounds} rounds`);
const rates = timed.map(([name, profile, texts, work]) => {
  rateOf(texts.slice(0, 200), work);
  return { name, profile, rates: rateOf(texts, work) };
});
printTable([
  ["texts", "profile", "MiB per CPU second, median", "slowest round"],
  ...rates.map((row) => [row.name, row.profile, median(row.rates).toFixed(1), row.rates[0].toFixed(1)]),
]);

console.log("\nRecall: planted secrets of which no piece is left");
const recall = {};
for (const [name, seeds] of Object.entries(seedSets)) recall[name] = await recallOf(seeds);
const rows = Object.entries(recall).map(([name, counts]) => [
  ...[name, counts.size, sum(counts, "total")],
  percent(sum(counts, "ruleFound") / sum(counts, "total")),
  percent(sum(counts, "found") / sum(counts, "total")),
]);
printTable([["seeds", "formats", "texts", "by our rules", "with the second net"], ...rows]);
const missed = [...recall["held out"]].filter(([, { total, found }]) => found < total);
console.log(
  missed.length === 0
    ? "Every format at 100 %."
    : `Formats below 100 %: ${missed.map(([format, { total, found }]) => `${format} ${percent(found / total)}`).join(", ")}`,
);

console.log("\nDamage: harmless texts that are changed at all");
const damage = {};
for (const [name, seeds] of Object.entries(seedSets)) damage[name] = await damageOf(seeds, standard);
printTable([
  ["seeds", "texts", "damaged", "share"],
  ...Object.entries(damage).map(([name, { total, damaged }]) => [
    name,
    total,
    damaged,
    percent(damaged / total),
  ]),
]);
for (const text of damage["held out"].examples.slice(0, 5)) console.log(`  ${JSON.stringify(text)}`);
const mixDamaged = mix.filter((text) => product.redactText(text, standard).text !== text);
console.log(`Texts of the mix above that are changed: ${mixDamaged.length} of ${mix.length}`);

const held = { counts: recall["held out"], damage: damage["held out"] };
const reached = [
  ["MiB per CPU second, all of them", median(rates[sets.length].rates) >= goal.mibPerSecond],
  ["recall, held out", sum(held.counts, "found") / sum(held.counts, "total") >= goal.recall],
  ["damage, held out", held.damage.damaged / held.damage.total < goal.damage],
];
console.log("\nGoals: >= 50 MiB/s a core, recall >= 99 %, damage < 1 %");
for (const [what, isReached] of reached) console.log(`${isReached ? "reached" : "MISSED "}  ${what}`);
process.exitCode = reached.every(([, isReached]) => isReached) ? 0 : 1;
