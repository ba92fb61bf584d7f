import { execFileSync } from "node:child_process";
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTailedLog, type TailedLog } from "@/lib/testing/tailed-log";

let log: TailedLog;
beforeEach(() => {
  log = createTailedLog();
});
afterEach(async () => {
  await log.close();
  expect(openFiles().filter((path) => path.startsWith(log.folder))).toEqual([]);
});

/** What this process has open; nothing where the system does not tell. */
function openFiles(): string[] {
  const links = "/proc/self/fd";
  if (!existsSync(links)) return [];
  return readdirSync(links).flatMap((fd) => {
    try {
      return [readlinkSync(`${links}/${fd}`)];
    } catch {
      return [];
    }
  });
}

const rename = (from: string, to: string) => renameSync(log.path(from), log.path(to));
const gzip = (name: string) => execFileSync("gzip", ["-f", log.path(name)]);
const copyTruncate = (to: string) => {
  copyFileSync(log.path(), log.path(to));
  truncateSync(log.path());
};
/** The same inode number for another file, as ext4 and tmpfs like to give; says whether it came to that. */
const recreate = (text: string): boolean => {
  const { ino } = statSync(log.path());
  rmSync(log.path());
  log.write(text);
  return statSync(log.path()).ino === ino;
};
const rotations = () => log.committed.flatMap((window) => window.rotation ?? []);
/** Long enough that its hash is no coincidence. */
const filler = (name: string) => `${name} ${"filler ".repeat(80)}\n`;

