/** What a line says of an exception: its type, its message (the first line), and the file where that line names one. */
export type NamedException = { type: string | null; message: string | null; path: string | null };

const opening =
  /^(?:(?:\(node:\d+\) )?(?:Uncaught |Unhandled(?:PromiseRejectionWarning| [Ee]xception| [Rr]ejection)?[:.]? )(?:\(in promise\) |Error: (?=\w+Error))?|Exception in thread "[^"]{0,80}" |PHP Fatal error: {1,2}Uncaught |(?:PHP )?Fatal error: {1,2}Uncaught )/;
const typeAndMessage =
  /^([A-Za-z_$][\w$]*(?:(?:\.|::|:|\\{1,2}|\+)[A-Za-z_$][\w$]*){0,12})(?:`\d+\[[^\]]{0,200}\])?(?: \[([A-Z][A-Z0-9_]*)\])?(?:: (.*)|:)?$/;
const typeInParentheses = /^([A-Z]\w*(?:::[A-Z]\w*)*) \((.*)\):?$/;
const rubyHeader =
  /^(?:[A-Za-z]:)?([^\s:][^:]{0,300}):\d+:in [`'][^'`]{1,300}['`]: (.*) \(([A-Z]\w*(?:::[A-Z]\w*)*)\)$/;
const rustPanic = /^thread '[^']{0,200}'(?: \(\d+\))? panicked at (.*)$/;
const phpNotice =
  /^PHP (Fatal error|Parse error|Warning|Notice|Deprecated): {1,2}(.*?)(?: in ([^ ]{1,400}) on line \d+)?$/;
const goFatal =
  /^fatal error: (?:all goroutines are asleep|concurrent map|stack overflow|runtime: |unexpected signal|found bad pointer)/;

const looksLikeException =
  /(?:Error|Exception|Panic|Fault|Failure|Interrupt|Warning|Exit|Timeout|Throwable|Abort|Violation|ErrorGroup|ExceptionGroup)$/;

const named = (type: string | null, message: string | null, path: string | null = null): NamedException => ({
  type,
  message: message === "" ? null : message,
  path,
});

/** The exception a line names by itself: by the ending of its type, or by the form of its language. Null when it names none. */
export function readException(line: string): NamedException | null {
  if (line.length > 1_000) return null;
  const own = readOwnForm(line);
  if (own !== null) return own;
  const first = line.charCodeAt(0) | 0x20;
  if ((first < 0x61 || first > 0x7a) && !/^[_$(]/.test(line)) return null;
  const text = line.replace(opening, "");
  const rails = /\):?$/.test(line) ? typeInParentheses.exec(text) : null;
  if (rails && (looksLikeException.test(rails[1] ?? "") || rails[1]?.includes("::"))) {
    return named(rails[1] ?? null, rails[2] ?? null);
  }
  const exception = readNamed(text);
  if (exception?.type == null) return null;
  const isSaid = text !== line && /(?:^|[.:\\])[A-Z]\w*$/.test(exception.type);
  return isSaid || looksLikeException.test(exception.type) ? exception : null;
}

/** As above where the place says that there is one (after `Caused by:`, before the first frame): any name will do. */
export function readExpectedException(line: string): NamedException | null {
  if (line.length > 1_000) return null;
  const found = readException(line) ?? readNamed(line.replace(opening, ""));
  if (found?.type == null) return found;
  const word = found.type.slice(found.type.search(/\w+$/));
  return /^[A-Z_]?[A-Z]?[a-z]/.test(word) || word.length > 1 ? found : null;
}

function readNamed(text: string): NamedException | null {
  const match = typeAndMessage.exec(text);
  if (match === null) return null;
  const { message, path } = withoutPlace(match[3] ?? "");
  const type = (match[1] ?? "").replaceAll("\\\\", "\\").replace(/\$\d+$/, "");
  return named(type, match[2] ? `[${match[2]}] ${message}` : message, path);
}

function readOwnForm(line: string): NamedException | null {
  const first = line.charCodeAt(0);
  if (first === 0x70 && line.startsWith("panic: "))
    return named("panic", line.slice(7).replace(/ \[recovered\]$/, ""));
  if (first === 0x68 && line.startsWith("http: panic serving ")) {
    return named("panic", line.slice(20).replace(/^\S{1,80}: /, ""));
  }
  if (first === 0x66 && goFatal.test(line)) return named("fatal error", line.slice(13));
  if (first === 0x74) return readRustPanic(line);
  if (first === 0x50 && !line.includes("Uncaught ")) {
    const notice = phpNotice.exec(line);
    if (notice) return named(`PHP ${notice[1]}`, notice[2] ?? null, notice[3] ?? null);
  }
  const last = line.charCodeAt(line.length - 1);
  if (last !== 0x29 && last !== 0x7d && last !== 0x22) return null;
  if (last === 0x29 && line.includes(":in ")) {
    const ruby = rubyHeader.exec(line);
    if (ruby) return named(ruby[3] ?? null, ruby[2] ?? null, null);
  }
  return readMonolog(line);
}

/** `thread 'main' panicked at src/main.rs:3:5:`, the message on the next line; before 1.73 both on one. */
function readRustPanic(line: string): NamedException | null {
  const rest = rustPanic.exec(line)?.[1];
  if (rest === undefined) return null;
  const before = /^'(.*)', ([^\s:]{1,300}):\d+(?::\d+)?$/.exec(rest);
  if (before) return named("panic", before[1] ?? null, before[2] ?? null);
  const place = /^([^\s:]{1,300}):\d+:\d+:?$/.exec(rest)?.[1];
  return named("panic", place ? null : rest, place ?? null);
}

/** `[object] (App\\Late(code: 0): too late at /app/x.php:12)`, as Monolog writes exceptions. */
function readMonolog(line: string): NamedException | null {
  const start = line.indexOf("[object] (");
  if (start === -1) return null;
  const match = /^([\w\\]{1,200})\(code: [^)]{0,20}\): (.*)$/.exec(line.slice(start + 10));
  if (!match) return null;
  const { message, path } = withoutPlace((match[2] ?? "").replace(/\)"?\}?$/, ""));
  return named((match[1] ?? "").replaceAll("\\\\", "\\"), message, path);
}

/** PHP puts the file behind the message: `too late in /app/x.php:12`. */
function withoutPlace(text: string): { message: string; path: string | null } {
  const place = / (?:in|at) ((?:\/|[A-Za-z]:\\)[^\s:]{1,400}\.\w{2,5})(?::\d+|\(\d+\)| on line \d+)$/.exec(
    text,
  );
  if (!place) return { message: text.replace(/ \{$/, ""), path: null };
  return { message: text.slice(0, place.index), path: place[1] ?? null };
}
