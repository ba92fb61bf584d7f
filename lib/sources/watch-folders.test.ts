import { mkdirSync, renameSync, rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTailedLog, type TailedLog } from "@/lib/testing/tailed-log";
import { type FolderWatcher, watchFolders } from "./watch-folders";

let log: TailedLog;
let folders: FolderWatcher;
beforeEach(() => {
  log = createTailedLog();
  folders = watchFolders();
});
afterEach(async () => {
  folders.close();
  await log.close();
});

/** Counts what is heard, and waits for more of it. */
function listen(...names: string[]) {
  const heard = { times: 0 };
  const watch = folders.watch(
    names.map((name) => log.path(name)),
    () => void heard.times++,
  );
  const more = async (change: () => void) => {
    const before = heard.times;
    change();
    await vi.waitFor(() => expect(heard.times).toBeGreaterThan(before), { timeout: 5_000 });
  };
  return { heard, watch, more };
}

describe("watching folders", () => {
  it("tells of writing, renaming and a new file", async () => {
    const { watch, more } = listen("app.log");
    expect(watch.mode).toBe("notified");
    await more(() => log.append("one\n"));
    await more(() => log.append("two\n"));
    await more(() => renameSync(log.path(), log.path("app.log.1")));
    await more(() => log.write("three\n"));
  });

  it("tells each source of its own file, however many there are in the folder", async () => {
    const a = listen("a.log");
    const b = listen("b.log");
    await a.more(() => log.append("one\n", "a.log"));
    expect(b.heard.times).toBe(0);
    await b.more(() => log.append("one\n", "b.log"));
  });

  it("tells once of a burst", async () => {
    const { heard, more } = listen("app.log");
    await more(() => {
      for (let n = 0; n < 200; n++) log.append("x\n");
    });
    expect(heard.times).toBeLessThan(10);
  });

  it("tells of the file a link leads to, if it is named too", async () => {
    mkdirSync(log.path("real"));
    const { more } = listen("app.log", "real/app-1.log");
    await more(() => log.append("one\n", "real/app-1.log"));
  });

  it("falls back to polling where there is no folder, and says so", () => {
    expect(listen("none/app.log").watch.mode).toBe("polling");
  });

  it("notices that its folder was replaced, and watches the other", async () => {
    mkdirSync(log.path("logs"));
    const { watch, more } = listen("logs/app.log");
    await more(() => {
      renameSync(log.path("logs"), log.path("logs.old"));
      mkdirSync(log.path("logs"));
    });
    expect(watch.mode).toBe("notified");
    await more(() => log.append("one\n", "logs/app.log"));
  });

  it("notices that its folder is gone", async () => {
    mkdirSync(log.path("logs"));
    const { watch, more } = listen("logs/app.log");
    await more(() => rmSync(log.path("logs"), { recursive: true }));
    expect(watch.mode).toBe("polling");
  });

  it("is silent once closed", async () => {
    const closed = listen("app.log");
    const open = listen("app.log");
    closed.watch.close();
    await open.more(() => log.append("one\n"));
    expect(closed.heard.times).toBe(0);
  });
});
