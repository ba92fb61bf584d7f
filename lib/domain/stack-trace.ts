import { type NamedException, readException, readExpectedException } from "./stack-exception";
import {
  goFrame,
  javaScriptFrame,
  readAtFrame,
  readPhpFrame,
  readPythonFrame,
  readRubyFrame,
  rustFrame,
} from "./stack-frame";
import { StackSections } from "./stack-sections";

/** What a failure's text tells about itself. Heuristics over lines; linear, total, never throws. */
export type ParsedFailure = {
  exceptionType: string | null;
  /** The message beside the exception type, its first line. */
  message: string | null;
  /** In-app frames, innermost first: `function@module` without lines, columns, hosts or hashes; a library's where none is ours. */
  frames: string[];
  /** The root of a chain of causes; absent where the exception is its own. */
  cause?: { exceptionType: string | null; message: string | null };
};

const lineCap = 400;
const lineLength = 2_000;

/**
 * Reads type, message, root cause and top in-app frames from a report's lines (excerpt and detail, in order). Knows the traces of
 * Python, JavaScript, Java and Kotlin, Go, Rust, Ruby, PHP and .NET.
 */
export function parseFailure(lines: readonly string[]): ParsedFailure {
  const reader = new TraceReader();
  const count = Math.min(lines.length, lineCap);
  for (let index = 0; index < count; index += 1) {
    const raw = lines[index] as string;
    if (raw.length <= lineLength) reader.read(raw);
  }
  return reader.failure();
}

type OpenCall = { language: "go" | "rust"; name: string };

class TraceReader {
  readonly #sections = new StackSections();
  /** The line before, trimmed, if it was neither blank nor part of a trace. */
  #before = "";
  /** A call of Go or Rust whose file may come on the next line. */
  #call: OpenCall | null = null;
  #awaitsPanicMessage = false;
  #goroutines = 0;
  #listsCauses = false;
  #fileIndent = 0;

  read(raw: string): void {
    const text = raw.trimEnd();
    let line = text.trimStart();
    // The rows of Python's exception groups stand behind a bar.
    const bar = line.startsWith("| ") ? 2 : 0;
    line = line.slice(bar).trimStart();
    if (line === "") return;
    const indent = text.length - line.length;
    if (this.#awaitsPanicMessage) {
      this.#awaitsPanicMessage = false;
      this.#sections.current().message ??= line;
      return;
    }
    if (this.#readPlace(line) || this.#readFrame(line, indent) || this.#readLink(line, indent)) {
      this.#before = "";
      return;
    }
    this.#readNamed(line, indent);
    this.#before = line;
  }

