/**
 * Which lines of a log belong to a stack trace of Python, JavaScript, Java or Kotlin, Go, Rust, Ruby, PHP or .NET. Looks at one
 * line at a time, at most its first 2,000 characters; linear, total, never throws. A blank line is none: it belongs when the line
 * after it does.
 */
export type TraceLine =
  /** A call: `at f (x.js:1:2)`, `File "x.py", line 3, in f`, `#0 /app/x.php(12): f()`, `main.f(0x1)`. */
  | "frame"
  /** Announces a trace or a further exception: `Traceback (most recent call last):`, `Caused by: ...`, `goroutine 1 [running]:`. */
  | "link"
  /** Belongs to a trace and says little: `... 12 more`, `exit status 2`, a closing bracket. */
  | "note"
  /** Begins with white space: a source line, a row of carets, a message that goes on. */
  | "indented";

const readLength = 2_000;

/** What a line is in a trace; null when nothing in it says that it belongs to one. */
export function traceLineOf(line: string): TraceLine | null {
  const text = line.length > readLength ? line.slice(0, readLength) : line;
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const isIndented = text.charCodeAt(0) === 0x20 || text.charCodeAt(0) === 0x09;
  if (isFrameText(trimmed, isIndented)) return "frame";
  if (isLink(trimmed)) return "link";
  if (isNote(trimmed)) return "note";
  return isIndented && !beginsRecord.test(trimmed) ? "indented" : null;
}

/** Does this line continue a trace (or the message) that began on an earlier line? */
export const isContinuation = (line: string): boolean => traceLineOf(line) !== null;

/** Is this line a call frame of any of the eight languages? */
export const isFrame = (line: string): boolean => traceLineOf(line) === "frame";

/** Where a trace stands after the lines so far. */
export type TraceState =
  /** Only lines that tell of themselves belong. */
  | "open"
  /** The line that names the exception is still to come, and it is not indented (Python, Node's uncaught). */
  | "awaits exception"
  /** The next line is the message, whatever it says (Rust). */
  | "awaits message";

/** The state a trace or message has after its first line, whatever kind of line that is. */
export function traceStateAfter(line: string): TraceState {
  const text = (line.length > readLength ? line.slice(0, readLength) : line).trim();
  if (/\bTraceback \(most recent call last\):$/.test(text) || nodeSource.test(text))
    return "awaits exception";
  return rustPanic.test(text) && text.endsWith(":") ? "awaits message" : "open";
}

/** The state after one more line that is not blank; null when that line does not belong to what is open. */
export function continueTrace(state: TraceState, line: string): TraceState | null {
  const kind = traceLineOf(line);
  if (kind !== null) {
    const next = traceStateAfter(line);
    return next === "open" && state === "awaits exception" ? state : next;
  }
  const text = line.slice(0, readLength).trimEnd();
  if (state === "awaits message") return beginsRecord.test(text) ? null : "open";
  return state === "awaits exception" && exceptionEnd.test(text) ? "open" : null;
}

