import {
  goPlace,
  readAtPlace,
  readGeckoPlace,
  readNodePlace,
  readPhpPlace,
  readPhpThrown,
  readPytestPlace,
  readPythonPlace,
  readRubyPlace,
  readRustPanicPlace,
  rustPlace,
  type TracePlace,
} from "./trace-place";
import { PlaceSections } from "./trace-place-sections";

const lineCap = 20_000;
const lineLength = 2_000;
const placeCap = 200;

/**
 * The calls of the traces in these lines with the places they name, nearest to where it broke first, at most 200: the root of a
 * chain of causes before those around it, innermost calls before their callers. Linear, total, never throws.
 */
export function readTracePlaces(lines: readonly string[]): TracePlace[] {
  const reader = new PlaceReader();
  const count = Math.min(lines.length, lineCap);
  for (let index = 0; index < count; index += 1) {
    const line = lines[index] as string;
    if (line.length <= lineLength) reader.read(line);
  }
  return reader.places().slice(0, placeCap);
}

type OpenCall = { language: "go" | "rust"; name: string };

class PlaceReader {
  readonly #sections = new PlaceSections();
  #before = "";
  /** A call of Go or Rust whose file may come on the next line. */
  #call: OpenCall | null = null;
  #goroutines = 0;
  /** The next file belongs to `created by`, which called nothing. */
  #skipsFile = false;

  read(raw: string): void {
    const text = raw.trimEnd();
    let line = text.trimStart();
    if (line.startsWith("| ")) line = line.slice(2).trimStart();
    if (line === "") return;
    if (!this.#readFile(line) && !this.#readLink(line, text.length - line.length)) this.#readCall(line);
    this.#before = line;
  }

  places(): TracePlace[] {
    this.#closeCall(null);
    return this.#sections.ordered();
  }

  /** The file of the call on the line before. */
  #readFile(line: string): boolean {
    const isGo =
      line.includes(".go:") && /^(?:[A-Za-z]:)?[^\s:]{1,400}\.go:\d{1,9}(?: \+0x[0-9a-f]{1,16})?$/.test(line);
    const isRust = this.#call?.language === "rust" && /^at [^\s:]{1,400}:\d{1,9}(?::\d{1,9})?$/.test(line);
    if (isGo && this.#call === null && isBareGoCall(this.#before))
      this.#call = { language: "go", name: this.#before };
    const hadCall = this.#call !== null;
    this.#closeCall(isGo || isRust ? line : null);
    const isFile = isRust || (isGo && (hadCall || this.#skipsFile));
    this.#skipsFile = false;
    return isFile;
  }

  #closeCall(line: string | null): void {
    const call = this.#call;
    this.#call = null;
    if (call === null) return;
    if (call.language === "rust") this.#sections.add(rustPlace(call.name, line), "first");
    else if (this.#goroutines <= 1) this.#sections.add(goPlace(call.name, line), "first");
  }

  #readCall(line: string): void {
    const first = line.charCodeAt(0);
    if (first === 0x61 && line.startsWith("at ")) return this.#add(readAtPlace(line));
    if (first === 0x46 && line.startsWith('File "')) return this.#add(readPythonPlace(line), "last");
    if (first === 0x23 && !line.startsWith("# ")) return this.#addPhp(line);
    if (first >= 0x30 && first <= 0x39) {
      const rust = /^\d{1,4}: +(?:0x[0-9a-f]{1,16} - )?([\w<{].*)$/.exec(line);
      if (rust && isRustCall(rust[1] ?? "")) {
        this.#call = { language: "rust", name: rust[1] ?? "" };
        return;
      }
    }
    if (line.includes(":in ")) {
      const ruby = readRubyPlace(line);
      if (ruby !== null) return this.#addRuby(ruby, line);
    }
    if (line.endsWith(")") && isGoCall(line)) {
      this.#call = { language: "go", name: line.slice(0, line.lastIndexOf("(")) };
      return;
    }
    if (line.includes(".py:")) {
      const pytest = readPytestPlace(line);
      if (pytest !== null) return this.#add(pytest, "last");
    }
    this.#readHead(line);
  }

  /** Lines that name an exception, and the place it was thrown at beside it. */
  #readHead(line: string): void {
    const head = readRustPanicPlace(line) ?? readGeckoPlace(line) ?? readNodePlace(line);
    if (head !== null) return this.#add(head);
    const thrown = line.startsWith("thrown in ") ? null : readPhpThrown(line);
    if (thrown !== null) this.#add(thrown);
  }

  #add(place: TracePlace | null, order: "first" | "last" = "first"): void {
    if (place !== null) this.#sections.add(place, order);
  }

  /** A place lies in the function of the frame behind it: the name moves there. */
  #addPhp(line: string): void {
    const place = readPhpPlace(line);
    if (place === null) return;
    this.#sections.nameLast(place.function, place);
    this.#sections.add({ ...place, function: null }, "first");
  }

  #addRuby(place: TracePlace, line: string): void {
    // A header with the exception behind it begins the cause of what stands above.
    const isHeader = line.endsWith(")") && /['`]: /.test(line);
    if (isHeader && !this.#sections.isEmpty) this.#sections.open("cause");
    this.#sections.add(place, this.#sections.order);
  }

  /** Lines that begin another section of the trace, or end one. */
  #readLink(line: string, indent: number): boolean {
    switch (line.charCodeAt(0)) {
      case 0x43:
        return line.startsWith("Caused by: ") && this.#sections.open("cause", indent);
      case 0x57:
        return line.startsWith("Wrapped by: ") && this.#sections.open("wrapper");
      case 0x53:
        return line.startsWith("Suppressed: ") && this.#sections.setAside(indent);
      case 0x4e:
        if (!/^Next [\w\\]{1,200}(?:: |$)/.test(line)) return false;
        this.#sections.open("wrapper");
        this.#readHead(line);
        return true;
      case 0x5b:
        if (line.startsWith("[cause]: ") || line.startsWith("[previous exception]"))
          return this.#sections.open("cause");
        return false;
      case 0x2d:
        if (line.startsWith("---> ")) return this.#sections.open("cause");
        return line.startsWith("--- End of inner exception") && this.#sections.closeInner();
      case 0x67:
        if (!/^goroutine \d{1,9} .{0,60}\[/.test(line)) return false;
        this.#goroutines += 1;
        return true;
      case 0x63:
        if (!line.startsWith("created by ") || this.#goroutines === 0) return false;
        this.#skipsFile = true;
        return true;
    }
    if (line.endsWith("Traceback (most recent call last):")) return this.#sections.openTraceback();
    const isChain =
      line.startsWith("During handling of the above exception") ||
      line.startsWith("The above exception was the direct cause");
    return isChain && this.#sections.chainTraceback();
  }
}

/** Its arguments are words of memory: `main.(*Server).handle(0xc0000b2000, {0x1, 0x2})`, `main.f(...)`. */
function isGoCall(line: string): boolean {
  const open = line.lastIndexOf("(");
  const name = line.slice(0, open);
  if (open < 1 || name.includes(" ") || !/^[0-9a-fx{}, ?_.]*$/.test(line.slice(open + 1, -1))) return false;
  return name === "panic" || (name.includes(".") && /^[A-Za-z][\w.~%/()*[\]·,-]*$/.test(name));
}

const isRustCall = (call: string) => call.includes("::") || /^\w+$/.test(call);

/** `github.com/acme/shop/rates.Load`, as errors of Go carry their stack. */
const isBareGoCall = (line: string) => line.includes(".") && /^[A-Za-z][\w.~/()*[\]·-]*$/.test(line);
