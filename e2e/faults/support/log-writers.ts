import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** How a log can be rotated under its reader. The last two destroy what was not read. */
export const rotationModes = ["rename", "copytruncate", "symlink", "gzip", "truncate", "recreate"] as const;
export type RotationMode = (typeof rotationModes)[number];

/** A program of its own that writes numbered failures into `<mode>.log` and rotates it. */
export class LogWriter {
  /** Lines that are in the log, or were. */
  written = 0;
  readonly #child: ChildProcess;
  #done: (() => void) | null = null;
  #fail: ((error: Error) => void) | null = null;

  constructor(
    folder: string,
    readonly mode: RotationMode,
    /** Asked before a rotation that destroys what nobody has read, with how many lines there are. */
    private readonly untilRead: (written: number) => Promise<unknown>,
    onFailure: (error: unknown) => void,
  ) {
    this.#child = spawn(process.execPath, [join(import.meta.dirname, "log-writer.mjs"), folder, mode], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child.stdin?.on("error", () => {});
    this.#child.once("exit", () => this.#fail?.(new Error(`the writer of ${mode} ended`)));
    const said = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream });
    said.on("line", (line) => void this.#hear(line).catch(onFailure));
  }

  async #hear(line: string): Promise<void> {
    const [word, count] = line.split(" ");
    if (word === "rotate?") {
      await this.untilRead(this.written);
      this.#child.stdin?.write("go\n");
      return;
    }
    this.written = Number(count);
    if (word === "done") this.#done?.();
  }

  /** Writes so many more, rotating after each `every` of them. */
  write(count: number, every: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#done = resolve;
      this.#fail = reject;
      this.#child.stdin?.write(`write ${count} ${every}\n`);
    });
  }

  stop(): void {
    this.#child.removeAllListeners("exit");
    this.#child.kill("SIGKILL");
  }
}

type Query = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

/** How often each line of a writer was counted, by what the database says. */
export async function countedLines(query: Query, mode: RotationMode): Promise<Map<number, number>> {
  const rows = await query<{ line: number; n: number }>(
    `SELECT substring(sighting->>'message' from '<' || $1 || '-(\\d+)>')::int AS line, count(*)::int AS n
     FROM occurrences WHERE provenance = 'log_source' AND log_source_id = $1 GROUP BY 1`,
    [mode],
  );
  return new Map(rows.map((row) => [row.line, row.n]));
}

/** What is missing or too many of the lines 1 to `written`: how many, and a few of each; nothing, when all is well. */
export function faultsOf(counted: ReadonlyMap<number, number>, written: number) {
  const all = Array.from({ length: written }, (_, at) => at + 1);
  const unknown = [...counted.keys()].filter((line) => !(line >= 1 && line <= written));
  return {
    lost: someOf(all.filter((line) => !counted.has(line))),
    twice: someOf(all.filter((line) => (counted.get(line) ?? 0) > 1)),
    unknown: someOf(unknown),
  };
}

const someOf = (lines: number[]) =>
  lines.length > 10 ? [...lines.slice(0, 10), `${lines.length} in all`] : lines;
