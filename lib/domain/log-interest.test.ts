import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembleLog, type GivenRules as Given, logRulesOf as rulesOf } from "@/lib/testing/log-lines";
import { logInterest } from "./log-interest";
import { literalsOf } from "./log-trigger-literals";

const latin1 = (text: string) => Buffer.from(text, "utf8").toString("latin1");

/** Is anything made of these lines, each pushed whatever it is? */
function makesSomething(lines: readonly string[], given: Given): boolean {
  const { candidates, quarantined } = assembleLog(lines.join("\n"), given);
  return candidates.length + quarantined.length > 0;
}

const cased = (word: string) =>
  fc.constantFrom(
    word,
    word.toUpperCase(),
    word.toLowerCase(),
    `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`,
  );

const levelWord = fc
  .constantFrom(
    ...[
      "error",
      "err",
      "fatal",
      "panic",
      "critical",
      "crit",
      "alert",
      "emergency",
      "emerg",
      "severe",
      "exception",
    ],
    ...[
      "fail",
      "failure",
      "failed",
      "dpanic",
      "ftl",
      "f",
      "e",
      "ERROR_FATAL",
      "level.error",
      "warn",
      "warning",
      "wrn",
    ],
    ...[
      "w",
      "info",
      "notice",
      "debug",
      "trace",
      "constructor",
      "0",
      "3",
      "4",
      "17",
      "50",
      "60",
      "40",
      "30",
      "100",
    ],
  )
  .chain(cased);
const levelValue = fc.oneof(
  levelWord.map((word) => JSON.stringify(word)),
  levelWord.map((word) => JSON.stringify(` ${word} `)),
  fc.integer({ min: -2, max: 130 }).map(String),
  fc.constantFrom(
    "5e1",
    "50.0",
    "3.0",
    "0.5e2",
    "null",
    "true",
    "[]",
    "{}",
    '{"name":"ERROR"}',
    '{"name":"e"}',
    '"\\u0065rror"',
  ),
);
const levelKey = fc
  .constantFrom(
    ...[
      "level",
      "severity",
      "log.level",
      "lvl",
      "severity_text",
      "severityText",
      "levelname",
      "log_level",
      "logLevel",
    ],
    ...[
      "log-level",
      "@l",
      "@level",
      "severity_number",
      "SeverityNumber",
      "PRIORITY",
      "priority",
      "lev\\u0065l",
      "sev",
    ],
  )
  .chain((key) => fc.constantFrom(key, key.toUpperCase()));
const otherPair = fc.constantFrom(
  ...[
    '"message":"fine"',
    '"msg":"no errors"',
    '"MESSAGE":"m"',
    '"error":null',
    '"error":""',
    '"exception":{}',
    '"stack":""',
  ],
  ...[
    '"stack":"at f (a.js:1:2)"',
    '"exc_info":"boom"',
    '"excInfo":["x"]',
    '"exc-info":"x"',
    '"err":{"stack":"x"}',
    '"err":null',
  ],
  ...[
    '"exception":{"type":"X"}',
    '"exception":"X: y"',
    '"@x":"y"',
    '"backtrace":["a"]',
    '"error":{"stack":"s"}',
    '"st":"x"',
  ],
  ...[
    '"thrown":{"extendedStackTrace":"x"}',
    '"exception.type":"Foo"',
    '"exception":[{"type":"T","value":"v"}]',
    '"n":3',
  ],
);
const blank = fc.constantFrom("", " ", "\t");
const pair = fc
  .tuple(levelKey, blank, blank, levelValue)
  .map(([key, before, after, value]) => `"${key}"${before}:${after}${value}`);
const jsonLine = fc
  .array(fc.oneof(pair, otherPair), { minLength: 1, maxLength: 5 })
  .map((pairs) => `{${pairs.join(",")}}`);

const logfmtLine = fc
  .tuple(
    fc.constantFrom("level", "lvl", "severity", "at", "x"),
    levelWord,
    fc.constantFrom("msg=hi", 'err="x y"', "a=b"),
  )
  .map(([key, word, rest]) => `${rest} ${key}=${word}`);
