import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRoot } from "./open-root";
import { readProjectFile } from "./read-file";
import { SourceTree } from "./source-tree";
import { startStopwatch } from "./stopwatch";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-inspect-")));
const at = (...parts: string[]) => join(folder, ...parts);
const root = { root: at("repos/shop"), refused: [at("repos/shop/.data")] };

beforeAll(() => {
  for (const each of ["repos/shop/src", "repos/shop/.data", "repos/shopping", "secret"]) {
    mkdirSync(at(each), { recursive: true });
  }
  writeFileSync(at("repos/shop/src/a.ts"), "inside\n");
  writeFileSync(at("repos/shop/.data/token"), "secret\n");
  writeFileSync(at("repos/shopping/a.ts"), "beside\n");
  writeFileSync(at("secret/key"), "secret\n");
  writeFileSync(at("repos/shop/large.ts"), "x");
  truncateSync(at("repos/shop/large.ts"), 50 * 1024 * 1024);
  writeFileSync(at("repos/shop/binary.ts"), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]));
  writeFileSync(at("repos/shop/latin1.ts"), Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0d, 0x0a, 0x62]));
  writeFileSync(at("repos/shop/empty.ts"), "");
  const links: Array<[target: string, name: string]> = [
    ["src/a.ts", "inside-link"],
    ["src", "inside-folder"],
    [at("secret/key"), "outside-link"],
    ["../../secret/key", "climbing-link"],
    [at("secret"), "outside-folder"],
    ["outside-link", "link-to-link"],
    ["circle-b", "circle-a"],
    ["circle-a", "circle-b"],
    ["nowhere", "dangling"],
    ["/dev/zero", "zero"],
    [".data/token", "data-link"],
  ];
  for (const [target, name] of links) symlinkSync(target, at("repos/shop", name));
  symlinkSync(at("repos/shop"), at("shop-link"));
  symlinkSync(at("secret"), at("repos/leaving"));
  execFileSync("mkfifo", [at("repos/shop/src/pipe.ts")]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a file of the project", () => {
  it.each<[what: string, path: string, answer: string]>([
    ["a file", "src/a.ts", "src/a.ts: inside\n"],
    ["down and up again", "src/../src/./a.ts", "src/a.ts: inside\n"],
    ["its absolute path", at("repos/shop/src/a.ts"), "src/a.ts: inside\n"],
    ["a link inside the root", "inside-link", "src/a.ts: inside\n"],
    ["through a linked folder", "inside-folder/a.ts", "src/a.ts: inside\n"],
    ["an empty file", "empty.ts", "empty.ts: "],
    ["nothing", "src/b.ts", "absent"],
    ["below a file", "src/a.ts/b", "absent"],
    ["a name that is too long", "a".repeat(5_000), "absent"],
    ["a dangling link", "dangling", "absent"],
    ["climbing out", "../../secret/key", "outside_root"],
    ["climbing to a folder that begins alike", "../shopping/a.ts", "outside_root"],
    ["an absolute path elsewhere", at("secret/key"), "outside_root"],
    ["a system's file", "/etc/passwd", "outside_root"],
    ["a NUL", "src/a.ts\0.png", "outside_root"],
    ["a link out", "outside-link", "outside_root"],
    ["a relative link out", "climbing-link", "outside_root"],
    ["through a linked folder outside", "outside-folder/key", "outside_root"],
    ["a link to a link out", "link-to-link", "outside_root"],
    ["a link to a device", "zero", "outside_root"],
    ["a folder that is never read", ".data/token", "outside_root"],
    ["a link into one", "data-link", "outside_root"],
    ["links in a circle", "circle-a", "not_ordinary"],
    ["a folder", "src", "not_ordinary"],
    ["a FIFO, without waiting for it", "src/pipe.ts", "not_ordinary"],
    ["a large file", "large.ts", "too_large"],
  ])("%s", async (_, path, answer) => {
    const file = await readProjectFile(root, path, 1024 * 1024);
    expect(file.ok ? `${file.path}: ${file.bytes.toString()}` : file.why).toBe(answer);
  });

  it("text survives what is no UTF-8, and binary files are none", async () => {
    const stopwatch = startStopwatch({ deadlineMs: 10_000, signal: new AbortController().signal });
    const tree = new SourceTree(root, stopwatch);
    const text = await tree.readText("latin1.ts");
    expect(text.ok && text.lines).toEqual(["caf\uFFFD", "b"]);
    expect(await tree.readText("binary.ts")).toMatchObject({ ok: false, why: "binary" });
    expect(await tree.readText("large.ts")).toMatchObject({ ok: false, outcome: "too_large" });
    expect([...tree.unread]).toEqual([
      ["binary.ts", "binary"],
      ["large.ts", "too_large"],
    ]);
  });
});

describe("a project's root", () => {
  const open = async (path: string, allowed = [at("repos")], refused: string[] = []) => {
    const answer = await openRoot({ root: path, allowedRoots: allowed, refusedFolders: refused });
    return answer.ok ? answer.root.root : answer.outcome;
  };

  it.each<[what: string, path: string, answer: string, allowed?: string[], refused?: string[]]>([
    ["inside an allowed one", at("repos/shop"), at("repos/shop")],
    ["by a link", at("shop-link"), at("repos/shop")],
    ["the allowed one itself", at("repos/shop"), at("repos/shop"), [at("repos/shop")]],
    ["an allowed one by a link", at("repos/shop"), at("repos/shop"), [at("shop-link")]],
    ["none allowed", at("repos/shop"), "refused", []],
    ["outside", at("secret"), "refused"],
    ["a link out of the allowed one", at("repos/leaving"), "refused"],
    ["a folder that begins alike", at("repos/shopping"), "refused", [at("repos/shop")]],
    ["one that is never read", at("repos/shop"), "refused", [at("repos")], [at("repos")]],
    ["nothing", at("repos/none"), "absent"],
    ["relative", "repos/shop", "refused"],
    ["a NUL", `${at("repos")}\0`, "refused"],
  ])("%s", async (_, path, answer, allowed, refused) => {
    expect(await open(path, allowed, refused)).toBe(answer);
  });
});
