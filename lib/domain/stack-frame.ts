import { isBundle, moduleOf } from "./stack-module";

/** One call of a trace, without what varies between runs, releases and machines. */
export type StackFrame = {
  /** Made when it is asked for: most frames of a trace are not. */
  name: () => string;
  /** The system's own code, somebody's library, or the language's own runtime. */
  origin: "app" | "library" | "runtime";
};

type Origin = StackFrame["origin"];
const frame = (name: () => string, origin: Origin): StackFrame => ({ name, origin });
/** A call of the runtime itself; never asked for its name. */
const runtimeFrame = frame(() => "<runtime>", "runtime");

/** `at ...`: JavaScript, Java and Kotlin, .NET. Null for anything else that begins so. */
export function readAtFrame(line: string): StackFrame | null {
  const open = line.indexOf("(");
  if (open === -1) return readBareJavaScript(line.slice(3).replace(/ \{$/, ""));
  const isSpaced = line.charCodeAt(open - 1) === 0x20;
  const close = line.indexOf(")", open);
  const place = line.slice(open + 1, close === -1 ? undefined : close);
  if (!isSpaced && javaPlace.test(place)) return javaFrame(line.slice(3, open));
  if (isSpaced) {
    const last = line.lastIndexOf("(");
    const end = line.indexOf(")", last);
    return javaScriptFrame(line.slice(3, open - 1), line.slice(last + 1, end === -1 ? undefined : end));
  }
  return line.slice(3, open).includes(".") ? dotNetFrame(line.slice(3, open)) : null;
}

const javaPlace =
  /^(?:[\w$ -]+\.(?:java|kt|kts|scala|groovy|clj|aj)(?::\d+)?|Native Method|Unknown Source(?::\d+)?|SourceFile(?::\d+)?|<generated>|[A-Z]\w*:\d+)$/;
const javaRuntime = /^(?:java|javax|jdk|sun|com\.sun|kotlin|kotlinx|scala|groovy|clojure|dalvik|libcore)\./;
const javaLibrary =
  /^(?:org\.(?:springframework|apache|hibernate|eclipse|jboss|junit|slf4j|postgresql|mockito|codehaus|aspectj|thymeleaf|h2|quartz)|io\.(?:netty|undertow|reactivex|micrometer|grpc|quarkus|vertx|ktor|micronaut|opentelemetry)|com\.(?:fasterxml|google|zaxxer|mysql|amazonaws|mongodb|android|squareup|microsoft)|reactor|rx|akka|play|okhttp3|retrofit2|ch\.qos|oracle|android|androidx|net\.sf|net\.bytebuddy|redis\.clients|software\.amazon)\./;
const madeByTheJvm =
  /\$\$(?:Lambda|Enhancer|FastClass|SpringCGLIB)|^(?:jdk\.proxy\d*\.)?(?:com\.sun\.proxy\.)?\$Proxy\d|GeneratedMethodAccessor|^_COROUTINE/;

function javaFrame(call: string): StackFrame | null {
  const method = call.slice(call.lastIndexOf("/") + 1);
  if (madeByTheJvm.test(call) || !method.includes(".")) return null;
  if (javaRuntime.test(method)) return runtimeFrame;
  return frame(() => javaName(method), javaLibrary.test(method) ? "library" : "app");
}

const javaName = (method: string) =>
  method
    .replace(/lambda\$([\w$-]{1,80}?)\$\d+$/, "$1")
    .replace(/\$\d+(?=[.$]|$)/g, "")
    .replace(/access\$\d+$/, "access");

const javaScriptPlace = /^(.+?)(?::\d+){1,2}$/;

function readBareJavaScript(call: string): StackFrame | null {
  const place = call.startsWith("async ") ? call.slice(6) : call;
  return /\.rs:\d+:\d+$/.test(place) ? null : javaScriptFrame("", place);
}

/** A call and the place in parentheses behind it; `place` is `path:line:column`. */
export function javaScriptFrame(call: string, place: string): StackFrame | null {
  if (place.length > 1_000) return null;
  const path = javaScriptPlace.exec(place)?.[1];
  if (path === undefined) return null;
  if (/^(?:node:|internal\/|native|<anonymous>|evalmachine)/.test(path)) return runtimeFrame;
  return frame(
    () => javaScriptFrameName(call, path),
    /(?:^|[\\/])node_modules[\\/]/.test(path) ? "library" : "app",
  );
}

function javaScriptFrameName(call: string, path: string): string {
  const name = javaScriptName(call);
  return isMinified(name) && isBundle(path) ? moduleOf(path) : `${name}@${moduleOf(path)}`;
}

function javaScriptName(call: string): string {
  const name = call
    .replace(/ \[as [^\]]*\]$/, "")
    .replace(/^(?:(?:async|new) |(?:Object|Module|Function|exports)\.)+/, "")
    .replace(/\$\d+$/, "");
  if (name === "" || /^_callee\d*\$?$/.test(name)) return "<anonymous>";
  return name;
}

