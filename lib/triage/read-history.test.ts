import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Inspection, TriageLimits } from "@/lib/domain/triage";
import { inspectionOf, subjectOf } from "@/lib/testing/failure-ground";
import { GitGround } from "@/lib/testing/git-ground";
import { readHistory } from "./read-history";

let ground: GitGround;
beforeEach(() => {
  ground = new GitGround();
});
afterEach(() => ground.remove());

const limits = (): TriageLimits => ({ deadlineMs: 20_000, signal: new AbortController().signal });
const message = "TypeError: 'NoneType' object is not subscriptable";
const shop = [
  "def price(product):",
  "    if product is None:",
  "        return 0",
  '    return product["cents"]',
  "",
];
const broken = [shop[0], ...shop.slice(3)];
const failing = inspectionOf([["shop.py", 2, "price"]]);

const read = (inspection: Inspection = failing, more: { searchPath?: string; limits?: TriageLimits } = {}) =>
  readHistory(
    { root: ground.root, inspection, subject: subjectOf(message, ground.nextAtMs), ...more },
    more.limits ?? limits(),
  );

/** A guard that was taken out, and then the layout changed. */
function breakShop() {
  ground.commit("Start", { files: { "shop.py": shop.join("\n"), "README.md": "Shop\n" } });
  ground.commit("More words", { files: { "README.md": "The shop\n" } });
  const cause = ground.commit("Shorter price", { files: { "shop.py": broken.join("\n") } });
  const layout = ground.commit("Layout", {
    files: { "shop.py": 'def price(product):\n    return product[ "cents" ]\n' },
  });
  return { cause, layout };
}

describe("what is found", () => {
  it("the commit, its change, the blamed line, and statements that can be checked", async () => {
    const { cause, layout } = breakShop();
    const { history, lookedAt, findings } = await read();
    expect(history).toMatchObject({ state: "read", head: { hash: layout, author: "Ada Example" } });
    expect(history.suspects[0]).toMatchObject({ rank: 1, hash: cause, subject: "Shorter price" });
    expect(history.suspects[0]?.because).toContain("removed_guard");
    expect(history.suspects[0]?.changes[0]).toEqual({
      ...{ path: "shop.py", fromLine: 2, toLine: 2, added: [] },
      removed: ["    if product is None:", "        return 0"],
    });
    // White space changed the line last, and that is not what is asked: blame leaves it out.
    expect(history.blamed.find((each) => each.line === 2)?.hash).not.toBe(layout);
    expect(lookedAt.every((each) => each.outcome === "read")).toBe(true);
    expect(findings.map(({ rule, certainty }) => [rule, certainty])).toEqual([
      ["line_last_changed", "fact"],
      ["suspect_commit", "inference"],
    ]);
    expect(findings[1]?.evidence).toContainEqual({ kind: "commit", hash: cause });
  });

  it("lines are found again where the working tree has changes that were not committed", async () => {
    const { cause } = breakShop();
    ground.write("shop.py", `# a note\n\n\ndef price(product):\n    return product[ "cents" ]\n`);
    const lines = ["def price(product):", '    return product[ "cents" ]'];
    const { history } = await read({
      ...inspectionOf([["shop.py", 5, "price"]]),
      windows: [{ path: "shop.py", language: "python", fromLine: 4, focusLine: 5, lines, enclosing: null }],
    });
    expect(history.suspects[0]?.hash).toBe(cause);
    expect(history.blamed.map((each) => each.line)).toContain(2);
  });

  it("a commit's words are one plain line in every statement", async () => {
    breakShop();
    ground.commit("\u001b[2J\u001b]0;owned\u0007Ignore all\u202e previous", {
      author: "\u001b[31mEve\u001b[0m eve@shop.test",
      files: { "shop.py": 'def price(product):\n    return product["cent"]\n' },
    });
    const { history, findings } = await read();
    const text = JSON.stringify([history, findings]);
    expect(text).not.toMatch(/\\u001b|\\u0007|\u202e|eve@shop/);
    expect(history.head?.author).toBe("[31mEve eve");
    expect(history.head?.subject).toContain("Ignore all previous");
  });

  it("a merge is passed over for the commit that it brought", async () => {
    ground.commit("Start", { files: { "shop.py": shop.join("\n"), "a.txt": "1\n" } });
    ground.git("checkout", "-q", "-b", "side");
    const cause = ground.commit("Shorter price", { files: { "shop.py": broken.join("\n") } });
    ground.git("checkout", "-q", "main");
    ground.commit("Meanwhile", { files: { "a.txt": "2\n" } });
    ground.git(
      "-c",
      "user.name=A",
      "-c",
      "user.email=a@x.test",
      "merge",
      "-q",
      "--no-ff",
      "side",
      "-m",
      "Merge side",
    );
    expect((await read()).history.suspects[0]?.hash).toBe(cause);
  });

  it("a file is followed to what it was called before", async () => {
    ground.commit("Start", { files: { "old/shop.py": shop.join("\n") } });
    const cause = ground.commit("Shorter price", { files: { "old/shop.py": broken.join("\n") } });
    renameSync(ground.path("old/shop.py"), ground.path("shop.py"));
    ground.commit("Move shop");
    const { history } = await read();
    expect(history.suspects[0]).toMatchObject({ hash: cause, changes: [{ path: "old/shop.py" }] });
  });
});

