import { copyFileSync, readFileSync, renameSync, rmSync, truncateSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTailedLog, type TailedLog } from "@/lib/testing/tailed-log";
import { borrowSlab, giveBackSlab } from "./slabs";

let log: TailedLog;
/** A slab has room for two lines. Of this size nobody else has one, nor a test before. */
let maxLineBytes = 300_000;
let taken: Buffer[] = [];

beforeEach(() => {
  maxLineBytes += 1;
  log = createTailedLog({ maxLineBytes });
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const slab of taken) giveBackSlab(slab);
  taken = [];
  await log.close();
});

/** Happens between the next look at the names and the reading of the bytes: when a slab is made to read into. */
async function meanwhile(happens: () => void): Promise<void> {
  const slabBytes = 2 * maxLineBytes;
  taken.push(await borrowSlab(slabBytes));
  const make = Buffer.allocUnsafeSlow;
  const made = vi.spyOn(Buffer, "allocUnsafeSlow").mockImplementation((size) => {
    if (size === slabBytes) {
      made.mockRestore();
      happens();
    }
    return make(size);
  });
}

const copy = (to = "app.log.1") => copyFileSync(log.path(), log.path(to));
const copyTruncate = () => {
  copy();
  truncateSync(log.path());
};
const pack = () => {
  log.write(gzipSync(readFileSync(log.path("app.log.1"))), "app.log.1.gz");
  rmSync(log.path("app.log.1"));
};

describe("a file of which nothing was read yet is cut between the look at it and the reading", () => {
  const cuts: [string, () => void][] = [
    ["copied and cut", copyTruncate],
    [
      "copied, cut and compressed",
      () => {
        copyTruncate();
        pack();
      },
    ],
  ];

  it.each(cuts)("%s, with its first lines in it: the copy is read first", async (_, cut) => {
    log.write("");
    await log.drain();
    log.append("ERR one\nERR two\n");
    await meanwhile(() => {
      cut();
      log.append("ERR three\n");
    });
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:8 ERR two", "1:0 ERR three"]);
  });

  it.each(cuts)("%s, the follower of one that was read", async (_, cut) => {
    log.write("ERR one\n");
    await log.drain();
    copyTruncate();
    renameSync(log.path("app.log.1"), log.path("app.log.2"));
    await log.drain();
    expect(log.position()).toMatchObject({ generation: 1, offset: 0 });
    log.append("ERR two\n");
    await meanwhile(() => {
      cut();
      log.append("ERR three\n");
    });
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "1:0 ERR two", "2:0 ERR three"]);
  });

  it("copied and cut, and both begin with the same line", async () => {
    log.write("");
    await log.drain();
    log.append("ERR started\nERR one\n");
    await meanwhile(() => {
      copyTruncate();
      log.append("ERR started\n");
    });
    await log.drain();
    log.append("ERR two\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR started", "0:12 ERR one", "1:0 ERR started", "1:12 ERR two"]);
  });

  it("copied and cut twice", async () => {
    log.write("");
    await log.drain();
    log.append("ERR one\n");
    await meanwhile(() => {
      copyTruncate();
      renameSync(log.path("app.log.1"), log.path("app.log.2"));
      log.append("ERR two\n");
      copyTruncate();
      log.append("ERR three\n");
    });
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "1:0 ERR two", "2:0 ERR three"]);
  });
});

describe("a copy that lies there when the first lines are read is no older file", () => {
  it("whole, and the cut comes later", async () => {
    log.write("");
    await log.drain();
    log.append("ERR one\nERR two\n");
    await meanwhile(() => copy());
    await log.drain();
    truncateSync(log.path());
    log.append("ERR three\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:8 ERR two", "1:0 ERR three"]);
  });

  it("begun, and written on", async () => {
    log.write("");
    await log.drain();
    log.append("ERR one\nERR two\n");
    await meanwhile(() => log.write("ERR one\nER", "app.log.1"));
    await log.commit();
    copyTruncate();
    log.append("ERR three\n");
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "0:8 ERR two", "1:0 ERR three"]);
  });

  it("renamed meanwhile: it is the file that is being read", async () => {
    log.write("");
    await log.drain();
    log.append("ERR one\n");
    await meanwhile(() => {
      renameSync(log.path(), log.path("app.log.1"));
      log.write("ERR two\n");
    });
    await log.drain();
    expect(log.told()).toEqual(["0:0 ERR one", "1:0 ERR two"]);
  });
});
