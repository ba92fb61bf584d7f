import { execFileSync } from "node:child_process";
import {
  closeSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listFolder } from "./list-folder";
import { openInsideRoot } from "./open-inside-root";
import { refusalOf } from "./source-root";
import type { SourcePlace } from "./tail-words";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-roots-")));
const at = (...parts: string[]) => join(folder, ...parts);
const place = (path: string, more: Partial<SourcePlace> = {}): SourcePlace => ({
  ...{ workspaceRoot: at("repos", "shop"), path },
  ...{ allowedRoots: [at("repos")], refusedFolders: [at("repos", "shop", ".data")] },
  ...more,
});
const socket = createServer();

beforeAll(async () => {
  for (const each of ["repos/shop/logs", "repos/shop/.data", "repos/other", "secret", "repos/shop/many"]) {
    mkdirSync(at(each), { recursive: true });
  }
  writeFileSync(at("repos/shop/logs/app.log"), "inside\n");
  writeFileSync(at("repos/shop/.data/token"), "secret\n");
  writeFileSync(at("repos/other/app.log"), "other\n");
  writeFileSync(at("secret/key"), "secret\n");
  const links: Array<[target: string, name: string]> = [
    ["logs/app.log", "inside-link"],
    ["logs", "inside-folder"],
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
  execFileSync("mkfifo", [at("repos/shop/pipe")]);
  await new Promise<void>((resolve) => socket.listen(at("repos/shop/socket"), resolve));
});
afterAll(() => {
  socket.close();
  rmSync(folder, { recursive: true, force: true });
});

async function contentOf(given: SourcePlace, links?: string): Promise<string> {
  const opened = await openInsideRoot(given, links);
  if (!opened.ok) return opened.code;
  const into = Buffer.alloc(100);
  const text = into.toString("utf8", 0, readSync(opened.fd, into, 0, 100, 0));
  closeSync(opened.fd);
  return text;
}

const cases: Array<[what: string, path: string, answer: string, more?: Partial<SourcePlace>]> = [
  ["a file of the root", "logs/app.log", "inside\n"],
  ["its absolute path", at("repos/shop/logs/app.log"), "inside\n"],
  ["a way down and up again", "logs/../logs/./app.log", "inside\n"],
  ["a link inside the root", "inside-link", "inside\n"],
  ["through a linked folder inside the root", "inside-folder/app.log", "inside\n"],
  ["a root that is the allowed one itself", "logs/app.log", "inside\n", { allowedRoots: [at("repos/shop")] }],
  ["a root by a link", "logs/app.log", "inside\n", { workspaceRoot: at("shop-link") }],
  ["an allowed root by a link", "logs/app.log", "inside\n", { allowedRoots: [at("shop-link")] }],
  ["out by ..", "../other/app.log", "outside_root"],
  ["out by an absolute path", at("repos/other/app.log"), "outside_root"],
  ["a root whose name begins alike", at("repos/shopping/app.log"), "outside_root"],
  ["a link that leads out", "outside-link", "symlink_refused"],
  ["a relative link that leads out", "climbing-link", "symlink_refused"],
  ["a link to a link that leads out", "link-to-link", "symlink_refused"],
  ["through a folder that leads out", "outside-folder/key", "symlink_refused"],
  ["something missing behind a folder that leads out", "outside-folder/none", "symlink_refused"],
  ["links in a circle", "circle-a", "symlink_refused"],
  ["a link to nothing", "dangling", "not_found"],
  ["nothing", "logs/none.log", "not_found"],
  ["something below a file", "logs/app.log/x", "not_found"],
  ["a name too long", "x".repeat(5_000), "not_found"],
  ["a NUL in the path", "logs/app.log\0.txt", "not_found"],
  ["a folder", "logs", "not_a_file"],
  ["the root itself", ".", "not_a_file"],
  ["a pipe that nobody writes to", "pipe", "not_a_file"],
  ["a socket", "socket", "not_a_file"],
  ["a link to a device", "zero", "symlink_refused"],
  ["a device inside an allowed root", "zero", "not_a_file", { workspaceRoot: "/dev", allowedRoots: ["/"] }],
  ["the product's own folder", ".data/token", "outside_root"],
  ["a link into the product's own folder", "data-link", "outside_root"],
  [
    "a root in the product's own folder",
    "token",
    "root_not_allowed",
    { workspaceRoot: at("repos/shop/.data") },
  ],
  ["a root this host does not allow", "key", "root_not_allowed", { workspaceRoot: at("secret") }],
  [
    "a root that is allowed only by its link's place",
    "key",
    "root_not_allowed",
    { workspaceRoot: at("repos/leaving") },
  ],
  ["a host that allows none", "logs/app.log", "root_not_allowed", { allowedRoots: [] }],
  ["an allowed root that is not there", "logs/app.log", "root_not_allowed", { allowedRoots: [at("gone")] }],
  ["a relative root", "logs/app.log", "root_not_allowed", { workspaceRoot: "repos/shop" }],
  ["a root that is not there", "logs/app.log", "not_found", { workspaceRoot: at("repos/gone") }],
];

describe.each([
  ["the kernel says where a descriptor leads", undefined],
  ["it does not", "/proc/none"],
])("opening, where %s", (_, links) => {
  it.each(cases)("%s", async (_, path, answer, more) => {
    expect(await contentOf(place(path, more), links)).toBe(answer);
  });

  it("never opens what lies outside, however fast the path is swapped", async () => {
    const wanted = at("repos/shop/swapped");
    let swapping = true;
    const swap = async () => {
      for (let turn = 0; swapping; turn++) {
        const target = turn % 2 ? at("secret/key") : at("repos/shop/logs/app.log");
        symlinkSync(target, `${wanted}.next`);
        renameSync(`${wanted}.next`, wanted);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const swapper = swap();
    const answers = new Set<string>();
    const isOver = (tried: number) => tried >= 500 && (answers.has("inside\n") || tried >= 20_000);
    for (let tried = 0; !isOver(tried); tried++) answers.add(await contentOf(place("swapped"), links));
    swapping = false;
    await swapper;
    rmSync(wanted, { force: true });
    expect(
      [...answers].filter((each) => !["inside\n", "symlink_refused", "not_found"].includes(each)),
    ).toEqual([]);
    expect(answers).toContain("inside\n");
  }, 30_000);
});

describe("what is said", () => {
  it("names the path and never what is in it", async () => {
    const refused = await openInsideRoot(place("outside-link"));
    expect(refused).toEqual({
      ok: false,
      code: "symlink_refused",
      detail: "outside-link leads out of the project's workspace root by a link.",
    });
  });

  it.each([
    ["EACCES", "permission_denied"],
    ["EPERM", "permission_denied"],
    ["EIO", "io_error"],
    ["EMFILE", "io_error"],
  ])("%s is %s", (code, answer) => {
    expect(refusalOf(Object.assign(new Error(code), { code }), "app.log").code).toBe(answer);
  });

  it("a fault of ours is no refusal", () => {
    expect(() => refusalOf(new TypeError("x"), "app.log")).toThrow(TypeError);
  });

  it("leaves no descriptor open", async () => {
    const probe = async () => {
      const opened = await openInsideRoot(place("logs/app.log"));
      if (!opened.ok) throw new Error(opened.code);
      expect(fstatSync(opened.fd).isFile()).toBe(true);
      closeSync(opened.fd);
      return opened.fd;
    };
    const first = await probe();
    for (const [, path, , more] of cases) {
      const opened = await openInsideRoot(place(path, more));
      if (opened.ok) closeSync(opened.fd);
    }
    expect(await probe()).toBe(first);
  });
});

describe("listing a folder", () => {
  const { path: _, ...root } = place("");

  it("shows what can be chosen, and why the rest cannot", async () => {
    const listed = await listFolder(root, "");
    if (!listed.ok) throw new Error(listed.code);
    expect(listed).toMatchObject({ root: at("repos/shop"), path: "", truncated: false });
    const found = listed.entries.map(({ name, kind, refusedBecause }) => `${name} ${refusedBecause ?? kind}`);
    expect(found.sort()).toEqual(
      [
        ...[".data outside_root", "circle-a symlink_refused", "circle-b symlink_refused"],
        ...["climbing-link symlink_refused", "dangling not_found", "data-link symlink_refused"],
        ...["inside-folder directory", "inside-link file", "link-to-link symlink_refused", "logs directory"],
        ...["many directory", "outside-folder symlink_refused", "outside-link symlink_refused"],
        ...["pipe not_a_file", "socket not_a_file", "zero symlink_refused"],
      ].sort(),
    );
  });

  it("goes down by the path of an entry", async () => {
    const listed = await listFolder(root, "inside-folder");
    expect(listed).toMatchObject({
      path: "logs",
      entries: [{ name: "app.log", path: "logs/app.log", kind: "file", size: 7 }],
    });
  });

  it("shows five hundred of many, folders first", async () => {
    for (let n = 0; n < 510; n++) writeFileSync(at("repos/shop/many", `${n}.log`), "");
    mkdirSync(at("repos/shop/many", "zz"));
    const listed = await listFolder(root, "many");
    if (!listed.ok) throw new Error(listed.code);
    expect(listed.truncated).toBe(true);
    expect(listed.entries).toHaveLength(500);
    expect(listed.entries[0]?.name).toBe("zz");
  });

  it.each([
    ["..", "outside_root"],
    ["outside-folder", "symlink_refused"],
    [".data", "outside_root"],
    ["logs/app.log", "not_found"],
    ["none", "not_found"],
  ])("%s is refused as %s", async (path, code) => {
    expect(await listFolder(root, path)).toMatchObject({ ok: false, code });
  });
});
