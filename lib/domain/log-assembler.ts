import { type Envelope, openEnvelope } from "./log-envelope";
import { createLineJoiner } from "./log-fragments";
import { HeldBack } from "./log-held-back";
import { passesThreshold } from "./log-level";
import { createLineReader } from "./log-line-reader";
import { OpenRecord, type WholeLine } from "./log-open-record";
import type { LogAssembler, LogCandidate, LogLine, LogRecord } from "./log-reading";
import type { LogRules } from "./log-reading-rules";
import { faultOf, recordOfText } from "./log-record";
import { readTextLine } from "./log-text";

const contextMax = 5;
/** An open record is closed after so many lines of other streams, or one that is never continued would stay open. */
const idleMax = 50;
/** So much is held back at most; then everything is closed as it is. */
const heldMax = 200;
const ignoreReach = 65_536;

/**
 * The assembler of one source. `clock` gives the time that lines without a year are dated by; without it they have none.
 * Lines of one stream (of a container, of a syslog process) are put together whatever stands between them. What is whole is held
 * back while something that began before its end is open: candidates come in order of offsets over all calls (W-18), and reading
 * again from `openStart` finds the rest, nothing twice.
 */
export function createLogAssembler(rules: LogRules, clock?: () => number): Required<LogAssembler> {
  const assembler = new Assembler(rules, () => clock?.());
  return {
    push: (line) => assembler.push(line),
    flush: () => assembler.flush(),
    take: () => assembler.take(),
    openStart: () => assembler.openStart(),
    recall: (lines) => assembler.recall(lines),
    recallIfWanted: (ask) => assembler.recallIfWanted(ask),
  };
}

class Assembler implements LogAssembler {
  readonly #open = new Map<string, OpenRecord>();
  readonly #joiner;
  readonly #reader;
  /** Every line of the source comes in an envelope; one that does not is not in its format. */
  readonly #needsEnvelope: boolean;
  #recent: Array<LogLine | WholeLine> = [];
  #recalled: (() => readonly LogLine[]) | null = null;
  /** One past the last line that came before the one being read. */
  #seenEnd = 0;
  readonly #found = new HeldBack();

  constructor(
    readonly rules: LogRules,
    readonly now: () => number | undefined,
  ) {
    this.#joiner = createLineJoiner(rules.maxLineBytes);
    this.#reader = createLineReader(rules, now);
    this.#needsEnvelope = ["syslog", "cri", "docker"].includes(rules.format);
  }