/** A name of one or two letters in a bundle is another one in the next build. */
function isMinified(name: string): boolean {
  if (name === "<anonymous>" || /\w{3}/.test(name)) return false;
  return name.split(".").every((word) => /^[A-Za-z_$][\w$]?$/.test(word) || word === "<anonymous>");
}

const dotNetRuntime =
  /^(?:System|Microsoft|Internal|Interop|MS|Newtonsoft|lambda_method|Grpc|Npgsql|Serilog|MediatR|Polly|NUnit|Xunit)\b/;

/** `Shop.Settle.<RunAsync>d__3.MoveNext` is `Shop.Settle.RunAsync`. */
function dotNetFrame(call: string): StackFrame {
  return frame(() => dotNetName(call), dotNetRuntime.test(call) ? "library" : "app");
}

const dotNetName = (call: string) =>
  withoutGenerics(
    call
      .replace(/(?:\.<>c(?:__DisplayClass\w+)?)?\.<(\w+)>[bg]__\w*(?:\|\w+)?/g, ".$1")
      .replace(/\.<(\w+)>d__\w+(?:`\d+)?\.MoveNext$/, ".$1")
      .replace(/`\d+/g, ""),
    "[",
    "]",
  );

/** `File "x.py", line 3, in f`: Python. */
export function readPythonFrame(line: string): StackFrame | null {
  const match = /^File "([^"]+)", line \d+(?:, in (.+))?$/.exec(line);
  if (!match) return null;
  const path = match[1] ?? "";
  const name = match[2] ?? "<module>";
  if (/^<(?:list|dict|set)comp>$|^<genexpr>$/.test(name)) return runtimeFrame;
  if (
    /<frozen |(?:^|[\\/])lib[\\/]python[\d.]+[\\/](?!site-packages|dist-packages)|[\\/]Lib[\\/](?!site-packages)/.test(
      path,
    )
  )
    return runtimeFrame;
  const isLibrary = /(?:^|[\\/])(?:site|dist)-packages[\\/]/.test(path);
  return frame(() => `${name}@${moduleOf(path)}`, isLibrary ? "library" : "app");
}

/** `#0 /app/x.php(12): App\Jobs\Settle->handle()`: PHP. */
export function readPhpFrame(line: string): StackFrame | null {
  const match = /^#\d+ (?:(\[internal function\])|([^(]{1,600})\(\d+\)): (.+)$/.exec(line);
  if (!match) return null;
  if (match[1]) return runtimeFrame;
  const path = match[2] ?? "";
  return frame(() => phpName(match[3] ?? "", path), /[\\/]vendor[\\/]/.test(path) ? "library" : "app");
}

function phpName(called: string, path: string): string {
  const open = called.indexOf("(");
  const name = (open === -1 ? called : called.slice(0, open))
    .replace(/\{closure:?[^{}]*\}/, "{closure}")
    .replace(/@anonymous.*?(?=->|::|$)/, "@anonymous");
  return name.includes("\\") ? name : `${name}@${moduleOf(path)}`;
}

