import { parseFailure } from "./stack-trace";
import { namesIn, wordsOf } from "./suspect-tokens";
import type { TriageSubject } from "./triage";

/** The exception's type and message, its root cause included; the title where there is no exception. */
export function messageOf(subject: TriageSubject): string {
  const failure = parseFailure([...subject.excerpt, ...subject.detail.split("\n")]);
  const parts = [
    failure.exceptionType,
    failure.message,
    failure.cause?.exceptionType,
    failure.cause?.message,
  ];
  const message = parts.filter((part) => part).join(": ");
  return (message === "" ? subject.title : message).slice(0, 2_000);
}

const spokenOf: readonly RegExp[] = [
  /\b(?:column|key|attribute|method|function|field|property|variable|table|module|setting|constant|symbol|parameter|argument|option)(?: named)?:? (?!named\b)([A-Za-z_][\w.:]{1,80})/g,
  /\b([A-Za-z_]\w{1,80}) is (?:not (?:defined|a function|a constructor|iterable|set|callable|configured)|missing|undefined|required)/g,
  /\bundefined: ([A-Za-z_]\w{1,80})/g,
];
const fileName = /\.(?:py|[cm]?[jt]sx?|java|kt|go|rb|php|rs|cs|json|ya?ml|toml|ini|log|txt|html?|xml|sql)$/i;
/** The words of the message alone: an exception's type and where that is defined are none of them. */
function wordingOf(subject: TriageSubject): string {
  const failure = parseFailure([...subject.excerpt, ...subject.detail.split("\n")]);
  const words = [failure.message, failure.cause?.message].filter((part) => part).join("\n");
  return (words === "" ? subject.title : words).slice(0, 2_000);
}

const codeShaped = /^(?:\w*[a-z]\w*[A-Z]\w*|\w+_\w+|\w+\d\w*)$/;
const saysNothing: ReadonlySet<string> = new Set(
  "NoneType NilClass TypeError KeyError ValueError NullPointerException IndexError AttributeError NoMethodError RuntimeError java lang util main".split(
    " ",
  ),
);

/** Names in a message: quoted, behind a colon as Ruby writes them, or written as only code is. */
export function messageNamesOf(subject: TriageSubject): ReadonlySet<string> {
  const message = wordingOf(subject);
  const names = new Set<string>();
  const take = (words: readonly string[]) => {
    for (const name of namesIn(words.map((text) => ({ kind: "name", text, isMember: false })))) {
      if (!saysNothing.has(name)) names.add(name);
    }
  };
  for (const quoted of message.match(/["'`‘“]([^"'`’”\n]{1,80})["'`’”]/g) ?? []) take(wordsOf(quoted));
  for (const symbol of message.match(/(?<=[^:\w]):[a-z_]\w*/g) ?? []) take([symbol.slice(1)]);
  // `no such column: total`, `total is not defined`, `unknown field total`.
  for (const pattern of spokenOf) {
    for (const match of message.matchAll(pattern)) take(wordsOf(match[1] ?? ""));
  }
  // `queue.workers`, `Order.total`; a file's name is none of them.
  for (const dotted of message.match(/\b[A-Za-z_]\w*(?:(?:\.|::)[A-Za-z_]\w*)+\b(?![/\\])/g) ?? []) {
    if (!fileName.test(dotted) && !/^(?:java|javax|org|com)\./.test(dotted)) take(dotted.split(/\.|::/));
  }
  take(wordsOf(message).filter((word) => codeShaped.test(word) && !/(?:Error|Exception)$/.test(word)));
  return names;
}
