/** What a failure's text tells about itself. Heuristics over lines; linear, total, never throws. */
export type ParsedFailure = {
  exceptionType: string | null;
  /** The message beside the exception type, its first line. */
  message: string | null;
  /** In-app frames, innermost first: `function@module` without lines, columns, hosts or hashes. */
  frames: string[];
};

const frameCap = 3;
const lineCap = 400;

// `pkg.SomeError: message`, `SomeException`, `Caused by: x.y.Z: message`, `Uncaught TypeError: ...`
const exceptionLine =
  /^(?:Uncaught |Unhandled (?:exception|rejection)[:.]? )?(?:Exception in thread "[^"]{0,80}" )?([A-Za-z_$][\w$]*(?:[.:]{1,2}[A-Za-z_$][\w$]*){0,8})(?:: (.*))?$/;
const looksLikeException = /(?:Error|Exception|Panic|Fault|Failure|Interrupt|Warning|Exit|Timeout)$/;

const jsFrame =
  /^at (?:async )?(?:(.+?) \()?((?:file:\/\/|webpack:\/\/|https?:\/\/[^/]+)?[^()]+?):\d+:\d+\)?$/;
const javaFrame = /^at ((?:[\w$]+\.)+[\w$<>]+)\(([^)]*)\)$/;
const pythonFrame = /^File "([^"]+)", line \d+(?:, in (.+))?$/;

const foreign =
  /(?:^|[\\/])(?:node_modules|site-packages|dist-packages|lib[\\/]python[\d.]+)[\\/]|^node:|<frozen|^internal\//;
const foreignJava = /^(?:java|javax|jdk|sun|kotlin|scala|org\.springframework|org\.apache)\./;

/** Reads type, message and top in-app frames from the report's lines (excerpt and detail, in order). */
export function parseFailure(lines: readonly string[]): ParsedFailure {
  let exceptionType: string | null = null;
  let message: string | null = null;
  const inner: string[] = [];
  const pythonFrames: string[] = [];

  for (const raw of lines.slice(0, lineCap)) {
    if (raw.length > 2_000) continue;
    const line = raw.trim();
    const python = line.startsWith('File "') ? pythonFrame.exec(line) : null;
    if (python) {
      const path = python[1] ?? "";
      if (!foreign.test(path)) pythonFrames.push(frameName(python[2] ?? "<module>", path));
      continue;
    }
    if (line.startsWith("at ")) {
      // Innermost come first; what lies under the ones that count is not read.
      const frame = inner.length < frameCap ? readFrame(line) : null;
      if (frame) inner.push(frame);
      continue;
    }
    const named = readException(line);
    // Python prints the exception last, others first; the first one named wins unless frames came before it.
    if (named && (exceptionType === null || (pythonFrames.length > 0 && inner.length === 0))) {
      exceptionType = named.type;
      message = named.message;
    }
  }
  const frames = inner.length > 0 ? inner : pythonFrames.reverse();
  return { exceptionType, message, frames: frames.slice(0, frameCap) };
}

function readException(line: string): { type: string; message: string | null } | null {
  if (line.length > 1_000) return null;
  const text = line.startsWith("Caused by: ") ? line.slice(11) : line;
  const match = exceptionLine.exec(text);
  const type = match?.[1];
  if (!type || !looksLikeException.test(type)) return null;
  return { type, message: match[2] ?? null };
}

function readFrame(line: string): string | null {
  const java = javaFrame.exec(line);
  if (java) {
    const method = java[1] ?? "";
    return foreignJava.test(method) ? null : method.replace(/\$\d+|\$\$Lambda.*$/g, "");
  }
  const js = jsFrame.exec(line);
  if (!js) return null;
  const path = js[2] ?? "";
  return foreign.test(path) ? null : frameName(js[1] ?? "<anonymous>", path);
}

function frameName(name: string, path: string): string {
  const file = path
    .replace(/^(?:file:\/\/|webpack:\/\/|https?:\/\/[^/]+)/, "")
    .split(/[\\/]/)
    .slice(-2)
    .join("/")
    .replace(/[.-][0-9a-f]{8,}(?=\.)/g, "");
  return `${name.replace(/^(?:Object|Module|async)[. ]/, "")}@${file}`;
}