describe("while it is read", () => {
  beforeEach(async () => {
    log.write("ERR one\nfine\n");
    await log.drain();
  });

  it("rename and a new file: the old is read to its end, its unterminated line too", async () => {
    log.append("ERR two\nERR thr");
    rename("app.log", "app.log.1");
    log.append("ee", "app.log.1");
    log.write("ERR four\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:13 ERR two", "0:21 ERR three", "1:0 ERR four"]);
    expect(rotations()).toEqual([{ how: "moved", fromGeneration: 0, lost: null }]);
    expect(log.position()).toMatchObject({ generation: 1, offset: 9 });
  });

  it("rename without a new file yet: whoever writes on in the old is heard", async () => {
    rename("app.log", "app.log.1");
    expect(await log.drain()).toMatchObject({ pathMissing: true });
    log.append("ERR two\n", "app.log.1");
    await log.drain();
    log.write("");
    log.append("ERR three\n", "app.log.1");
    await log.drain();
    log.clock.nowMs += 3_600_000;
    expect(await log.drain()).toMatchObject({ generation: 0, pathMissing: false });
    log.append("ERR four\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:13 ERR two", "0:21 ERR three", "1:0 ERR four"]);
  });

  it("the new file waits until the old one was quiet", async () => {
    rename("app.log", "app.log.1");
    log.write("ERR three\n");
    log.append("ERR two\n", "app.log.1");
    log.clock.nowMs = Date.now();
    expect(await log.commit()).toMatchObject({ generation: 0 });
    log.clock.nowMs += 500;
    log.append("ERR late\n", "app.log.1");
    expect(await log.commit()).toMatchObject({ position: { generation: 0 }, lagBytes: 10 });
    await log.drain();
    expect(log.texts()).toEqual(["ERR one", "ERR two", "ERR late", "ERR three"]);
  });

  it("who writes to the old file after all is heard, under its name; the new one does not wait for ever", async () => {
    rename("app.log", "app.log.1");
    log.write("ERR two\n");
    for (let second = 0; second < 14; second++) {
      log.append(`ERR busy ${second}\n`, "app.log.1");
      await log.commit();
      log.clock.nowMs += 900;
    }
    await log.drain();
    expect(log.told()).toContain("1:0 ERR two");
    log.append("ERR late\n  at x\n", "app.log.1");
    log.append("ERR three\n");
    await log.drain();
    await log.drain();
    log.append("ERR later\n", "app.log.1");
    await log.drain();
    expect(log.texts().filter((each) => each.includes("busy"))).toHaveLength(14);
    expect(log.texts().slice(-3)).toEqual(["ERR three", "ERR late|  at x", "ERR later"]);
    expect(log.told().at(-1)).toMatch(/^0:/);
    expect(log.position()).toMatchObject({ generation: 1, offset: 18 });
    rename("app.log.1", "app.log.2");
    rename("app.log", "app.log.1");
    log.append("ERR again\n", "app.log.2");
    log.write("ERR four\n");
    await log.drain();
    await log.drain();
    expect(log.texts().filter((each) => each === "ERR one")).toHaveLength(1);
    expect(new Set(log.told()).size).toBe(log.told().length);
  });

  it("a file that somebody wrote to before a restart is no unread one", async () => {
    rename("app.log", "app.log.1");
    log.write("ERR two\n");
    await log.drain();
    await log.crash();
    log.append("ERR late\n", "app.log.1");
    await log.drain();
    rename("app.log.1", "app.log.2");
    rename("app.log", "app.log.1");
    log.append("ERR later\n", "app.log.2");
    log.write("ERR three\n");
    await log.drain();
    expect(log.texts()).toEqual(["ERR one", "ERR two", "ERR three"]);
  });

  it("copy and truncate: what was not read yet is read in the copy", async () => {
    log.append("ERR two\nERR thr");
    copyTruncate("app.log.1");
    log.append("ERR four\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:13 ERR two", "0:21 ERR thr", "1:0 ERR four"]);
    expect(rotations()).toEqual([{ how: "cut", fromGeneration: 0, lost: null }]);
  });

  it("copy and truncate, and the file has grown beyond where it was before anybody looked", async () => {
    copyTruncate("app.log.1");
    log.append("ERR 2\nERR 3\nERR 4\nERR 5\n");
    await log.drain();
    expect(log.texts()).toEqual(["ERR one", "ERR 2", "ERR 3", "ERR 4", "ERR 5"]);
    expect(log.position()?.generation).toBe(1);
  });

  it("copy and truncate of what was read beyond the copy: the copy is not read as another file", async () => {
    copyFileSync(log.path(), log.path("app.log.1"));
    log.append("ERR two\n");
    await log.drain();
    truncateSync(log.path());
    log.append("ERR three\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:13 ERR two", "1:0 ERR three"]);
  });

  it("copy, truncate and compress at once", async () => {
    log.append("ERR two\n");
    copyTruncate("app.log.1");
    gzip("app.log.1");
    log.append("ERR three\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:13 ERR two", "1:0 ERR three"]);
  });

  it("truncate in place: what nobody can read any more is named", async () => {
    log.append("ERR un");
    await log.drain();
    truncateSync(log.path());
    log.append("ERR two\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "1:0 ERR two"]);
    expect(rotations()).toEqual([{ how: "cut", fromGeneration: 0, lost: { fromOffset: 13, bytes: 6 } }]);
  });

  it("truncate in place, rewritten to the same length", async () => {
    log.write("ERR new\nok!!\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "1:0 ERR new"]);
    expect(rotations()).toEqual([{ how: "cut", fromGeneration: 0, lost: null }]);
  });

  it("an open record of a truncated file is not lost", async () => {
    log.append("ERR two\n  at a\n");
    log.clock.nowMs = Date.now();
    await log.commit();
    truncateSync(log.path());
    log.append("fine\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:13 ERR two|  at a"]);
  });

  it("delete and recreate: the deleted file is read to its end through its descriptor", async () => {
    log.append("ERR two\n");
    rmSync(log.path());
    expect(await log.drain()).toMatchObject({ pathMissing: true });
    log.write("ERR three\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:13 ERR two", "1:0 ERR three"]);
  });

  it("a link that is turned to another file inside the root", async () => {
    log.write("ERR a\n", "a.log");
    log.write("ERR b\n", "b.log");
    rmSync(log.path());
    symlinkSync("a.log", log.path());
    await log.drain();
    rmSync(log.path());
    symlinkSync("b.log", log.path());
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "1:0 ERR a", "2:0 ERR b"]);
  });

  it("a link that leads out for a moment is refused, and no rotation", async () => {
    log.write("ERR a\n", "a.log");
    rename("app.log", "app.log.1");
    symlinkSync("a.log", log.path());
    await log.drain();
    mkdirSync(`${log.folder}/outside`);
    log.write("ERR secret\n", "../outside/secret.log");
    rmSync(log.path());
    symlinkSync("../outside/secret.log", log.path());
    expect(await log.drain()).toMatchObject({ kind: "error", code: "symlink_refused" });
    rmSync(log.path());
    symlinkSync("a.log", log.path());
    log.append("ERR b\n", "a.log");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "1:0 ERR a", "1:6 ERR b"]);
  });

  it("written anew with the same content, under another inode, is no rotation", async () => {
    log.append(filler("fine"));
    await log.drain();
    log.append("ERR two\n");
    copyFileSync(log.path(), log.path("tmp"));
    rename("tmp", "app.log");
    log.append("ERR three\n");
    await log.drain();
    expect(log.texts()).toEqual(["ERR one", "ERR two", "ERR three"]);
    expect(log.position()?.generation).toBe(0);
  });

  it("rotated twice between two looks", async () => {
    log.append("ERR two\n");
    rename("app.log", "app.log.2");
    log.write("ERR three\n", "app.log.1");
    log.write("ERR four\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:13 ERR two", "1:0 ERR three", "2:0 ERR four"]);
  });

  it("a rotated file that is compressed without its time, as some do, is not read again", async () => {
    rename("app.log", "app.log.1");
    log.write("");
    await log.drain();
    log.append("ERR two\n");
    await log.drain();
    log.write(gzipSync(readFileSync(log.path("app.log.1"))), "app.log.1.gz");
    rmSync(log.path("app.log.1"));
    utimesSync(log.path("app.log.1.gz"), new Date(), new Date(Date.now() + 60_000));
    rename("app.log", "app.log.0");
    await log.crash();
    log.write("ERR three\n");
    await log.drain();
    expect(log.texts().filter((each) => each === "ERR one")).toHaveLength(1);
  });
});