  push(line: LogLine): void {
    const envelope = openEnvelope(line.text, this.rules.format, this.now());
    if (envelope) this.#readPiece(line, envelope);
    else {
      const { text, offsetStart, offsetEnd, truncated } = line;
      const whole = { text, offsetStart, offsetEnd, truncated, envelope };
      if (this.#needsEnvelope) this.#readForeign(whole);
      else this.#read(whole);
    }
    this.#recalled = null;
    this.#seenEnd = Math.max(this.#seenEnd, line.offsetEnd);
    if (this.#found.heldCount > heldMax) this.flush();
    this.#letGo();
  }

  flush(): void {
    for (const line of this.#joiner.drain("all")) this.#read(line);
    for (const stream of [...this.#open.keys()]) this.#close(stream);
    this.#letGo();
  }

  take(): ReturnType<LogAssembler["take"]> {
    return this.#found.take(this.openStart());
  }

  openStart(): number | null {
    if (!this.#isOpen()) return null;
    let start = this.#joiner.start() ?? Number.POSITIVE_INFINITY;
    for (const { trigger } of this.#open.values()) start = Math.min(start, trigger.offsetStart);
    return this.#found.startWith(start);
  }

  #letGo(): void {
    if (!this.#isOpen()) this.#found.letGo();
  }

  #isOpen(): boolean {
    return this.#open.size > 0 || this.#joiner.start() !== null;
  }

  recall(lines: readonly LogLine[]): void {
    for (const line of lines.slice(-contextMax)) {
      if (line.offsetStart >= this.#seenEnd) this.#remember(line);
    }
  }

  recallIfWanted(ask: () => readonly LogLine[]): void {
    this.#recalled = ask;
  }

  #readPiece(line: LogLine, envelope: Envelope): void {
    const whole = this.#joiner.join(line, envelope);
    if (whole) this.#readJoined(whole, line.offsetStart);
    if (this.#joiner.start() === null) return;
    for (const stale of this.#joiner.drain("stale")) this.#readJoined(stale, line.offsetStart);
  }

  #readJoined(whole: WholeLine, lastStart: number): void {
    this.#read(whole);
    if (whole.offsetStart < lastStart) this.#passOver(whole);
  }

  #read(line: WholeLine): void {
    const stream = line.envelope?.stream ?? "";
    this.#closeIdle(stream);
    if (line.text.trim() === "") return this.#readBlank(line, stream);
    const said = this.#reader.structured(line);
    const isForeign = said === null && (this.rules.format === "json" || this.rules.format === "logfmt");
    if (said === null) return this.#readText(line, stream, isForeign);
    this.#close(stream);
    if (said === "below level") this.#remember(line);
    else this.#settleLine(line, said);
  }

  /** A line without the envelope that all others have: a message that goes on, or one that does not belong here. */
  #readForeign(line: WholeLine): void {
    for (const record of [...this.#open.values()].reverse()) {
      if (record.take(line)) return;
    }
    this.#closeIdle("");
    if (line.text.trim() === "") this.#close("");
    else this.#readText(line, "", true);
  }

  #readBlank(line: WholeLine, stream: string): void {
    if (!this.#open.get(stream)?.take(line)) this.#close(stream);
  }

  #readText(line: WholeLine, stream: string, isForeign: boolean): void {
    if (this.#open.get(stream)?.take(line)) return;
    this.#close(stream);
    const embedded = isForeign ? null : this.#reader.embedded(line);
    if (embedded) return this.#settleLine(line, embedded);
    const text = readTextLine(line.text, this.now());
    const rank = text.level?.rank ?? line.envelope?.level?.rank ?? 0;
    const isFailure = passesThreshold(rank, this.rules.threshold) || this.rules.triggers?.(line.text);
    if (isFailure) this.#open.set(stream, new OpenRecord(line, text, this.#takeContext(), isForeign));
    else this.#remember(line);
  }

  /** A record of one line is whole at once. */
  #settleLine(line: WholeLine, record: LogRecord): void {
    if (!passesThreshold(record.levelRank, this.rules.threshold)) return this.#remember(line);
    const { offsetStart, offsetEnd, truncated } = line;
    const context = this.#takeContext();
    this.#settle({ offsetStart, offsetEnd, record, lines: [line.text], context, truncated }, false);
  }

  #closeIdle(stream: string): void {
    for (const [name, record] of this.#open) {
      if (name !== stream && ++record.idleLines > idleMax) this.#close(name);
    }
  }

  #close(stream: string): void {
    const open = this.#open.get(stream);
    if (!open) return;
    this.#open.delete(stream);
    const { lines, context, offsetEnd, truncated, trigger } = open;
    const record = recordOfText(open, this.rules, this.now());
    const { offsetStart } = trigger;
    this.#settle({ offsetStart, offsetEnd, record, lines, context, truncated }, open.isForeign);
  }

  #settle(candidate: LogCandidate, isForeign: boolean): void {
    const { record, lines, offsetStart, offsetEnd } = candidate;
    if (isIgnored(record, lines, this.rules)) return this.#passOver(candidate);
    const fault = isForeign
      ? { reason: "not_in_format" as const, detail: this.rules.format }
      : faultOf(record, this.rules);
    this.#found.add(
      fault
        ? { kind: "fault", offsetStart, offsetEnd, fault: { offsetStart, offsetEnd, ...fault, lines } }
        : { kind: "candidate", offsetStart, offsetEnd, candidate },
    );
  }

  #passOver({ offsetStart, offsetEnd }: Pick<LogLine, "offsetStart" | "offsetEnd">): void {
    this.#found.add({ kind: "nothing", offsetStart, offsetEnd });
  }

  #remember(line: LogLine | WholeLine): void {
    this.#recent.push(line);
    if (this.#recent.length > contextMax) this.#recent.shift();
  }

  #takeContext(): string[] {
    if (this.#recalled) this.recall(this.#recalled());
    this.#recalled = null;
    const rows = this.#recent.map((line) =>
      "envelope" in line ? line.text : (openEnvelope(line.text, this.rules.format)?.text ?? line.text),
    );
    this.#recent = [];
    return rows.filter((row) => row.trim() !== "");
  }
}

function isIgnored(record: LogRecord, lines: readonly string[], rules: LogRules): boolean {
  if (!rules.ignores) return false;
  return rules.ignores(record.message) || rules.ignores(lines.join("\n").slice(0, ignoreReach));
}
