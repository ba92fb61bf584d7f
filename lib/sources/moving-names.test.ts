import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  promises,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLogAssembler } from "@/lib/domain/log-assembler";
import { logInterest } from "@/lib/domain/log-interest";
import { logRules } from "@/lib/domain/log-reading-rules";
import { bindSource } from "@/lib/domain/source-binding";
import { aLogSource, aProject } from "@/lib/testing/configs";
import { openLogTail } from "./log-tail";

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
    if (!existsSync(`${log}.${age}`)) continue;
    await promises.rename(`${log}.${age}`, `${log}.${age + 1}`);
    await nextTurn();
  }
}

const rotations: Record<string, (log: string) => Promise<void>> = {
  copytruncate: async (log) => {
    await promises.copyFile(log, `${log}.1`);
    await promises.truncate(log);
  },
  rename: async (log) => {
    await promises.rename(log, `${log}.1`);
    writeFileSync(log, "");
  },
};

it.each(Object.keys(rotations))(
  "%s again and again, while it is looked where everything lies: each record once",
  async (name) => {
    const log = join(root, `${name}.log`);
    writeFileSync(log, "");
    let written = 0;
    let isWriting = true;
    const writing = (async () => {
      for (let round = 0; round < 40; round++) {
        for (let nth = 0; nth < 12; nth++) {
          written += 1;
          appendFileSync(log, record(written));
          if (nth % 5 === 0) await pause(1);
        }
        await shift(log);
        await rotations[name]?.(log);
      }
      isWriting = false;
    })();
    const tail = openLogTail({
      place: { workspaceRoot: root, path: log, allowedRoots: [root], refusedFolders: [] },
      createAssembler: () => createLogAssembler(rules),
      interest: logInterest(rules),
      position: null,
      startPosition: "beginning",
      settleMs: 30,
      drainMs: 30,
      nowMs: Date.now,
    });
    const seen: number[] = [];
    const losses: unknown[] = [];
    for (let idle = 0; isWriting || idle < 20; ) {
      const read = await tail.next();
      if (read.kind === "window") {
        if (read.rotation?.lost) losses.push(read.rotation);
        for (const { record: found } of read.candidates)
          seen.push(Number(/<(\d+)>/.exec(found.message)?.[1]));
      }
      idle = read.kind === "window" && !read.behind && read.candidates.length === 0 ? idle + 1 : 0;
      await pause(5);
    }
    await writing;
    await tail.close();
    expect({ losses, seen }).toEqual({
      losses: [],
      seen: Array.from({ length: written }, (_, at) => at + 1),
    });
  },
  60_000,
);