describe("while nobody read", () => {
  beforeEach(async () => {
    log.write("ERR one\n");
    await log.drain();
    await log.crash();
    log.append("ERR two\n");
  });

  it("several rotations: ours, then those after it, then the one under the path, each a generation", async () => {
    rename("app.log", "app.log.3");
    log.write("ERR three\n", "app.log.2");
    gzip("app.log.2");
    log.write("ERR four\nERR fi", "app.log.1");
    log.write("ERR six\n");
    await log.commit();
    await log.crash();
    await log.drain();
    expect(log.told()).toEqual([
      ...["0:0 ERR one", "0:8 ERR two", "1:0 ERR three", "2:0 ERR four", "2:9 ERR fi", "3:0 ERR six"],
    ]);
    expect(rotations().map((each) => each.lost)).toEqual([null, null, null]);
  });

  it("dated names order by their dates", async () => {
    log.write("old, ERR read before\n", "app-20261101.log");
    utimesSync(log.path("app-20261101.log"), new Date(0), new Date(0));
    rename("app.log", "app-20261124.log");
    gzip("app-20261124.log");
    log.write("ERR three\n", "app-20261125.log");
    log.write("ERR four\n");
    await log.drain();
    expect(log.texts()).toEqual(["ERR one", "ERR two", "ERR three", "ERR four"]);
  });

  it("moved to any name", async () => {
    rename("app.log", "whatever");
    log.write("ERR three\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:8 ERR two", "1:0 ERR three"]);
  });

  it.each([false, true])("copied and truncated (compressed: %s), and grown again", async (packed) => {
    copyTruncate("app.log.1");
    if (packed) gzip("app.log.1");
    log.append("ERR three\nERR four\nERR five\n");
    await log.drain();
    expect(log.texts()).toEqual(["ERR one", "ERR two", "ERR three", "ERR four", "ERR five"]);
  });

  it("deleted and recreated, with the same inode number too: the rest is lost, and that is said", async () => {
    expect(recreate("ERR three, longer than before\n")).toBeTypeOf("boolean");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "1:0 ERR three, longer than before"]);
    expect(rotations()).toEqual([{ how: "missed", fromGeneration: 0, lost: { fromOffset: 8, bytes: null } }]);
  });

  it("rotated, and no file under the path yet", async () => {
    rename("app.log", "app.log.1");
    expect(await log.drain()).toMatchObject({ kind: "window", pathMissing: true });
    log.write("ERR three\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:8 ERR two", "1:0 ERR three"]);
  });

  it("crashed between the end of the old and the first line of the new", async () => {
    rename("app.log", "app.log.1");
    log.write("ERR three\n");
    while (log.position()?.generation === 0) {
      await log.commit();
      log.clock.nowMs += 1_000;
    }
    expect(log.position()).toMatchObject({ generation: 1, offset: 0, fileId: null });
    await log.crash();
    rename("app.log.1", "app.log.2");
    rename("app.log", "app.log.1");
    log.write("ERR four\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:8 ERR two", "1:0 ERR three", "2:0 ERR four"]);
  });

  it("rotated files of before the source was known are history", async () => {
    log.stand(null);
    log.write("ERR ancient\n", "app.log.1");
    log.committed.length = 0;
    await log.drain();
    expect(log.texts()).toEqual(["ERR one", "ERR two"]);
  });

  it("another log beside it is none of its files", async () => {
    log.write("ERR other\n", "app-worker.log");
    log.write("ERR other\n", "app-2.log");
    rename("app.log", "app.log.1");
    log.write("ERR three\n");
    await log.drain();
    expect(log.texts()).toEqual(["ERR one", "ERR two", "ERR three"]);
  });
});

describe("a damaged rotated file", () => {
  it("gives what can be had of it, and says that there was more", async () => {
    log.write("ERR one\n");
    await log.drain();
    await log.crash();
    const lines = Array.from(
      { length: 20_000 },
      (_, n) => `${n % 100 === 0 ? "ERR" : "fine"} ${n} ${Math.sin(n)}\n`,
    );
    const packed = gzipSync(`ERR one\n${lines.join("")}`);
    log.write(packed.subarray(0, packed.length / 2), "app.log.1.gz");
    rmSync(log.path());
    log.write("ERR last\n");
    await log.drain();
    expect(log.texts().length).toBeGreaterThan(50);
    expect(log.texts().at(-1)).toBe("ERR last");
    expect(rotations()).toMatchObject([{ how: "missed", lost: { bytes: null } }]);
    expect(new Set(log.told()).size).toBe(log.told().length);
  });
});

it("a writer that kept its place leaves a hole, not a line", async () => {
  const fd = openSync(log.path(), "w");
  writeSync(fd, `ERR one\n${filler("fine")}`);
  await log.drain();
  copyTruncate("app.log.1");
  writeSync(fd, "ERR two\n");
  await log.drain();
  closeSync(fd);
  expect(log.texts()).toEqual(["ERR one", "ERR two"]);
});
