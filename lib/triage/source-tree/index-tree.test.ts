import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indexOutput, indexTree, type WalkLimits, walkLimits } from "./index-tree";
import { startStopwatch } from "./stopwatch";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-index-")));
const root = { root: join(folder, "shop"), refused: [join(folder, "shop/.data")] };
const time = (deadlineMs = 30_000, signal = new AbortController().signal) =>
  startStopwatch({ deadlineMs, signal });

beforeAll(() => {
  const files = [
    ...["a.ts", "src/a.ts", "src/deep/er/b.ts", "Src.d/A.TS", ".github/workflows/ci.yml", "bin/run"],
    ...[
      "node_modules/x/index.js",
      ".git/config",
      "vendor/x/x.php",
      "src/__pycache__/a.pyc",
      ".venv/lib/x.py",
    ],
    ...["dist/assets/app.js", "web/build/x.js", ".data/token"],
  ];
  for (const file of files) {
    mkdirSync(dirname(join(root.root, file)), { recursive: true });
    writeFileSync(join(root.root, file), "x");
  }
  mkdirSync(join(folder, "outside"));
  writeFileSync(join(folder, "outside/secret.ts"), "x");
  symlinkSync(join(folder, "outside"), join(root.root, "linked"));
  symlinkSync("..", join(root.root, "src/up"));
  symlinkSync(join(folder, "outside/secret.ts"), join(root.root, "secret.ts"));
  execFileSync("mkfifo", [join(root.root, "pipe.ts")]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the index of a project", () => {
  it("the project's own ordinary files: no links, no FIFO, nothing of others, nothing that is built", async () => {
    const index = await indexTree(root, time());
    expect([...index.files].sort()).toEqual([
      ...[".github/workflows/ci.yml", "Src.d/A.TS", "a.ts", "bin/run", "src/a.ts", "src/deep/er/b.ts"],
    ]);
    expect([...index.outputFolders].sort()).toEqual(["dist", "web/build"]);
    expect(index.cutBy).toBeNull();
    expect([...index.named("A.ts")].sort()).toEqual(["Src.d/A.TS", "a.ts", "src/a.ts"]);
    expect(index.named("secret.ts")).toEqual([]);
  });

  it("what is built, when asked for", async () => {
    const { outputFolders } = await indexTree(root, time());
    const built = await indexOutput(root, outputFolders, time());
    expect([...built.files].sort()).toEqual(["dist/assets/app.js", "web/build/x.js"]);
  });

  it.each<[limits: Partial<WalkLimits>, cutBy: string]>([
    [{ fileCountMax: 3 }, "files"],
    [{ folderCountMax: 2 }, "folders"],
    [{ depthMax: 1 }, "depth"],
  ])("cut short by %j", async (limits, cutBy) => {
    const index = await indexTree(root, time(), { ...walkLimits, ...limits });
    expect(index.cutBy).toBe(cutBy);
    expect(index.files.length).toBeLessThan(6);
  });

  it("cut short by time, and by a signal", async () => {
    expect((await indexTree(root, time(0))).cutBy).toBe("time");
    expect((await indexTree(root, time(30_000, AbortSignal.abort()))).cutBy).toBe("time");
  });

  it("a folder that is gone is empty", async () => {
    expect(await indexTree({ root: join(folder, "none"), refused: [] }, time())).toMatchObject({ files: [] });
  });
});
