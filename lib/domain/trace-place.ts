import {
  goFrame,
  javaScriptFrame,
  readAtFrame,
  readPhpFrame,
  readPythonFrame,
  rustFrame,
} from "./stack-frame";

/** One call of a trace with the place it names. Lines and columns count from 1, as reported. */
export type TracePlace = {
  /** The line of the trace, trimmed. */
  text: string;
  origin: "app" | "library" | "runtime";
  function: string | null;
  path: string | null;
  line: number | null;
  column: number | null;
  /** The path was made of the name of a package (Java, Kotlin): the file may lie in another folder. */
  isPackagePath: boolean;
};

const textLength = 400;
const nameLength = 200;

type Named = { function: string | null; path: string | null; line: number | null };

export const placeOf = (
  text: string,
  origin: TracePlace["origin"],
  named: Named & { column?: number | null; isPackagePath?: boolean },
): TracePlace => ({
  text: text.slice(0, textLength),
  origin,
  function: named.function?.slice(0, nameLength) || null,
  path: named.path === null || isNoPath(named.path) ? null : named.path,
  line: named.line,
  column: named.column ?? null,
  isPackagePath: named.isPackagePath ?? false,
});

/** `<string>`, `(eval)`, `[internal function]`: code that came from no file. */
const isNoPath = (path: string) => path === "" || /^(?:[<([]|native$|internal$)/.test(path);

/** `path:12:3`, `path:12`, `path` with the numbers taken off, from the end. */
export function splitPlace(place: string): { path: string; line: number | null; column: number | null } {
  const last = splitNumber(place);
  if (last === null) return { path: place, line: null, column: null };
  const first = splitNumber(last.rest);
  if (first === null) return { path: last.rest, line: last.number, column: null };
  return { path: first.rest, line: first.number, column: last.number };
}

function splitNumber(text: string): { rest: string; number: number } | null {
  let start = text.length;
  while (start > 0 && text.charCodeAt(start - 1) >= 0x30 && text.charCodeAt(start - 1) <= 0x39) start -= 1;
  if (start === text.length || text.length - start > 9 || start < 2 || text.charAt(start - 1) !== ":")
    return null;
  return { rest: text.slice(0, start - 1), number: Number(text.slice(start)) };
}

/** `at ...`: JavaScript, Java and Kotlin, .NET. Null for anything else that begins so. */
export function readAtPlace(line: string): TracePlace | null {
  const frame = readAtFrame(line);
  if (frame === null) return null;
  const open = line.indexOf("(");
  const called = open === -1 ? "" : line.slice(3, open);
  if (open === -1 || called.endsWith(" ")) {
    const place = javaScriptPlaceOf(line, open);
    return placeOf(line, frame.origin, { function: javaScriptName(called), ...place });
  }
  const name = frame.origin === "runtime" ? called : frame.name();
  const dotNet = dotNetPlaceOf(line);
  if (dotNet !== null) return placeOf(line, frame.origin, { function: name, ...dotNet });
  const close = line.indexOf(")", open);
  const place = splitPlace(line.slice(open + 1, close === -1 ? undefined : close));
  const path = /^[\w$-]{1,200}\.(?:java|kts?|scala|groovy|clj|aj)$/.test(place.path)
    ? packageFolder(called) + place.path
    : null;
  return placeOf(line, frame.origin, { function: name, path, line: place.line, isPackagePath: true });
}

function javaScriptPlaceOf(line: string, open: number) {
  if (open === -1)
    return splitPlace(
      line
        .slice(3)
        .replace(/^async /, "")
        .replace(/ \{$/, ""),
    );
  const last = line.lastIndexOf("(");
  const end = line.indexOf(")", last);
  return splitPlace(line.slice(last + 1, end === -1 ? undefined : end));
}

function javaScriptName(called: string): string | null {
  const name = called
    .trim()
    .replace(/ \[as [^\]]*\]$/, "")
    .replace(/^(?:(?:async|new) |(?:Object|Module|Function|exports)\.)+/, "");
  return name === "" || name === "<anonymous>" ? null : name;
}

/** ` in /src/Shop/Store.cs:line 88`. */
function dotNetPlaceOf(line: string): { path: string; line: number } | null {
  const at = line.lastIndexOf(":line ");
  const from = line.lastIndexOf(") in ", at);
  const number = line.slice(at + 6);
  if (at === -1 || from === -1 || !/^\d{1,9}$/.test(number)) return null;
  return { path: line.slice(from + 5, at), line: Number(number) };
}

/** `app//com.acme.shop.Orders$1.take` lies in `com/acme/shop/`. */
function packageFolder(called: string): string {
  const words = called.slice(called.lastIndexOf("/") + 1).split(".");
  return words
    .slice(0, -2)
    .map((word) => `${word}/`)
    .join("");
}

/** `File "x.py", line 3, in f`: Python. A comprehension is code of its file, whoever calls it. */
export function readPythonPlace(line: string): TracePlace | null {
  const match = /^File "([^"]{1,1000})", line (\d{1,9})(?:, in (.+))?$/.exec(line);
  const frame = match && readPythonFrame(`File "${match[1]}", line 1`);
  if (!match || !frame) return null;
  const name = match[3] === undefined || match[3] === "<module>" ? null : match[3];
  return placeOf(line, frame.origin, { function: name, path: match[1] ?? null, line: Number(match[2]) });
}

/** `shop/run.py:4: in main`, and last `shop/settle.py:7: ValueError`: as pytest tells a trace. */
export function readPytestPlace(line: string): TracePlace | null {
  const match = /^([^\s:]{1,400}\.py):(\d{1,9}): (?:in (.{1,200})|[A-Z]\w{1,100})$/.exec(line);
  const frame = match && readPythonFrame(`File "${match[1]}", line 1`);
  if (!match || !frame) return null;
  return placeOf(line, frame.origin, {
    function: match[3] ?? null,
    path: match[1] ?? null,
    line: Number(match[2]),
  });
}