/** `app/x.rb:3:in 'Shop::Pay#charge'`, with or without `from`: Ruby. The method alone counts, as older versions name no more. */
export function readRubyFrame(line: string): StackFrame | null {
  const match = /^(?:\d{1,4}: )?(?:from )?((?:[A-Za-z]:)?[^:]{1,400}):\d+:in [`']([^`']{1,300})['`]/.exec(
    line,
  );
  if (!match) return null;
  const path = match[1] ?? "";
  const method = (match[2] ?? "").replace(/^(?:(?:block|rescue|ensure)(?: \(\d+ levels\))? in )+/, "");
  const name = method.slice(Math.max(method.lastIndexOf("#"), method.lastIndexOf(".")) + 1);
  if (/^<internal:|[\\/]ruby[\\/]\d[\d.]*[\\/](?!gems|bundler)/.test(path)) return runtimeFrame;
  return frame(() => `${name}@${moduleOf(path)}`, /[\\/]gems[\\/]/.test(path) ? "library" : "app");
}

const goRuntime =
  /^(?:runtime|net|testing|sync|reflect|syscall|os|io|fmt|encoding|database|context|time|internal|bufio|bytes|strings|strconv|sort|errors|log|html|text|crypto|compress|container|math|regexp|path|hash|image|mime|embed|flag|maps|slices|iter|unicode|panic)(?:[./]|$)/;

/** A call of Go and the file behind it, if one is named. */
export function goFrame(call: string, path: string | null): StackFrame {
  const name = withoutGenerics(call, "[", "]")
    .replace(/(?:\.func\d+|\.gowrap\d+|\.deferwrap\d+|\.\d+|-fm)+$/, "")
    .replace(/\/v\d+(?=[/.])/, "");
  if (
    path !== null &&
    /(?:^|[\\/])(?:usr[\\/]local[\\/]go|usr[\\/]lib[\\/]go[\w.-]*|go[\\/]\d[\d.]*[\w-]*|libexec|GOROOT)[\\/](?:\w+[\\/])?src[\\/]/.test(
      path,
    )
  )
    return runtimeFrame;
  if (goRuntime.test(name)) return runtimeFrame;
  const isLibrary = path !== null && /[\\/]pkg[\\/]mod[\\/]|[\\/]vendor[\\/]/.test(path);
  return frame(() => name, isLibrary || name.includes("/vendor/") ? "library" : "app");
}

const rustRuntime = /^(?:std|core|alloc|backtrace|test|proc_macro|rust_begin_unwind|__\w+)(?:::|$)/;
const rustLibrary =
  /^(?:tokio|hyper|tower|axum|actix|futures|rayon|serde|anyhow|eyre|tracing|reqwest|sqlx|diesel|rocket|warp|async_std|mio|h2|clap|bytes|parking_lot|crossbeam)\w*::/;

/** A call of Rust and the file behind it, if one is named. */
export function rustFrame(call: string, path: string | null): StackFrame {
  const name = withoutGenerics(selfType(call), "<", ">")
    .replace(/::h[0-9a-f]{16}$/, "")
    .replace(/::\{\{?(?:closure|impl)[^}]*\}\}?/g, "")
    .replace(/::::/g, "::");
  if (!name.includes("::") || rustRuntime.test(name)) return runtimeFrame;
  if (path !== null && /(?:^|[\\/])(?:rustc|\.rustup)[\\/]/.test(path)) return runtimeFrame;
  const isLibrary =
    path === null ? rustLibrary.test(name) : /[\\/](?:registry[\\/]src|git[\\/]checkouts)[\\/]/.test(path);
  return frame(() => name, isLibrary ? "library" : "app");
}

/** `<shop::Cart as core::ops::Drop>::drop` is `shop::Cart::drop`. */
function selfType(call: string): string {
  if (!call.startsWith("<")) return call;
  let depth = 0;
  let typeEnd = -1;
  for (let at = 0; at < call.length; at += 1) {
    const char = call.charAt(at);
    if (char === "<") depth += 1;
    else if (depth === 1 && typeEnd === -1 && call.startsWith(" as ", at)) typeEnd = at;
    else if (char === ">" && call.charAt(at - 1) !== "-") {
      depth -= 1;
      if (depth === 0) return call.slice(1, typeEnd === -1 ? at : typeEnd) + call.slice(at + 1);
    }
  }
  return call;
}

function withoutGenerics(name: string, open: string, close: string): string {
  if (!name.includes(open)) return name;
  let bare = "";
  let depth = 0;
  for (const char of name) {
    if (char === open) depth += 1;
    else if (char === close && depth > 0) depth -= 1;
    else if (depth === 0) bare += char;
  }
  return bare;
}
