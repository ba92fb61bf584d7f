import { renameSync, truncateSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LogCandidate } from "@/lib/domain/log-reading";
import {
  createPlainAssembler,
  createTailedLog,
  plainInterest,
  type TailedLog,
} from "@/lib/testing/tailed-log";
import { readRange } from "./read-range";
import { readLastLines, type ScanSettings, scanFile } from "./scan-file";

let log: TailedLog;
beforeEach(async () => {
  log = createTailedLog();
  log.write("start\nERR one\n  at a\nfine\nERR two\n");
  await log.drain();
});
afterEach(() => log.close());

describe("a range", () => {
  const range = async (start: number, end: number) => {
    const position = log.position();
    if (!position) throw new Error("nothing was read");
    return readRange(log.place, position, { start, end });
  };

  it("is exactly its bytes, and their lines", async () => {
    const read = await range(6, 21);
    if (!read.ok) throw new Error(read.code);
    expect(read.bytes.toString()).toBe("ERR one\n  at a\n");
    expect(read.lines.map((each) => [each.text, each.offsetStart, each.offsetEnd])).toEqual([
      ["ERR one", 6, 14],
      ["  at a", 14, 21],
    ]);
  });

  it("is read still when the file has grown", async () => {
    log.append("more\n");
    expect(await range(6, 13)).toMatchObject({ ok: true, lines: [{ text: "ERR one" }] });
  });

  it.each<[string, () => void]>([
    ["another file lies there", () => [renameSync(log.path(), log.path("x")), log.write("start\nERR one\n")]],
    ["the file was cut", () => truncateSync(log.path(), 20)],
    ["the file was cut and grew again", () => log.write("begin\nERR xyz\n  at b\nfine\nERR and more\n")],
  ])("fails closed when %s", async (_, change) => {
    change();
    expect(await range(6, 14)).toMatchObject({ ok: false, code: "rotated_file_lost" });
  });

  it.each([
    ["beyond the end", 30, 4_000],
    ["empty", 6, 6],
    ["backwards", 14, 6],
    ["before the beginning", -1, 6],
    ["larger than may be read", 0, 17_000_000],
  ])("%s is refused", async (_, start, end) => {
    expect(await range(start, end)).toMatchObject({ ok: false, code: "rotated_file_lost" });
  });

  it("is nothing where there is no file", async () => {
    renameSync(log.path(), log.path("x"));
    expect(await range(6, 14)).toMatchObject({ ok: false, code: "not_found" });
  });
});

describe("a scan", () => {
  const scan = async (more: Partial<ScanSettings> = {}, path = "app.log") => {
    const found: LogCandidate[] = [];
    const scanned = await scanFile(
      { ...log.place, path },
      {
        ...{ assembler: createPlainAssembler(), interest: plainInterest },
        onFound: ({ candidates }) => void found.push(...candidates),
        ...more,
      },
    );
    if (!scanned.ok) throw new Error(scanned.code);
    return { scanned, texts: found.map((each) => each.lines.join("|")) };
  };

  it("finds what the tail found, and counts it", async () => {
    const { scanned, texts } = await scan();
    expect(texts).toEqual(log.texts());
    expect(scanned).toMatchObject({ offsetStart: 0, offsetEnd: 34, bytes: 34, lines: 5, candidates: 2 });
    expect(scanned.partial).toBe(false);
  });

  it("keeps to its bounds, and begins and ends with whole lines", async () => {
    expect((await scan({ from: 9 })).texts).toEqual(["ERR two"]);
    expect((await scan({ to: 30 })).texts).toEqual(["ERR one|  at a"]);
    expect((await scan({ to: 30 })).scanned).toMatchObject({ offsetEnd: 26, partial: false });
  });

  it("stops at a limit, and says so", async () => {
    const { scanned, texts } = await scan({ limits: { found: 1 } });
    expect([texts, scanned.partial, scanned.candidates]).toEqual([["ERR one|  at a"], true, 1]);
    expect((await scan({ limits: { bytes: 6 } })).scanned).toMatchObject({ candidates: 0, partial: true });
    const stopped = await scan({ signal: AbortSignal.abort() });
    expect(stopped.scanned).toMatchObject({ bytes: 0, partial: true });
  });

  it("takes an unterminated last line of a finished file alone", async () => {
    log.append("ERR three");
    expect((await scan()).texts).toEqual(["ERR one|  at a", "ERR two"]);
    expect((await scan({ isFinished: true })).texts).toEqual(["ERR one|  at a", "ERR two", "ERR three"]);
  });

  it("hands out thousands in order", async () => {
    const lines = Array.from({ length: 12_000 }, (_, n) => `ERR ${n}`);
    log.write(`${lines.join("\n")}\n`);
    expect((await scan()).texts).toEqual(lines);
  });

  it("reads a compressed file as what comes out of it", async () => {
    log.write(gzipSync("fine\nERR packed\n"), "app.log.1.gz");
    const { scanned, texts } = await scan({}, "app.log.1.gz");
    expect([texts, scanned.offsetEnd]).toEqual([["ERR packed"], 16]);
    expect((await scan({ from: 5 }, "app.log.1.gz")).texts).toEqual(["ERR packed"]);
  });
});

describe("the last lines", () => {
  const last = async (
    lines: number,
    more: { bytesMax?: number; maxLineBytes?: number } = {},
    path = "app.log",
  ) => {
    const read = await readLastLines({ ...log.place, path }, { lines, ...more });
    return read.ok ? read.lines.map((each) => `${each.offsetStart} ${each.text}`) : read.code;
  };

  it("are whole, in order, with where they lie", async () => {
    log.append("half");
    expect(await last(2)).toEqual(["21 fine", "26 ERR two"]);
    expect(await last(99)).toEqual(["0 start", "6 ERR one", "14   at a", "21 fine", "26 ERR two"]);
  });

  it("come from the last bytes alone", async () => {
    expect(await last(99, { bytesMax: 15 })).toEqual(["21 fine", "26 ERR two"]);
    expect(await last(1, { maxLineBytes: 3 })).toEqual(["26 ERR"]);
  });

  it("come out of a compressed file, too", async () => {
    log.write(gzipSync("a\nb\nc\n"), "old.gz");
    expect(await last(2, {}, "old.gz")).toEqual(["2 b", "4 c"]);
  });

  it("are none of an empty file, and refused of a folder", async () => {
    log.write("", "empty.log");
    expect(await last(5, {}, "empty.log")).toEqual([]);
    expect(await last(5, {}, ".")).toBe("not_a_file");
  });
});
