import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  promises,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLogAssembler } from "@/lib/domain/log-assembler";
import { logInterest } from "@/lib/domain/log-interest";
import { logRules } from "@/lib/domain/log-reading-rules";
import { bindSource } from "@/lib/domain/source-binding";
import { aLogSource, aProject } from "@/lib/testing/configs";
import { openLogTail, type TailPosition } from "./log-tail";

let root: string;
const rules = logRules(aLogSource({ format: "auto" }), bindSource(aProject()));

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-names-")));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const record = (number: number) =>
  number % 3 === 0
    ? `2026-11-26T10:00:00Z ERROR could not settle <${number}>\n    at settle (/srv/settle.js:10:4)\n`
    : `${JSON.stringify({ level: "error", message: `could not ship <${number}>` })}\n`;

/** Every name moves one on; whoever looks meanwhile finds them in between. */
async function shift(log: string): Promise<void> {
  for (let age = 60; age >= 1; age--) {
    for (const packed of ["", ".gz"]) {
      if (!existsSync(`${log}.${age}${packed}`)) continue;
      await promises.rename(`${log}.${age}${packed}`, `${log}.${age + 1}${packed}`);
      await nextTurn();
    }
  }
}

/** As gzip does: half of it is there for a while, beside the original, and the original's time is kept. */
async function pack(name: string): Promise<void> {
  if (!existsSync(name)) return;
  const { atimeMs, mtimeMs } = statSync(name);
  const packed = gzipSync(readFileSync(name));
  const half = packed.length >> 1;
  await promises.writeFile(`${name}.gz`, packed.subarray(0, half));
  await nextTurn();
  await promises.appendFile(`${name}.gz`, packed.subarray(half));
  utimesSync(`${name}.gz`, atimeMs / 1_000, mtimeMs / 1_000);
  await promises.unlink(name);
}

const copyTruncate = async (log: string) => {
  await promises.copyFile(log, `${log}.1`);
  await promises.truncate(log);
};
const rename = async (log: string) => {
  await promises.rename(log, `${log}.1`);
  writeFileSync(log, "");
};
const rotations: Record<string, (log: string) => Promise<void>> = {
  copyTruncate,
  rename,
  copyTruncateAndPack: (log) => copyTruncate(log).then(() => pack(`${log}.1`)),
  renameAndPackTheOneBefore: (log) => rename(log).then(() => pack(`${log}.2`)),
};

/** Writes and rotates as fast as it can. Gives how much was written once it is through. */
async function write(log: string, rotate: (log: string) => Promise<void>): Promise<number> {
  let written = 0;
  for (let round = 0; round < 30; round++) {
    for (let nth = 0; nth < 12; nth++) {
      written += 1;
      appendFileSync(log, record(written));
      if (nth % 5 === 0) await pause(1);
    }
    await shift(log);
    await rotate(log);
  }
  return written;
}

const openTail = (log: string, position: TailPosition | null) =>
  openLogTail({
    place: { workspaceRoot: root, path: log, allowedRoots: [root], refusedFolders: [] },
    createAssembler: () => createLogAssembler(rules),
    interest: logInterest(rules),
    ...{ position, startPosition: "beginning", settleMs: 30, drainMs: 30, nowMs: Date.now },
  });

it.each(Object.entries(rotations))(
  "%s again and again, while it is looked where everything lies, and the reader dies: each record once, under one name",
  async (name, rotate) => {
    const log = join(root, `${name}.log`);
    writeFileSync(log, "");
    let tail = openTail(log, null);
    const first = await tail.next();
    let position = first.kind === "window" ? first.position : null;
    let written = 0;
    const writing = write(log, rotate).then((count) => {
      written = count;
    });
    const seen = new Map<string, number>();
    const losses: unknown[] = [];
    for (let idle = 0, calls = 1; written === 0 || idle < 20; calls++) {
      const read = await tail.next();
      if (calls % 7 === 0) {
        await tail.close();
        tail = openTail(log, position);
      } else if (read.kind === "window") {
        position = read.position;
        if (read.rotation?.lost) losses.push(read.rotation);
        for (const { record: found, offsetStart } of read.candidates) {
          seen.set(`${read.generation}:${offsetStart}`, Number(/<(\d+)>/.exec(found.message)?.[1]));
        }
        idle = read.behind || read.candidates.length > 0 ? 0 : idle + 1;
      }
      await pause(5);
    }
    await writing;
    await tail.close();
    const expected = Array.from({ length: written }, (_, at) => at + 1);
    expect({ losses, seen: [...seen.values()] }).toEqual({ losses: [], seen: expected });
  },
  60_000,
);
