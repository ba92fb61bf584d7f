import type { Envelope } from "./log-envelope";
import { syslogLevel } from "./log-level";
import { timeAt } from "./log-timestamp";

const priority = /^<(\d{1,3})>/;
const header5424 = /^1 (\S{1,48}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) /;
const appTag = /^([\w./@+-]{1,64}?)(?:\[([\w.-]{1,20})\])?: ?/;
const host = /^[\w.:-]{1,255} /;

/**
 * One line of syslog, RFC 5424 or 3164, with its `<PRI>` or as daemons write it to a file without one. `certain` takes only
 * what is plainly syslog: one of several formats that a line might have.
 */
export function parseSyslogLine(line: string, wanted: "any" | "certain", nowMs?: number): Envelope | null {
  const match = priority.exec(line);
  const value = match ? Number(match[1]) : null;
  if (value !== null && value > 191) return null;
  const rest = line.slice(match?.[0].length ?? 0);
  const facility: Record<string, string> = value === null ? {} : { "syslog.facility": String(value >> 3) };
  const level = value === null ? null : syslogLevel(value & 7);
  const found =
    (value !== null ? read5424(rest) : null) ?? read3164(rest, wanted === "certain" && value === null, nowMs);
  if (!found) return null;
  return { ...found, format: "syslog", isPart: false, level, facts: { ...facility, ...found.facts } };
}

type Body = Pick<Envelope, "stream" | "text" | "occurredAtMs" | "component" | "process" | "facts">;

function read5424(rest: string): Body | null {
  const match = header5424.exec(rest);
  if (!match) return null;
  const [all, time = "-", hostName = "-", app = "-", pid = "-", messageId = "-"] = match;
  const structured = readStructured(rest, all.length);
  if (!structured) return null;
  const name = app === "-" ? null : app;
  return {
    stream: `${hostName}/${app}/${pid}`,
    text: rest.slice(structured.end).replace(/^ (?:\uFEFF|\u00EF\u00BB\u00BF)?/, ""),
    occurredAtMs: timeAt(time, 0)?.ms() ?? null,
    component: name,
    process: name,
    facts: messageId === "-" ? structured.facts : { ...structured.facts, "syslog.msgid": messageId },
  };
}

const element = /\[([^\s=\]"]{1,64})((?: [^\s=\]"]{1,64}="(?:[^"\\\]]|\\.)*")*)\]/y;
const parameter = / ([^\s=\]"]{1,64})="((?:[^"\\\]]|\\.)*)"/g;

/** `-` or `[id name="value" ...]...`. */
function readStructured(text: string, at: number): { facts: Record<string, string>; end: number } | null {
  if (text[at] === "-") return { facts: {}, end: at + 1 };
  const facts = new Map<string, string>();
  let end = at;
  for (;;) {
    element.lastIndex = end;
    const match = element.exec(text);
    if (!match) break;
    for (const [, name = "", value = ""] of (match[2] ?? "").matchAll(parameter)) {
      facts.set(`${match[1]}.${name}`, value.replace(/\\(["\\\]])/g, "$1"));
    }
    end = element.lastIndex;
  }
  return end === at ? null : { facts: Object.fromEntries(facts), end };
}

/** `Jun 29 12:00:01 host app[1]: words`; also with an ISO time, as rsyslog writes files. */
function read3164(rest: string, mustBePlain: boolean, nowMs: number | undefined): Body | null {
  // The commonest line of text is no syslog, and this is the cheapest way to know.
  if (mustBePlain && !rest.includes(": ")) return null;
  const time = timeAt(rest, 0, nowMs);
  if (!time || rest[time.end] !== " ") return null;
  const afterTime = rest.slice(time.end + 1);
  const hostName = host.exec(afterTime)?.[0];
  const afterHost = hostName ? afterTime.slice(hostName.length) : afterTime;
  const tag = appTag.exec(afterHost) ?? appTag.exec(afterTime);
  const isNamed = rest.charCodeAt(0) >= 0x41;
  // An ISO time begins many kinds of line: only a host and a process in brackets after it say syslog.
  if (mustBePlain && !(isNamed ? tag : tag?.[2] && hostName)) return null;
  const text = tag ? (appTag.test(afterHost) ? afterHost : afterTime).slice(tag[0].length) : afterHost;
  const name = tag?.[1] ?? null;
  return {
    stream: `${hostName?.trim() ?? "-"}/${name ?? "-"}/${tag?.[2] ?? "-"}`,
    text,
    occurredAtMs: time.ms(),
    component: name,
    process: name,
    facts: {},
  };
}