/** `2026-06-29T12:00`, `[12:00:01`, `Jun 29 12:00:01`, `{"level"`: a record of its own, however far it is indented. */
const beginsRecord = /^[[("]?(?:\d{4}[-/]\d\d[-/]\d\d|\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d)|^\{"/;
/** `shop.errors.OutOfStock: sku 12`, `KeyboardInterrupt`, and Ruby's `app.rb:3:in 'f': message (RuntimeError)`. */
const exceptionEnd = /^[A-Za-z_$][\w$.:]{0,200}(?:: |:?$)|^\S{1,300}:\d+:in [`'].*\([\w:]+\)$|^Uncaught /;
const nodeSource = /^(?:file:\/\/)?[^\s()]{1,300}\.[cm]?[jt]sx?:\d+$/;
const rustPanic = /^thread '[^']{0,200}'(?: \(\d+\))? panicked at /;

const rubyFrame = /^(?:\d{1,4}: )?(?:from )?(?:[A-Za-z]:)?[^\s:][^:]{0,300}:\d+:in [`'].{1,300}'$/;
const geckoFrame =
  /^[\w$.*/<>[\]-]{0,200}@(?:https?|file|webpack|resource|moz-extension|app|node):\S{1,600}:\d+:\d+$/;
const rustCall = /^\d{1,4}: +(?:0x[0-9a-f]+ - )?(?:<.*|[\w:$.{}<>&@]+)$/;

/** As errors carry their stack, without arguments: `main.run`, `github.com/acme/shop/rates.Load`, `http.(*conn).serve`. */
const bareGoCall =
  /^(?:(?:main|runtime)\.[\w.]+|[\w.-]+(?:\/[\w.~-]+){1,20}\.(?:\(\*?\w+\)\.)?\w+(?:\.func\d+){0,3}|\w+\.\(\*\w+\)\.\w+)$/;

function isFrameText(text: string, isIndented: boolean): boolean {
  switch (text.charCodeAt(0)) {
    case 0x61: // at ..., and Rust's place of a call
      if (text.startsWith("at ") && (isIndented || isCallAt(text))) return true;
      break;
    case 0x46: // Python
      if (/^File "[^"]+", line \d+/.test(text)) return true;
      break;
    case 0x23: // PHP
      return /^#\d+ (?:[^(]{0,600}\(\d+\)(?::|$)|\[internal function\]|\{main\}|[\w\\:>-]+\()/.test(text);
    case 0x2f: // Go's place of a call
      if (/^\/[^:]{1,400}\.(?:go|s):\d+(?: \+0x[0-9a-f]+)?$/.test(text)) return true;
      break;
    case 0x50: // PHP's own log
      if (/^PHP +\d+\. /.test(text)) return true;
      break;
  }
  if (text.endsWith(")")) return isGoCall(text);
  if (text.endsWith("'")) return rubyFrame.test(text);
  if (isIndented && rustCall.test(text)) return true;
  if (text.length <= 300 && !text.includes(" ") && bareGoCall.test(text)) return true;
  return text.includes("@") && geckoFrame.test(text);
}

/** A call whose indent was lost on the way: `at f (x.js:1:2)`, `at A.b(A.java:3)`; not `at noon (local time)`. */
function isCallAt(text: string): boolean {
  const call = /^at (?:async |new )?([A-Za-z_$<~@/][^\s()]*)(?: \[as [^\]]*\])?( ?)\(([^()]*)\)/.exec(text);
  if (call === null) return /^at (?:async )?\S{1,1000}:\d+:\d+$/.test(text);
  return (call[2] === "" && call[1]?.includes(".")) || /[:.<]|^native|^index \d/.test(call[3] ?? "");
}

/** Its arguments are words of memory: `main.(*Server).handle(0xc0000b2000, {0x1, 0x2})`, `main.main()`, `f(...)`. */
function isGoCall(text: string): boolean {
  const open = text.lastIndexOf("(");
  const name = text.slice(0, open);
  if (!/^[0-9a-fx{}, ?_.]*$/.test(text.slice(open + 1, -1))) return false;
  return name === "panic" || (/^[A-Za-z][\w.~%/()*[\]·-]*$/.test(name) && name.includes("."));
}

const links: ReadonlyArray<string | RegExp> = [
  ...["Traceback (most recent call last):", "+ Exception Group Traceback (most recent call last):"],
  ...[
    "Caused by:",
    "Suppressed:",
    "Wrapped by:",
    "Cause: ",
    "[cause]: ",
    "[errors]: ",
    "--->",
    "Inner exception:",
  ],
  ...[
    "--- End of ",
    "---- End of ",
    "During handling of the above exception",
    "The above exception was the direct cause",
  ],
  ...[
    "stack backtrace:",
    "Stack trace:",
    "PHP Stack trace:",
    "[stacktrace]",
    "[previous exception]",
    "Stack Trace:",
  ],
  ...["Original Stack Trace:", "Error has been observed at the following site(s):", "[signal SIG"],
  /^created by \S+\.\S/,
  /^goroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[[^\]]{1,80}\]:$/,
  /^Next (?:\w[\w\\]*\\\w+|\w*(?:Exception|Error)): /,
];

function isLink(text: string): boolean {
  const start = text.charCodeAt(0);
  for (const link of links) {
    if (typeof link === "string" ? link.charCodeAt(0) === start && text.startsWith(link) : link.test(text))
      return true;
  }
  return false;
}

const notes: readonly RegExp[] = [
  /^\.\.\. ?\d+ (?:more|common frames omitted|levels?|lines matching|frames?|skipped|elided)/,
  /^\.\.\.\(?\d+ (?:frames|more)/,
  /^\[Previous line repeated \d+ more times?\]$/,
  /^\[CIRCULAR REFERENCE:/,
  /^note: (?:run with `RUST_BACKTRACE|Some details are omitted)/,
  /^thrown in .{1,400} on line \d+$/,
  /^exit status \d+$/,
  /^Node\.js v\d+\.\d+\.\d+/,
  /^r(?:ax|bx|cx|dx|di|si|bp|sp|ip|flags|8|9|1[0-5]) +0x[0-9a-f]+$/,
  /^[\])}"]{1,8}[,;]?$/,
  /^[\^~]+$/,
];

function isNote(text: string): boolean {
  return notes.some((note) => note.test(text));
}