  /** The file of the call on the line before: `/srv/app/cart.go:12 +0x1d`, `at src/settle.rs:9:5`. */
  #readPlace(line: string): boolean {
    const call = this.#call;
    this.#call = null;
    if (call === null && line.startsWith("at ")) return false;
    const go = line.includes(".go:")
      ? /^((?:[A-Za-z]:)?[^\s:]{1,400}\.go):\d+(?: \+0x[0-9a-f]+)?$/.exec(line)
      : null;
    if (go) {
      const name = call?.name ?? (bareGoCall.test(this.#before) ? this.#before : null);
      if (name !== null && this.#goroutines <= 1)
        this.#sections.addFrame(goFrame(name, go[1] ?? null), "first");
      return true;
    }
    const path =
      call !== null && line.startsWith("at ") ? /^at ([^\s:]{1,400}):\d+/.exec(line)?.[1] : undefined;
    this.#addCall(call, path ?? null);
    return path !== undefined;
  }

  #addCall(call: OpenCall | null, path: string | null): void {
    if (call?.language === "rust") this.#sections.addFrame(rustFrame(call.name, path), "first");
    else if (call !== null && this.#goroutines <= 1)
      this.#sections.addFrame(goFrame(call.name, path), "first");
  }

  /** What all lines told. */
  failure(): ParsedFailure {
    this.#addCall(this.#call, null);
    return this.#sections.failure();
  }

  #readFrame(line: string, indent: number): boolean {
    const first = line.charCodeAt(0);
    if (first === 0x61 && line.startsWith("at ")) {
      return this.#sections.current().isFull || this.#addNamed(readAtFrame(line));
    }
    if (first === 0x46 && line.startsWith('File "')) {
      const frame = readPythonFrame(line);
      if (frame === null) return false;
      this.#fileIndent = indent;
      this.#sections.addFrame(frame, "last");
      return true;
    }
    if (first === 0x23) return this.#addNamed(readPhpFrame(line));
    if (first >= 0x30 && first <= 0x39 && !this.#listsCauses) {
      const rust = /^\d{1,4}: +(?:0x[0-9a-f]+ - )?([\w<{].*::.*|\w+)$/.exec(line);
      if (rust && indent > 0) {
        this.#call = { language: "rust", name: rust[1] ?? "" };
        return true;
      }
    }
    const last = line.charCodeAt(line.length - 1);
    if (last === 0x29) return this.#readGoCall(line);
    if (last === 0x27 || first === 0x66) return line.includes(":in ") && this.#readRuby(line);
    if (last < 0x30 || last > 0x39 || line.includes(" ")) return false;
    const at = line.indexOf("@");
    if (at !== -1 && /:\d+:\d+$/.test(line)) {
      return this.#addNamed(javaScriptFrame(line.slice(0, at), line.slice(at + 1)));
    }
    return false;
  }

  /** A frame that comes innermost first; before the first one of a nameless section stands what it is called. */
  #addNamed(frame: ReturnType<typeof readAtFrame>): boolean {
    if (frame === null) return false;
    const section = this.#sections.current();
    if (section.type === null && section.isEmpty && this.#before !== "") this.#nameBefore();
    this.#sections.addFrame(frame, "first");
    return true;
  }

  #nameBefore(): void {
    const named = /[:.\\]/.test(this.#before) ? readExpectedException(this.#before) : null;
    const word = named?.type?.split(/[.:\\+]/).at(-1) ?? "";
    if (named !== null && /^[A-Z][a-z]/.test(word)) this.#sections.name(named);
  }

  #readGoCall(line: string): boolean {
    const open = line.lastIndexOf("(");
    const name = line.slice(0, open);
    if (open < 1 || name.includes(" ") || !/^[0-9a-fx{}, ?_.]*$/.test(line.slice(open + 1, -1))) return false;
    if (name !== "panic" && (!name.includes(".") || !/^[A-Za-z][\w.~%/()*[\]·-]*$/.test(name))) return false;
    this.#call = { language: "go", name };
    return true;
  }

  #readRuby(line: string): boolean {
    const frame = readRubyFrame(line);
    if (frame === null) return false;
    if (this.#sections.current().order === "last") this.#sections.addFrame(frame, "last");
    else this.#addNamed(frame);
    return true;
  }

  /** Lines that begin another section of the trace, or end one. */
  #readLink(line: string, indent: number): boolean {
    switch (line.charCodeAt(0)) {
      case 0x43: // Caused by:
        if (line === "Caused by:") return this.#listCauses();
        if (line.startsWith("Caused by: ")) return this.#open("cause", line.slice(11), indent);
        return false;
      case 0x57:
        return line.startsWith("Wrapped by: ") ? this.#open("wrapper", line.slice(12), indent) : false;
      case 0x53:
        if (line.startsWith("Suppressed: ")) return this.#sections.setAside(indent);
        if (line.toLowerCase() === "stack backtrace:") this.#listsCauses = false;
        return /^Stack (?:back)?trace:$/i.test(line);
      case 0x4e: // PHP
        return /^Next [\w\\]{1,200}(?:: |$)/.test(line)
          ? this.#open("wrapper", line.slice(5), indent)
          : false;
      case 0x5b:
        if (line.startsWith("[cause]: ")) return this.#open("cause", line.slice(9), indent);
        if (line.startsWith("[previous exception]")) return this.#open("cause", line.slice(21), indent);
        return line.startsWith("[signal ") || line === "[stacktrace]";
      case 0x2d:
        if (line.startsWith("---> "))
          return this.#open("cause", line.slice(5).replace(/^\(Inner Exception #\d+\) /, ""), indent);
        if (line.startsWith("--- End of inner exception")) return this.#sections.closeInner();
        return line.startsWith("--- End of ");
      case 0x67: // goroutine 1 [running]:
        if (!/^goroutine \d+ .{0,60}\[/.test(line)) return false;
        this.#goroutines += 1;
        return true;
      case 0x63:
        return line.startsWith("created by ") && this.#goroutines > 0 ? this.#skipCreator() : false;
    }
    return this.#readPythonLink(line);
  }

  #readPythonLink(line: string): boolean {
    if (line.endsWith("Traceback (most recent call last):")) {
      this.#sections.openTraceback();
      return true;
    }
    const isChain =
      line.startsWith("During handling of the above exception") ||
      line.startsWith("The above exception was the direct cause");
    if (isChain) this.#sections.chainTraceback();
    return isChain;
  }

  #skipCreator(): boolean {
    this.#goroutines = 2;
    return true;
  }

  #listCauses(): boolean {
    this.#listsCauses = true;
    return true;
  }

  #open(relation: "cause" | "wrapper", text: string, indent: number): boolean {
    const [outer = "", ...inner] = text.split(" ---> ");
    this.#sections.open(
      relation,
      readExpectedException(outer) ?? { type: null, message: outer, path: null },
      indent,
    );
    for (const exception of inner) this.#sections.open("cause", expected(exception), 0);
    return true;
  }

  /** A line of source below a frame of Python, no exception's name. */
  #isSource(line: string, indent: number): boolean {
    return this.#fileIndent > 0 ? indent >= this.#fileIndent : !isNamed(line);
  }

  #readNamed(line: string, indent: number): void {
    if (this.#listsCauses && indent === 0) this.#listsCauses = false;
    if (this.#listsCauses) {
      this.#sections.open("cause", { type: null, message: line.replace(/^\d{1,3}: +/, ""), path: null }, 0);
      return;
    }
    if (this.#sections.awaitsName) {
      const named = this.#isSource(line, indent) ? null : readExpectedException(line);
      if (named) this.#sections.name(named);
      return;
    }
    const named = readException(line);
    if (named === null) return;
    const inner = named.message?.includes(" ---> ") ? named.message.split(" ---> ") : [];
    if (inner.length > 0) named.message = inner.shift() ?? null;
    const isRuby = line.endsWith(")") && line.includes(":in ");
    if (isRuby && this.#sections.current().type !== null && !this.#sections.current().isEmpty) {
      this.#sections.open("cause", named, 0);
    } else this.#sections.name(named);
    if (isRuby) this.#readRuby(line);
    for (const exception of inner) this.#sections.open("cause", expected(exception), 0);
    this.#awaitsPanicMessage = line.startsWith("thread '") && named.message === null;
  }
}

/** Does this line name an exception, where the indent that tells source lines apart was lost? */
const isNamed = (line: string) => /^(?:[a-z_]\w*\.){0,12}[A-Z]\w*(?:: |$)/.test(line);

const bareGoCall = /^(?:[\w.~-]+\/)*\w+\.[\w.()*[\]·-]+$/;

const expected = (text: string): NamedException =>
  readExpectedException(text) ?? { type: null, message: text, path: null };
