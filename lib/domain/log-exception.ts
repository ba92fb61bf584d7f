import type { FoundLevel } from "./log-level";

const error: FoundLevel = { word: "error", rank: 5 };
const fatal: FoundLevel = { word: "fatal", rank: 6 };

const failureName =
  "(?:[A-Za-z_$][\\w$]{0,200}(?:\\.|::|\\\\)){0,12}[\\w$]{0,200}(?:Error|Exception|Panic|Fault|Failure|Interrupt|Throwable)";

/** `has` is in every line that `starts` matches, and cheaper to look for. */
type Header = { has: string; starts: RegExp; level: FoundLevel };

/** First lines of what a runtime prints when something failed, by language; each is looked for at the start of the words. */
const headers: readonly Header[] = [
  // Python, and Ruby's when the oldest call comes first.
  {
    has: "Traceback",
    starts: /^(?:\s*\+ Exception Group )?Traceback \(most recent call last\):\s*$/,
    level: error,
  },
  // Java, Kotlin; Go; Rust; PHP; .NET; browsers and Node.
  { has: "Exception in", starts: /^Exception in thread /, level: fatal },
  { has: "panic: ", starts: /^panic: /, level: fatal },
  { has: "fatal error: ", starts: /^fatal error: /, level: fatal },
  {
    has: "goroutine",
    starts: /^goroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[running[^\]]{0,80}\]:$/,
    level: fatal,
  },
  { has: "panicked at", starts: /^thread '[^']{0,200}'(?: \(\d+\))? panicked at /, level: fatal },
  { has: "Fatal error: ", starts: /^(?:PHP )?Fatal error: /, level: fatal },
  { has: " error: ", starts: /^(?:PHP )?(?:Parse|Recoverable fatal|Catchable fatal) error: /, level: error },
  {
    has: "n",
    starts: /^[Uu]n(?:handled|caught) (?:promise )?(?:[Ee]xception|[Rr]ejection|[Ee]rror)\b/,
    level: fatal,
  },
  { has: "Uncaught ", starts: /^Uncaught (?:.*(?:Error|Exception)|\(in promise\))/, level: error },
  { has: "Rejection", starts: /^\(node:\d+\) UnhandledPromiseRejection/, level: error },
  // Ruby: `app.rb:3:in 'charge': declined (PaymentError)`, and Rails' `PaymentError (declined):`.
  {
    has: ":in ",
    starts: /^\S[^:]{0,300}\.r[bu]:\d+:in [`'][^']{1,200}': .*\([A-Z][\w:]*\)\s*$/,
    level: error,
  },
  {
    has: ":in ",
    starts: /^\S[^:]{0,300}:\d+:in [`'][^']{1,200}': .*\([A-Z][\w:]*(?:Error|Exception)\)\s*$/,
    level: error,
  },
  { has: "):", starts: new RegExp(`^${failureName} \\(.*\\):\\s*$`), level: error },
  // Node's `[Error: ENOENT: no such file]`, and what a kernel or a shell says of a process that died.
  {
    has: "Error",
    starts: new RegExp(`^\\[${failureName}(?: \\[\\w+\\])?: .*\\](?: \\{)?\\s*$`),
    level: error,
  },
  { has: "e", starts: /^(?:Segmentation fault|Bus error|Out of memory: Kill)/, level: fatal },
];
/** `java.lang.IllegalStateException: closed`, `TypeError: x is not a function`, `System.IO.IOException`. */
const named = new RegExp(`^${failureName}(?: \\[[A-Z_\\d]+\\])?(?::(?:\\s|$)|\\s*$)`);
/** The names end so; case counts, as it does in them. */
const nameEnd = /Error|Exception|Panic|Fault|Failure|Interrupt|Throwable/;
/** `Error: 0`: how many there were. */
const count = /^\w+: *\d{1,12}$/;

const reach = 2_000;
/** Holds for every text that has a line of these in it. */
const any =
  /Error|Exception|Panic|Fault|Failure|Interrupt|Throwable|Traceback|panic|atal error|goroutine|error: |[Uu]n(?:handled|caught)|Rejection|:in |Segmentation|Bus error|memory/;

/** A quick look at a whole line, before it is asked at each of its places. */
export const mayNameException = (line: string): boolean => any.test(line);

/** The level of a line that begins what a runtime prints of an exception or a panic; null for any other. */
export function exceptionLevel(line: string): FoundLevel | null {
  const words = line.length > reach ? line.slice(0, reach) : line;
  for (const { has, starts, level } of headers) {
    if (words.includes(has) && starts.test(words)) return level;
  }
  return nameEnd.test(words) && named.test(words) && !count.test(words) ? error : null;
}