const textLine = fc
  .tuple(
    fc.constantFrom(
      "",
      "2026-07-01 12:00:00 ",
      "[2026-07-01T12:00:00Z ",
      "Jul  1 12:00:00 host app[1]: ",
      "12:00:00 [main] ",
      "<11>",
    ),
    fc.constantFrom(
      "",
      "[",
      "<",
      "app.",
      "npm ",
      "PHP ",
      "level=",
      "severity: ",
      "##[",
      "core:",
      "(",
      '"level":"',
    ),
    levelWord,
    fc.constantFrom("", "] ", ": ", " - ", ">", "! ", " ", ":root:", ") ", '"', "=0"),
    fc.constantFrom("it failed", "no", "0", ""),
  )
  .map((parts) => parts.join(""));
const traceLine = fc.constantFrom(
  ...[
    "Traceback (most recent call last):",
    "  + Exception Group Traceback (most recent call last):",
    "panic: x",
    "fatal error: x",
  ],
  ...[
    "Exception in thread main",
    "goroutine 1 [running]:",
    "thread 'main' panicked at a.rs:1:2:",
    "PHP Fatal error:  x",
  ],
  ...[
    "Unhandled rejection",
    "Unhandled exception",
    "Uncaught (in promise) x",
    "(node:1) UnhandledPromiseRejectionWarning: x",
  ],
  ...[
    "a.rb:3:in `f': no (Foo)",
    "config.ru:1:in 'f': no (Foo::Bar)",
    "-e:1:in `f': no (FooError)",
    "Foo::Error (x):",
  ],
  ...[
    "a.b.FooException",
    "SoapFault: x",
    "KeyboardInterrupt",
    "my.Throwable: x",
    "a::Panic: x",
    "[Error: x]",
    "BigFailure: x",
  ],
  ...[
    "Segmentation fault (core dumped)",
    "Bus error",
    "Out of memory: Killed process 1",
    "E0612 12:00:00.1 1 a.go:1] x",
  ],
  ...[
    "F20260612 12:00:00.1 1 a.cc:1] x",
    "W0612 12:00:00.1 1 a.go:1] x",
    "E, [2026-07-01T12:00:00 #1] FATAL -- : x",
  ],
  ...["[1-Jul-2026 10:00:00 UTC] PHP Parse error:  x", "x.ts:1:2: error: y", "1 | 2 | ERROR", "CRITICAL:a:b"],
);
const syslogLine = fc
  .tuple(
    fc.integer({ min: 0, max: 200 }),
    fc.constantFrom("Jul  1 12:00:00 host app: hi", '1 2026-07-01T12:00:00Z h a 1 - [x@1 level="error"] hi'),
  )
  .map(([value, rest]) => `<${value}>${rest}`);

const bare = fc.oneof(jsonLine, logfmtLine, textLine, traceLine, syslogLine, fc.string({ maxLength: 60 }));
const inDocker = bare.map(
  (line) => `{"log":${JSON.stringify(`${line}\n`)},"stream":"stderr","time":"2026-07-01T12:00:00.1Z"}`,
);
const inCri = bare.map((line) => `2026-07-01T12:00:00.123456789Z stdout F ${line.replaceAll("\n", " ")}`);
const prefixed = jsonLine.map((line) => `api-1  | ${line}`);
const anyLine = fc.oneof(bare, inDocker, inCri, prefixed).map((line) => line.replace(/[\r\n]/g, " "));

const settings: Array<[string, Given]> = [
  ["auto", { format: "auto" }],
  ["auto from warn up", { format: "auto", minimumLevel: "warn" }],
  ["json", { format: "json" }],
  ["json from warn up", { format: "json", minimumLevel: "warn" }],
  ["plaintext", { format: "plaintext" }],
  ["logfmt", { format: "logfmt" }],
  ["syslog", { format: "syslog" }],
  ["syslog from warn up", { format: "syslog", minimumLevel: "warn" }],
  ["cri", { format: "cri" }],
  ["docker", { format: "docker" }],
  ["own level key", { reading: { fieldMapping: { level: ["sev", "ctx.sev"], stack: ["st"] } } }],
  ["own trigger", { reading: { triggerPatterns: ["it failed", "no\\b.*"] } }],
];

