import { createInterface } from "node:readline/promises";

/** All that a command touches of the process, so that tests can stand in for it. */
export type Io = {
  out: (text: string) => void;
  err: (text: string) => void;
  readStdin: () => Promise<string>;
  /** Null when nobody can be asked. */
  confirm: ((question: string) => Promise<boolean>) | null;
  env: Record<string, string | undefined>;
  cwd: string;
  /** Somebody looks at the output. */
  isTty: boolean;
  color: boolean;
  /** Of the terminal; null when there is none: nothing is cut then. */
  size: () => { columns: number; rows: number } | null;
  /** Aborted by Ctrl-C and by SIGTERM. */
  signal: AbortSignal;
};

export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());
  // `| head` closes the pipe: nobody wants the rest.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  const isTty = stdout.isTTY === true;
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    readStdin,
    confirm: stdin.isTTY && stderr.isTTY ? (question) => ask(question, stopping.signal) : null,
    env,
    cwd: process.cwd(),
    isTty,
    color: isTty && !env.NO_COLOR && env.TERM !== "dumb",
    size: () => (isTty ? { columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 } : null),
    signal: stopping.signal,
  };
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** On standard error: the output may be piped somewhere. */
async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await lines.question(`${question} [y/N] `, { signal })).trim());
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    lines.close();
  }
}
