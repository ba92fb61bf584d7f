import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GitGround } from "@/lib/testing/git-ground";
import { readPathPatches, walkCommits } from "./git-history";
import { commitFormat, readPatches, unquoted } from "./git-patch";
import { openRepository } from "./git-repository";

const head = (subject: string, author = "Ada") =>
  ["", "a".repeat(40), "b".repeat(40), "1767603600", "1767607200", author, subject].join("\u0001");
const patch = (...lines: string[]) => readPatches(Buffer.from(`${lines.join("\n")}\n`));
const file = ["diff --git a/x.py b/x.py", "--- a/x.py", "+++ b/x.py"];

describe("what git log wrote", () => {
  it("is read as commits, files and numbered lines", () => {
    const [commit] = patch(
      head("Second"),
      "",
      ...file,
      "@@ -3,2 +3,3 @@ def f():",
      " kept",
      "-out",
      "+in",
      "+more",
    );
    expect(commit).toMatchObject({
      ...{ hash: "a".repeat(40), parents: ["b".repeat(40)], author: "Ada", subject: "Second" },
      ...{ authoredAtMs: 1_767_603_600_000, committedAtMs: 1_767_607_200_000 },
    });
    expect(commit?.files).toMatchObject([
      { kind: "changed", path: "x.py", formerPath: null, isPartial: false },
    ]);
    expect(commit?.files[0]?.hunks).toEqual([
      {
        heading: "def f():",
        lines: [
          { kind: "kept", text: "kept", before: 3, after: 3 },
          { kind: "removed", text: "out", before: 4, after: null },
          { kind: "added", text: "in", before: null, after: 4 },
          { kind: "added", text: "more", before: null, after: 5 },
        ],
      },
    ]);
  });

  it("lines of a file that look like heads of commits, files and hunks stay lines", () => {
    const inside = [`-- a/y.py`, `-@@ -1 +1 @@`, `-${head("Forged")}`, `++ b/z.py`, `+diff --git a/z b/z`];
    const commits = patch(
      head("True"),
      ...file,
      "@@ -1,3 +1,2 @@",
      ...inside.map((l) => l.replace(/^(--|\+\+) /, "$1- ")),
    );
    expect(commits).toHaveLength(1);
    expect(commits[0]?.files).toHaveLength(1);
    expect(commits[0]?.files[0]?.hunks[0]?.lines).toHaveLength(5);
  });

  it("a commit cut off in a line keeps what is whole of it", () => {
    const whole = `${[head("Cut"), ...file, "@@ -1,2 +1,2 @@", "-one", "+two", "-thr"].join("\n")}`;
    const [commit] = readPatches(Buffer.from(whole));
    expect(commit?.files[0]?.hunks[0]?.lines.map((line) => line.text)).toEqual(["one", "two"]);
  });

  it.each([
    ["colours and bells", "\u001b[31mred\u001b[0m\u0007 alert", "red alert"],
    ["marks that turn text around", "safe\u202etxt.exe", "safe txt.exe"],
    ["a megabyte", "x".repeat(1_000_000), `${"x".repeat(199)}…`],
    ["separators of ours", "a\u0001b\u0001c", "a b c"],
  ])("a subject of %s is one plain line", (_, subject, plain) => {
    expect(patch(head(subject))[0]?.subject).toBe(plain);
  });

  it("an author is a name, never an address", () => {
    expect(patch(head("x", "ada@shop.test"))[0]?.author).toBe("ada");
    expect(patch(head("x", "\u001b[1mAda\u001b[0m <b>"))[0]?.author).toBe("Ada <b>");
    expect(patch(head("x", ""))[0]?.author).toBe("unknown");
  });

  it.each([
    ["plain.py", "plain.py"],
    ['"t\\303\\244b\\tc.py"', "täb\tc.py"],
    ['"quote\\"back\\\\slash"', 'quote"back\\slash'],
    ['"', '"'],
  ])("the name %s", (written, name) => expect(unquoted(written)).toBe(name));

  it("no line begins a commit but git's own", () => {
    expect(commitFormat.startsWith("--format=%x01%H")).toBe(true);
    expect(patch("\u0001not a hash\u0001\u00011\u00011\u0001a\u0001b")).toEqual([]);
  });
});

describe("real histories", () => {
  let ground: GitGround;
  beforeAll(() => {
    ground = new GitGround();
    ground.commit("Start", {
      files: { "dir with space/ä\tb.txt": "one\n", "plain.txt": "1\n2\n3\n4\n5\n6\n" },
    });
    ground.git("mv", "plain.txt", "moved.txt");
    ground.commit("Move", { files: { "moved.txt": "1\n2\n3\n4\n5\n6\n7\n" } });
    ground.commit("Binary and odd names", {
      files: { "image.bin": Buffer.from([0, 1, 2, 0]), "dir with space/ä\tb.txt": "two\n", "-dash": "x\n" },
    });
    ground.commit("Delete", { files: { "-dash": null } });
    ground.git("mv", "moved.txt", "last.txt");
    ground.commit("Move unchanged");
  });
  afterAll(() => ground.remove());

  it("names, moves, deletions and binary files come through", async () => {
    const opened = await openRepository(ground.root);
    if (opened.state !== "open") throw new Error(opened.state);
    const { repository } = opened;
    const reading = {
      ...{ deadlineAtMs: Date.now() + 20_000, signal: new AbortController().signal },
      searchPath: process.env.PATH ?? "",
    };
    const walked = (await walkCommits(repository, reading, 10)).value;
    expect(walked.map(({ facts, renames }) => [facts.subject, facts.fileCount, renames])).toEqual([
      ["Move unchanged", 1, [{ from: "moved.txt", to: "last.txt" }]],
      ["Delete", 1, []],
      ["Binary and odd names", 3, []],
      ["Move", 2, []],
      ["Start", 2, []],
    ]);
    const paths = ["dir with space/ä\tb.txt", "-dash", "image.bin", "moved.txt", "plain.txt"];
    const patches = (await readPathPatches(repository, reading, paths, 10)).value;
    await repository.close();
    const told = patches.flatMap(({ files }) => files.map((each) => [each.kind, each.path, each.isPartial]));
    expect(told).toEqual([
      ["deleted", "moved.txt", false],
      ["deleted", "-dash", false],
      ["created", "-dash", false],
      ["changed", "dir with space/ä\tb.txt", false],
      ["created", "image.bin", true],
      ["renamed", "moved.txt", false],
      ["created", "dir with space/ä\tb.txt", false],
      ["created", "plain.txt", false],
    ]);
  });
});
