import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createTailedLog, type TailedLog } from "@/lib/testing/tailed-log";

/** What may happen to a log and to who reads it, none of which loses a byte for good. */
const happenings = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("append"), lines: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("commit") }) },
  ...["beginLine", "rename", "copyTruncate", "compress", "deleteRead", "rewrite"].map((kind) => ({
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant(kind) }),
  })),
  ...["crash", "readAndCrash", "drain", "quiet"].map((kind) => ({
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant(kind) }),
  })),
);
type Happening = { kind: string; lines?: number };

/** Every write is a second after the one before: those of a test are closer together than a file's times can tell. */
function createWriter(log: TailedLog) {
  let written = 0;
  let seconds = Math.floor(log.clock.nowMs / 1_000) - 100_000;
  const stamp = (name = "app.log") => utimesSync(log.path(name), seconds, ++seconds);
  let begun: string | null = null;
  const append = (text: string, name = "app.log") => {
    log.append(text, name);
    stamp(name);
  };
  const rotated = () =>
    readdirSync(log.root)
      .filter((name) => /^app\.log\.\d/.test(name))
      .sort((a, b) => Number.parseInt(b.slice(8), 10) - Number.parseInt(a.slice(8), 10));
  const shift = () => {
    for (const name of rotated()) {
      const age = Number.parseInt(name.slice(8), 10);
      renameSync(log.path(name), log.path(`app.log.${age + 1}${name.endsWith(".gz") ? ".gz" : ""}`));
    }
  };
  const writer = {
    count: () => written,
    append: (lines: number) => {
      writer.endLine();
      for (let line = 0; line < lines; line++) {
        append(
          `fine ${"~".repeat((written * 7) % 40)}\nERR ${written}\n${written % 3 ? "" : "  at frame\n"}`,
        );
        written++;
      }
    },
    beginLine: () => {
      if (begun === null) append((begun = `ERR ${written++}`));
    },
    endLine: (name = "app.log") => {
      if (begun !== null) append("\n", name);
      begun = null;
    },
    rename: () => {
      if (!existsSync(log.path())) return;
      shift();
      renameSync(log.path(), log.path("app.log.1"));
      writer.endLine("app.log.1");
    },
    copyTruncate: () => {
      if (!existsSync(log.path())) return;
      writer.endLine();
      shift();
      copyFileSync(log.path(), log.path("app.log.1"));
      stamp("app.log.1");
      truncateSync(log.path());
      stamp();
    },
    compress: () => {
      for (const name of rotated().filter((each) => !each.endsWith(".gz"))) {
        const { atimeMs, mtimeMs } = statSync(log.path(name));
        writeFileSync(log.path(`${name}.gz`), gzipSync(readFileSync(log.path(name))));
        utimesSync(log.path(`${name}.gz`), atimeMs / 1_000, mtimeMs / 1_000);
        rmSync(log.path(name));
      }
    },
    /** By an editor or a copy put in its place: another inode, the same content. */
    rewrite: () => {
      if (!existsSync(log.path())) return;
      copyFileSync(log.path(), log.path("app.tmp"));
      renameSync(log.path("app.tmp"), log.path());
      stamp();
    },
  };
  return writer;
}

async function happen(log: TailedLog, writer: ReturnType<typeof createWriter>, { kind, lines }: Happening) {
  if (kind === "append") writer.append(lines ?? 1);
  if (kind === "beginLine") writer.beginLine();
  if (kind === "rename") writer.rename();
  if (kind === "copyTruncate") writer.copyTruncate();
  if (kind === "compress") writer.compress();
  // A short file may be new and only begin alike: that it is the same is known where enough of it was read.
  if (kind === "rewrite") {
    await log.drain();
    const { offset, guardBytes } = log.position() ?? { offset: 0, guardBytes: 0 };
    if (offset === 0 || guardBytes < 256) return;
    writer.rewrite();
    await log.commit();
  }
  if (kind === "deleteRead") {
    writer.endLine();
    await log.drain();
    rmSync(log.path(), { force: true });
  }
  if (kind === "commit") await log.commit();
  if (kind === "crash") await log.crash();
  if (kind === "readAndCrash") {
    await log.next();
    await log.crash();
  }
  if (kind === "drain") await log.drain();
  if (kind === "quiet") log.clock.nowMs += 700;
}

it("every line is handed out once, under one name, whatever happens to the file and to who reads it", async () => {
  const property = fc.asyncProperty(fc.array(happenings, { minLength: 5, maxLength: 40 }), async (story) => {
    const log = createTailedLog({ candidateMax: 4, windowBytes: 256 });
    try {
      const writer = createWriter(log);
      writer.append(1);
      await log.commit();
      for (const each of story) await happen(log, writer, each);
      writer.append(1);
      await log.drain();
      const told = new Map(log.told().map((each) => each.split(/ (.*)/s) as [string, string]));
      const texts = [...told.values()].map((text) => text.split("|")[0]);
      expect(texts).toEqual(Array.from({ length: writer.count() }, (_, n) => `ERR ${n}`));
    } finally {
      await log.close();
    }
  });
  await fc.assert(property, { numRuns: 200 });
}, 120_000);
