import { appendFileSync, statSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTailedLog, everyLine, type TailedLog } from "@/lib/testing/tailed-log";

let log: TailedLog;
beforeEach(() => {
  log = createTailedLog();
});
afterEach(() => log.close());

const again = async (settings: Parameters<typeof createTailedLog>[0]) => {
  await log.close();
  log = createTailedLog(settings);
};

describe("a quiet file", () => {
  it("is read from its beginning, its failures in order, then is idle", async () => {
    log.write("start\nERR one\n  at a\n  at b\nfine\nBAD x\nERR two\n");
    await log.drain();
    expect(log.told()).toEqual(["0:6 ERR one|  at a|  at b", "0:33 BAD x", "0:39 ERR two"]);
    expect(await log.commit()).toMatchObject({
      idle: true,
      moved: false,
      behind: false,
      lagBytes: 0,
      readOffset: 47,
    });
    expect(log.position()).toMatchObject({ generation: 0, offset: 47, guardBytes: 47 });
    expect(log.position()?.fileId).toBe(`${statSync(log.path()).dev}:${statSync(log.path()).ino}`);
  });

  it("gives the lines before a failure as context, and only those", async () => {
    log.write("a\nb\nc\nERR one\nERR two\nd\nERR three\n");
    await log.drain();
    const contexts = log.committed.flatMap((window) => window.candidates.map((each) => each.context));
    expect(contexts).toEqual([["b", "c"], [], ["d"]]);
  });

  it("finds the context that lies before the window, and before a crash", async () => {
    log.write("a\nb\n");
    await log.drain();
    log.append("ERR one\n");
    await log.drain();
    log.append("c\nd\n");
    await log.drain();
    await log.crash();
    log.append("ERR two\n");
    await log.drain();
    const contexts = log.committed.flatMap((window) => window.candidates.map((each) => each.context));
    expect(contexts).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("counts whole lines, also those nobody is interested in", async () => {
    log.write("a\n\nb\r\nERR\nc");
    await log.drain();
    expect(log.committed.reduce((sum, window) => sum + window.lines, 0)).toBe(4);
    expect(log.texts()).toEqual(["ERR"]);
  });
});

describe("starting", () => {
  it("at the end leaves what lies there alone, and the rest of a line that was begun", async () => {
    await again({ startPosition: "end" });
    log.write("ERR old\nERR half");
    expect(await log.drain()).toMatchObject({ readOffset: 16 });
    expect(log.position()).toMatchObject({ offset: 16, guardBytes: 16 });
    await log.crash();
    log.append(" and its end\nERR fresh\n");
    await log.drain();
    expect(log.texts()).toEqual(["ERR fresh"]);
  });

  it("waits for a file that is not there, and skips what it has when it appears", async () => {
    await again({ startPosition: "end" });
    expect(await log.commit()).toMatchObject({ kind: "error", code: "not_found" });
    expect(log.position()).toBeNull();
    log.write("ERR before\n");
    await log.drain();
    log.append("ERR after\n");
    await log.drain();
    expect(log.texts()).toEqual(["ERR after"]);
  });

  it("commits its position even when nothing was found", async () => {
    log.write("");
    expect(await log.commit()).toMatchObject({ moved: true, position: { offset: 0, generation: 0 } });
    expect(await log.commit()).toMatchObject({ moved: false, idle: true });
  });
});

describe("unfinished things", () => {
  it("an unterminated last line is nothing yet, and read again after a crash", async () => {
    log.write("fine\nERR ha");
    expect(await log.drain()).toMatchObject({ position: { offset: 5 }, lagBytes: 6 });
    expect(log.texts()).toEqual([]);
    await log.crash();
    log.append("lf\n");
    await log.drain();
    expect(log.told()).toEqual(["0:5 ERR half"]);
  });

  it("a record stays open until the file is quiet for long enough", async () => {
    log.write("ERR one\n  at a\n");
    log.clock.nowMs = statSync(log.path()).mtimeMs;
    const first = await log.commit();
    expect(first).toMatchObject({ settlesInMs: 400, idle: false, position: { offset: 0 }, readOffset: 15 });
    log.clock.nowMs += 300;
    log.append("  at b\n");
    expect(await log.commit()).toMatchObject({ settlesInMs: 400, candidates: [] });
    log.clock.nowMs += 399;
    expect(await log.commit()).toMatchObject({ settlesInMs: 1, candidates: [] });
    log.clock.nowMs += 1;
    expect(await log.commit()).toMatchObject({ settlesInMs: null, position: { offset: 22 } });
    expect(log.texts()).toEqual(["ERR one|  at a|  at b"]);
  });

  it("a record behind which a line is begun has longer", async () => {
    log.write("ERR one\n  at a\n  at");
    log.clock.nowMs = statSync(log.path()).mtimeMs;
    expect(await log.commit()).toMatchObject({ settlesInMs: 2_000 });
  });

  it("what was read and not committed is read again", async () => {
    log.write("ERR one\nok\nERR two\n  at b\n");
    await log.next();
    await log.crash();
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:11 ERR two|  at b"]);
  });
});

describe("limits", () => {
  it("the cap of a window is back-pressure: exactly so many, then the rest", async () => {
    await again({ candidateMax: 3, interest: everyLine });
    log.write(Array.from({ length: 8 }, (_, n) => `ERR ${n}\n${n % 2 ? "BAD\n" : ""}`).join(""));
    const first = await log.commit();
    expect(first).toMatchObject({ behind: true, moved: true });
    expect(log.told()).toHaveLength(3);
    await log.crash();
    await log.drain();
    expect(log.texts()).toEqual(
      Array.from({ length: 8 }, (_, n) => [`ERR ${n}`, ...(n % 2 ? ["BAD"] : [])]).flat(),
    );
    expect(new Set(log.told()).size).toBe(12);
  });

  it("a backlog is worked off in windows", async () => {
    await again({ windowBytes: 65_536 });
    const lines = Array.from({ length: 40_000 }, (_, n) =>
      n % 100 === 0 ? `ERR ${n}\n` : `fine line ${n}\n`,
    );
    log.write(lines.join(""));
    const first = await log.commit();
    expect(first).toMatchObject({ behind: true });
    if (first.kind === "window") expect(first.lagBytes).toBe(lines.join("").length - first.readOffset);
    await log.drain();
    expect(log.texts()).toEqual(lines.filter((line) => line.startsWith("ERR")).map((line) => line.trim()));
    expect(log.committed.length).toBeGreaterThan(5);
    expect(log.committed.reduce((sum, window) => sum + window.lines, 0)).toBe(40_000);
  });

  it("a line over the cap is cut and marked, wherever the reads divide it", async () => {
    await again({ maxLineBytes: 1_024, windowBytes: 65_536 });
    const long = `ERR ${"x".repeat(3_000_000)}`;
    log.write(`before\n${long}\nERR after\n${"y".repeat(5_000)} ERR unseen\nERR last\n`);
    await log.drain();
    expect(log.texts()).toEqual([long.slice(0, 1_024), "ERR after", "ERR last"]);
    const found = log.committed.flatMap((window) => window.candidates);
    expect(found.map((each) => each.truncated)).toEqual([true, false, false]);
    expect(found[0]).toMatchObject({ offsetStart: 7, offsetEnd: 7 + long.length + 1 });
    expect(log.committed.reduce((sum, window) => sum + window.oversizeLines, 0)).toBe(2);
  });

  it("a line over the cap that is still being written is passed, and found after a crash", async () => {
    await again({ maxLineBytes: 1_024 });
    log.write(`fine\nERR ${"x".repeat(2_000_000)}`);
    expect(await log.drain()).toMatchObject({ position: { offset: 5 }, readOffset: 2_000_009 });
    await log.crash();
    expect(await log.drain()).toMatchObject({ position: { offset: 5 } });
    log.append(`${"x".repeat(500)}\nERR after\n`);
    await log.drain();
    expect(log.told().map((each) => each.slice(0, 12))).toEqual(["0:5 ERR xxxx", "0:2000510 ER"]);
  });
});

describe("bytes", () => {
  it("are text only once a line is whole: characters across reads, bytes that are no text, CRLF, NULs", async () => {
    await again({ interest: everyLine });
    const euro = Buffer.from("ERR 1 €\r\n");
    log.write(euro.subarray(0, 7));
    await log.drain();
    log.append(euro.subarray(7));
    await log.drain();
    log.append(Buffer.from([0x45, 0x52, 0x52, 0x20, 0xff, 0xfe, 0x0a]));
    log.append("ERR a\0b\n");
    await log.drain();
    expect(log.texts()).toEqual(["ERR 1 €", "ERR \ufffd\ufffd", "ERR a\0b"]);
  });

  it("a hole of NULs belongs to no line", async () => {
    await again({ maxLineBytes: 1_024 });
    appendFileSync(log.path(), Buffer.alloc(3_000_000));
    log.append("ERR behind the hole\nERR next\n");
    await log.drain();
    expect(log.told()).toEqual(["0:3000000 ERR behind the hole", "0:3000020 ERR next"]);
  });
});