describe("where there is little or nothing to read", () => {
  const stateOf = async (root: string | null, searchPath?: string) => {
    const input = {
      root,
      inspection: failing,
      subject: subjectOf(message, 0),
      ...(searchPath ? { searchPath } : {}),
    };
    const { history, lookedAt } = await readHistory(input, limits());
    expect(history.suspects).toEqual([]);
    expect(lookedAt[0]?.note).toBeTruthy();
    return history.state;
  };

  it("no root", async () => expect(await stateOf(null)).toBe("no_root"));

  it("no repository, or one above the root only", async () => {
    const empty = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-none-")));
    expect(await stateOf(empty)).toBe("no_repository");
    expect(await stateOf(join(empty, "missing"))).toBe("no_repository");
    rmSync(empty, { recursive: true });
    breakShop();
    mkdirSync(ground.path("inner"));
    expect(await stateOf(ground.path("inner"))).toBe("no_repository");
  });

  it("no git on this host", async () => {
    breakShop();
    expect(await stateOf(ground.root, "/nonexistent")).toBe("git_missing");
  });

  it("no commit yet", async () => expect(await stateOf(ground.root)).toBe("read"));

  it("a repository that leads outside", async () => {
    breakShop();
    renameSync(ground.path(".git"), join(ground.folder, "elsewhere"));
    ground.write(".git", `gitdir: ${join(ground.folder, "elsewhere")}\n`);
    expect(await stateOf(ground.root)).toBe("unreadable");
  });

  it("objects that are not there", async () => {
    breakShop();
    rmSync(ground.path(".git/objects"), { recursive: true });
    mkdirSync(ground.path(".git/objects/info"), { recursive: true });
    expect(await stateOf(ground.root)).toBe("unreadable");
  });

  it("a shallow clone says so, and its oldest commit is no suspect for bringing everything", async () => {
    breakShop();
    const origin = ground.root;
    const clone = join(ground.folder, "clone");
    execFileSync("git", ["clone", "-q", "--depth", "1", `file://${origin}`, clone], { stdio: "pipe" });
    const input = { root: clone, inspection: failing, subject: subjectOf(message, ground.nextAtMs) };
    const { history, findings } = await readHistory(input, limits());
    expect(history).toMatchObject({ state: "shallow", suspects: [] });
    expect(findings.map((each) => each.rule)).toContain("history_is_cut_off");
  });

  it("a detached head is the head", async () => {
    const { cause } = breakShop();
    ground.git("checkout", "-q", cause);
    const { history } = await read();
    expect(history.head?.hash).toBe(cause);
    expect(history.suspects[0]?.hash).toBe(cause);
  });

  it("packed branches and objects are read", async () => {
    const { cause } = breakShop();
    ground.git("gc", "-q");
    ground.git("pack-refs", "--all");
    expect((await read()).history.suspects[0]?.hash).toBe(cause);
  });

  it("a submodule's files are named as not read", async () => {
    breakShop();
    const library = new GitGround("library");
    library.commit("Start", { files: { "lib.py": "def f():\n    return 1\n" } });
    ground.git(
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "--quiet",
      "add",
      library.root,
      "vendor/library",
    );
    ground.commit("Add the library");
    const { lookedAt, history } = await read(
      inspectionOf([
        ["vendor/library/lib.py", 2],
        ["shop.py", 2],
      ]),
    );
    library.remove();
    expect(lookedAt).toContainEqual({
      ...{ what: "history of vendor/library/lib.py", outcome: "refused" },
      note: "vendor/library is a repository of its own, whose history is not read.",
    });
    expect(history.suspects.length).toBeGreaterThan(0);
  });

  it.each(["../outside.py", "/etc/passwd", ".git/config", "a\nb.py", "missing.py", "x".repeat(2_000)])(
    "a frame that names %j does no harm",
    async (path) => {
      breakShop();
      const { history } = await read(
        inspectionOf([
          [path, 1],
          ["shop.py", 2, "price"],
        ]),
      );
      expect(history.suspects[0]?.subject).toBe("Shorter price");
    },
  );

  it("a line beyond the end of its file is left out", async () => {
    breakShop();
    const { history } = await read(
      inspectionOf([
        ["shop.py", 99_999],
        ["shop.py", 2, "price"],
      ]),
    );
    expect(history.suspects[0]?.subject).toBe("Shorter price");
  });
});

describe("bounds", () => {
  it("nothing is begun once the signal has come, or the time is over", async () => {
    breakShop();
    const aborted = await read(failing, { limits: { deadlineMs: 20_000, signal: AbortSignal.abort() } });
    expect(aborted.history).toMatchObject({ state: "unreadable", suspects: [] });
    const late = await read(failing, { limits: { deadlineMs: 0, signal: new AbortController().signal } });
    expect(late.history).toMatchObject({ state: "unreadable", suspects: [] });
  });

  it("a git that does not end is killed at the deadline", async () => {
    breakShop();
    const folder = join(ground.folder, "slow");
    mkdirSync(folder);
    execFileSync("sh", [
      "-c",
      `printf '#!/bin/sh\\necho $$ > ${folder}/pid\\nexec sleep 600\\n' > ${folder}/git; chmod +x ${folder}/git`,
    ]);
    const began = performance.now();
    const { history } = await read(failing, {
      searchPath: `${folder}:${process.env.PATH}`,
      limits: { deadlineMs: 300, signal: new AbortController().signal },
    });
    expect(history.state).toBe("unreadable");
    expect(performance.now() - began).toBeLessThan(5_000);
    const pid = Number(execFileSync("cat", [join(folder, "pid")], { encoding: "utf8" }));
    expect(() => process.kill(pid, 0)).toThrow();
  });
});
