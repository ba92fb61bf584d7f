import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LogAssembler, LogCandidate, LogInterest, LogLine } from "@/lib/domain/log-reading";
import {
  type LogTail,
  openLogTail,
  type SourcePlace,
  type TailPosition,
  type TailSettings,
  type TailWindow,
} from "@/lib/sources/log-tail";

/** Lines with ERR begin a failure, indented ones go on with it, BAD ones are set aside; all others end it. */
export function createPlainAssembler(): LogAssembler {
  let open: LogLine[] = [];
  let whole: LogCandidate[] = [];
  let aside: LogLine[] = [];
  let context: LogLine[] = [];
  let openContext: string[] = [];
  const flush = () => {
    const [first] = open;
    const last = open.at(-1);
    if (first && last) whole.push(candidateOf(open, openContext, last.offsetEnd));
    open = [];
  };
  return {
    push: (line) => {
      if (open.length > 0 && /^[ \t]/.test(line.text)) return void open.push(line);
      flush();
      if (line.text.startsWith("BAD")) aside.push(line);
      if (!line.text.includes("ERR")) return void context.push(line);
      open = [line];
      openContext = context.slice(-2).map((each) => each.text);
      context = [];
    },
    flush,
    take: () => {
      const quarantined = aside.map((line) => ({
        ...{ offsetStart: line.offsetStart, offsetEnd: line.offsetEnd, lines: [line.text] },
        ...{ reason: "not_in_format" as const, detail: "BAD" },
      }));
      const taken = { candidates: whole, quarantined };
      whole = [];
      aside = [];
      return taken;
    },
    openStart: () => open[0]?.offsetStart ?? null,
    recall: (lines) => context.push(...lines),
  };
}

function candidateOf(lines: readonly LogLine[], context: string[], offsetEnd: number): LogCandidate {
  const texts = lines.map((each) => each.text);
  const [message = "", ...stack] = texts;
  return {
    ...{ offsetStart: lines[0]?.offsetStart ?? 0, offsetEnd, lines: texts, context },
    truncated: lines.some((each) => each.truncated),
    record: {
      ...{ format: "plaintext", level: "error", levelRank: 5, message, stack },
      ...{ attributes: {}, externalCorrelationIds: [], fields: null },
    },
  };
}

export const plainInterest: LogInterest = { pattern: /ERR|^BAD/m, linesBefore: 2 };
/** Every line is given to the assembler. */
export const everyLine: LogInterest = { pattern: null, linesBefore: 0 };

export type TailedLog = ReturnType<typeof createTailedLog>;

/** A folder that is an allowed root, a log `app.log` in it, and a tail that commits in memory. */
export function createTailedLog(settings: Partial<TailSettings> = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-tail-")));
  const root = join(folder, "shop");
  mkdirSync(root);
  const place: SourcePlace = {
    ...{ workspaceRoot: root, path: "app.log", allowedRoots: [folder], refusedFolders: [] },
  };
  const clock = { nowMs: Date.now() };
  const committed: TailWindow[] = [];
  let position: TailPosition | null = settings.position ?? null;
  let tail: LogTail | null = null;

  const ground = {
    ...{ folder, root, place, clock, committed },
    path: (name = "app.log") => join(root, name),
    append: (text: string | Buffer, name = "app.log") => appendFileSync(join(root, name), text),
    write: (text: string | Buffer, name = "app.log") => writeFileSync(join(root, name), text),
    position: () => position,
    stand: (at: TailPosition | null) => {
      position = at;
    },
    /** The tail of this life of the process. */
    tail: () => {
      tail ??= openLogTail({
        ...{ place, createAssembler: createPlainAssembler, interest: plainInterest },
        ...{ startPosition: "beginning", nowMs: () => clock.nowMs, ...settings, position },
      });
      return tail;
    },
    next: () => ground.tail().next(),
    /** One window, committed. */
    commit: async () => {
      const window = await ground.next();
      if (window.kind === "window") {
        committed.push(window);
        position = window.position;
      }
      return window;
    },
    /** Windows until nothing is left to wait for; time passes as far as the tail says it needs. */
    drain: async () => {
      for (let calls = 0; calls < 500; calls++) {
        const window = await ground.commit();
        if (window.kind === "error" || (!window.behind && window.settlesInMs === null)) return window;
        clock.nowMs += window.behind ? 0 : (window.settlesInMs ?? 0);
      }
      throw new Error("the tail never comes to rest");
    },
    /** What was not committed is gone; the next tail stands where the last commit was. */
    crash: async () => {
      await tail?.close();
      tail = null;
    },
    close: async () => {
      await ground.crash();
      rmSync(folder, { recursive: true, force: true });
    },
    /** Everything handed out, as `generation:offset text`. */
    told: () =>
      committed.flatMap((window) =>
        [...window.candidates, ...window.quarantined]
          .sort((a, b) => a.offsetStart - b.offsetStart)
          .map((each) => `${window.generation}:${each.offsetStart} ${each.lines.join("|")}`),
      ),
    texts: () => ground.told().map((each) => each.slice(each.indexOf(" ") + 1)),
  };
  return ground;
}