describe("no line that matters is left out", () => {
  it.each(settings)("%s: what makes a failure by itself matches", (_, given) => {
    const { pattern } = logInterest(rulesOf(given));
    fc.assert(
      fc.property(anyLine, (line) => {
        if (makesSomething([line], given)) expect(pattern?.test(latin1(line)) ?? true).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each(settings)("%s: a line cut in pieces is seen from its first piece on", (_, given) => {
    const { pattern } = logInterest(rulesOf(given));
    fc.assert(
      fc.property(bare, fc.nat(60), fc.constantFrom("cri", "docker"), (bareLine, at, kind) => {
        const line = bareLine.replace(/[\r\n]/g, " ");
        const [first, second] = [line.slice(0, at), line.slice(at)];
        const lines =
          kind === "cri"
            ? [
                `2026-07-01T12:00:00.123456789Z stdout P ${first}`,
                `2026-07-01T12:00:00.123456789Z stdout F ${second}`,
              ]
            : [first, `${second}\n`].map((log) =>
                JSON.stringify({ log, stream: "stdout", time: "2026-07-01T12:00:00Z" }),
              );
        if (makesSomething(lines, given)) {
          const seen = pattern?.test(latin1(lines[0] ?? "")) ?? true;
          const alone = pattern?.test(latin1(lines[1] ?? "")) ?? true;
          expect(seen || (alone && makesSomething(lines.slice(1), given))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("lines that cannot matter are left out", () => {
  it.each([
    '{"level":30,"time":1780088125045,"msg":"request completed","res":{"statusCode":200}}',
    '{"timestamp":"2026-07-01T12:00:00Z","level":"info","message":"order accepted","error":null,"stack":""}',
    '{"level":"debug","message":"x","exception":{},"err":null,"referrer":"https://shop.example"}',
    "2026-07-01 12:00:00,123 INFO  [main] com.acme.Orders - order accepted",
    'time="2026-07-01T12:00:00Z" level=info msg="order accepted"',
    "2026-07-01T12:00:00.123456789Z stdout F GET /orders 200",
    '{"log":"GET /orders 200\\n","stream":"stdout","time":"2026-07-01T12:00:00Z"}',
    "<14>Jul  1 12:00:00 host app[1]: order accepted",
    '10.0.0.1 - - [01/Jul/2026:12:00:00 +0000] "GET /orders HTTP/1.1" 200 512 "https://shop.example/" "curl/8"',
    "I0701 12:00:00.123456    1 server.go:12] order accepted",
  ])("%s", (line) => expect(logInterest(rulesOf({})).pattern?.test(latin1(line))).toBe(false));

  it("five lines before are wanted", () => expect(logInterest(rulesOf({})).linesBefore).toBe(5));

  it("the first characters are so few that the engine can pass over the others", () => {
    const source = logInterest(rulesOf({ minimumLevel: "warn" })).pattern?.source ?? "";
    const firsts = topAlternatives(source).map(
      (each) => /^(?:\[(..)\]|\\?(.))/.exec(each)?.slice(1).join("") ?? each,
    );
    expect(new Set(firsts.join("")).size).toBeLessThanOrEqual(16);
  });
});

function topAlternatives(source: string): string[] {
  const found: string[] = [""];
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const character = source[at] ?? "";
    if (character === "\\") found[found.length - 1] += character + source[++at];
    else if (character === "[") {
      const end = source.indexOf("]", at + 2);
      found[found.length - 1] += source.slice(at, end + 1);
      at = end;
    } else if (character === "|" && depth === 0) found.push("");
    else {
      depth += character === "(" ? 1 : character === ")" ? -1 : 0;
      found[found.length - 1] += character;
    }
  }
  return found;
}

describe("own patterns", () => {
  it.each([
    ["disk full", "plaintext", ["disk full"]],
    ["^disk full$", "plaintext", ["disk full"]],
    ["disk.*exhausted|quota", "plaintext", ["exhausted", "quota"]],
    ["code=\\d+ aborted", "plaintext", [" aborted"]],
    ["colou?r gone", "plaintext", ["r gone"]],
    ["a{2}bcd", "plaintext", ["bcd"]],
    ["1\\.5 left", "plaintext", ["1.5 left"]],
    ["(?i)disk", "plaintext", null],
    ["[ab]c", "plaintext", null],
    ["ab|disk", "plaintext", null],
    ["\\x41bcd", "plaintext", null],
    ["größe fehlt", "plaintext", null],
    ['say "no"', "docker", null],
    ['say "no"', "plaintext", ['say "no"']],
  ] as const)("%j in %s must contain %j", (pattern, format, literals) => {
    expect(literalsOf(pattern, format)).toEqual(literals);
  });

  it("one of which no word can be told leaves no line out", () => {
    expect(logInterest(rulesOf({ reading: { triggerPatterns: ["[ab]+c"] } })).pattern).toBeNull();
    expect(logInterest(rulesOf({ reading: { fieldMapping: { level: ["größe"] } } })).pattern).toBeNull();
  });
});