/** `#0 /app/x.php(12): App\Jobs\Settle->handle()`: PHP. The place calls the function, and lies in the one of the next frame. */
export function readPhpPlace(line: string): TracePlace | null {
  const frame = readPhpFrame(line);
  if (frame === null) return null;
  const match = /^#\d+ (?:\[internal function\]|([^(]{1,600})\((\d{1,9})\)): ([^(]{1,600})/.exec(line);
  if (!match) return null;
  const path = match[1] ?? null;
  return placeOf(line, frame.origin, {
    function: match[3] ?? null,
    path,
    line: path === null ? null : Number(match[2]),
  });
}

/** The file that PHP names behind a message: `... in /app/x.php:12`, `... in /app/x.php on line 12`. */
export function readPhpThrown(line: string): TracePlace | null {
  if (!line.includes(".php")) return null;
  const match =
    / (?:in|at) ((?:\/|[A-Za-z]:\\)[^\s:()]{1,400}\.php)(?::(\d{1,9})|\((\d{1,9})\)| on line (\d{1,9}))[)"}]{0,3}$/.exec(
      line,
    );
  if (!match) return null;
  const path = match[1] ?? "";
  const origin = /[\\/]vendor[\\/]/.test(path) ? "library" : "app";
  return placeOf(line, origin, { function: null, path, line: Number(match[2] ?? match[3] ?? match[4]) });
}

/** `app/x.rb:3:in 'Shop::Pay#charge'`, with or without `from`, or `#` as RSpec writes it: Ruby. */
export function readRubyPlace(line: string): TracePlace | null {
  const match =
    /^(?:\d{1,4}: |# )?(?:from )?((?:[A-Za-z]:)?[^:]{1,400}):(\d{1,9}):in [`']([^`']{1,300})['`]/.exec(line);
  if (!match) return null;
  const path = match[1] ?? "";
  const name = (match[3] ?? "").replace(/^(?:(?:block|rescue|ensure)(?: \(\d+ levels\))? in )+/, "");
  const origin = rubyOrigin(path);
  return placeOf(line, origin, {
    function: name.startsWith("<") ? null : name,
    path,
    line: Number(match[2]),
  });
}

function rubyOrigin(path: string): TracePlace["origin"] {
  if (/^<internal:|[\\/]ruby[\\/]\d[\d.]*[\\/](?!gems|bundler)/.test(path)) return "runtime";
  return /[\\/]gems[\\/]/.test(path) ? "library" : "app";
}

/** `checkout@https://shop.example/app.js:3:11`: Firefox and Safari. */
export function readGeckoPlace(line: string): TracePlace | null {
  const at = line.indexOf("@");
  if (at === -1 || line.includes(" ")) return null;
  const place = splitPlace(line.slice(at + 1));
  if (place.line === null || place.column === null) return null;
  const frame = javaScriptFrame(line.slice(0, at), line.slice(at + 1));
  return frame && placeOf(line, frame.origin, { function: javaScriptName(line.slice(0, at)), ...place });
}

/** `/app/x.js:12` alone on a line: what node prints above an uncaught exception or a syntax error. */
export function readNodePlace(line: string): TracePlace | null {
  if (line.length > 500 || !/\.[cm]?[jt]sx?:\d{1,9}$/.test(line) || /[\s()@]/.test(line)) return null;
  const frame = javaScriptFrame("", line);
  return frame && placeOf(line, frame.origin, { function: null, ...splitPlace(line) });
}

/** A call of Go and the line behind it: `/srv/app/cart.go:12 +0x1d`. */
export function goPlace(call: string, line: string | null): TracePlace {
  const place = line === null ? null : splitPlace(line.replace(/ \+0x[0-9a-f]{1,16}$/, ""));
  const frame = goFrame(call, place?.path ?? null);
  const name = frame.origin === "runtime" ? call : frame.name();
  const where = { path: place?.path ?? null, line: place?.line ?? null };
  return placeOf(line === null ? call : `${call} ${line}`, frame.origin, { function: name, ...where });
}

/** A call of Rust and the line behind it: `at ./src/settle.rs:41:18`. */
export function rustPlace(call: string, line: string | null): TracePlace {
  const place = line === null ? null : splitPlace(line.slice(3));
  const frame = rustFrame(call, place?.path ?? null);
  const name = frame.origin === "runtime" ? call : frame.name();
  const where = { path: place?.path ?? null, line: place?.line ?? null, column: place?.column ?? null };
  return placeOf(line === null ? call : `${call} ${line}`, frame.origin, { function: name, ...where });
}

/** `thread 'main' panicked at src/main.rs:3:5:`, and as it was before 1.73: `panicked at 'message', src/main.rs:3:5`. */
export function readRustPanicPlace(line: string): TracePlace | null {
  if (!line.startsWith("thread '") || (!line.includes("' panicked at ") && !line.includes(") panicked at ")))
    return null;
  const match = /([^\s:',]{1,300}\.rs):(\d{1,9}):(\d{1,9}):?$/.exec(line.slice(-330));
  if (!match) return null;
  const path = match[1] ?? "";
  const isForeign = /(?:^|[\\/])(?:rustc|\.rustup|registry[\\/]src|git[\\/]checkouts)[\\/]/.test(path);
  const where = { path, line: Number(match[2]), column: Number(match[3]) };
  return placeOf(line, isForeign ? "library" : "app", { function: null, ...where });
}
