import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io } from "../src/cli/io.js";

export type TestIo = {
  io: Io;
  out: () => string;
  err: () => string;
  stop: () => void;
  /** A file in the command's folder. */
  file: (name: string, content: unknown) => string;
  remove: () => void;
};

/** A process that nobody looks at, in an empty folder of its own. Texts are kept, questions answered as told. */
export function testIo(change: Partial<Io> & { stdin?: string; answer?: boolean } = {}): TestIo {
  const { stdin = "", answer, ...rest } = change;
  const cwd = mkdtempSync(join(tmpdir(), "incident-monitor-cli-"));
  const stopping = new AbortController();
  let out = "";
  let err = "";
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readStdin: async () => stdin,
    confirm:
      answer === undefined
        ? null
        : async (question) => {
            err += `${question}\n`;
            return answer;
          },
    env: {},
    cwd,
    isTty: false,
    color: false,
    size: () => null,
    signal: stopping.signal,
    ...rest,
  };
  return {
    io,
    out: () => out,
    err: () => err,
    stop: () => stopping.abort(),
    file: (name, content) => {
      writeFileSync(join(cwd, name), typeof content === "string" ? content : JSON.stringify(content));
      return name;
    },
    remove: () => rmSync(cwd, { recursive: true, force: true }),
  };
}
