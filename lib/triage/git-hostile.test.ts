import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GitGround } from "@/lib/testing/git-ground";
import {
  type Reading,
  readBlame,
  readFilesAtHead,
  readPathPatches,
  readRangePatches,
  readWholePatches,
  walkCommits,
} from "./git-history";
import { openRepository } from "./git-repository";

let ground: GitGround;
let marker: string;
let trap: string;

beforeEach(() => {
  ground = new GitGround();
  marker = join(ground.folder, "marker");
  trap = join(ground.folder, "trap.sh");
  writeFileSync(trap, `#!/bin/sh\ntouch '${marker}'\ncat "$1" 2>/dev/null\nexit 0\n`);
  chmodSync(trap, 0o755);
  ground.commit("Start", { files: { "a.txt": "one\ntwo\nthree\n" } });
  ground.commit("Second line", { files: { "a.txt": "one\n2\nthree\n" } });
});
afterEach(() => ground.remove());

const reading = (searchPath = process.env.PATH ?? ""): Reading => ({
  deadlineAtMs: Date.now() + 20_000,
  signal: new AbortController().signal,
  searchPath,
});

/** Every kind of reading there is, over one file. */
async function readEverything(searchPath?: string) {
  const opened = await openRepository(ground.root);
  if (opened.state !== "open") return opened;
  const { repository } = opened;
  try {
    const how = reading(searchPath);
    const range = { path: "a.txt", fromLine: 1, toLine: 2 };
    const walked = await walkCommits(repository, how, 50);
    const hashes = walked.value.map((each) => each.facts.hash);
    return {
      state: "read" as const,
      head: walked.value[0]?.facts ?? null,
      walked: walked.value,
      patches: (await readPathPatches(repository, how, ["a.txt"], 50)).value,
      whole: (await readWholePatches(repository, how, hashes)).value,
      ranged: (await readRangePatches(repository, how, [range], 50)).value,
      blamed: (await readBlame(repository, how, "a.txt", [range])).value,
      files: (await readFilesAtHead(repository, how, ["a.txt"])).value,
    };
  } finally {
    await repository.close();
  }
}

async function expectReadHarmlessly(searchPath?: string) {
  rmSync(marker, { force: true });
  const read = await readEverything(searchPath);
  expect(existsSync(marker)).toBe(false);
  if (read.state !== "read") throw new Error(`not read: ${read.state}`);
  expect(read.head?.subject).toBe("Second line");
  expect(read.walked).toHaveLength(2);
  expect(read.patches[0]?.files[0]?.hunks[0]?.lines.map((line) => [line.kind, line.text])).toEqual([
    ...[
      ["kept", "one"],
      ["removed", "two"],
      ["added", "2"],
      ["kept", "three"],
    ],
  ]);
  expect(read.whole.map((each) => each.subject)).toEqual(["Second line", "Start"]);
  expect(read.ranged[0]?.hash).toBe(read.head?.hash);
  expect(read.blamed[1]?.hash).toBe(read.head?.hash);
  expect(read.files.get("a.txt")).toBe("one\n2\nthree\n");
}

/** The trap is armed: ordinary use of git springs it. Without this the test below it would prove nothing. */
function expectSprung(...args: string[]) {
  ground.tryGit(...args);
  expect(existsSync(marker), `git ${args.join(" ")} springs the trap`).toBe(true);
}

const setConfig = (...pairs: Array<[string, string]>) => {
  for (const [name, value] of pairs) ground.git("config", "--local", name, value);
};

describe("nothing that a repository names is run", () => {
  it("core.fsmonitor", async () => {
    setConfig(["core.fsmonitor", trap]);
    expectSprung("status");
    await expectReadHarmlessly();
  });

  it("diff.external", async () => {
    setConfig(["diff.external", trap]);
    expectSprung("log", "-p", "--ext-diff");
    await expectReadHarmlessly();
  });

  it.each([
    ["attributes of the working tree", ".gitattributes"],
    ["attributes of the repository", ".git/info/attributes"],
  ])("a textconv by %s", async (_, file) => {
    setConfig(["diff.evil.textconv", trap]);
    ground.write(file, "* diff=evil\n");
    expectSprung("log", "-p");
    await expectReadHarmlessly();
  });

  it("a textconv by core.attributesFile, and by a driver's command", async () => {
    ground.write("attributes", "* diff=evil\n");
    setConfig(["core.attributesFile", ground.path("attributes")], ["diff.evil.command", trap]);
    expectSprung("log", "-p", "--ext-diff");
    await expectReadHarmlessly();
  });

  it("a filter", async () => {
    setConfig(["filter.evil.clean", trap], ["filter.evil.smudge", trap], ["filter.evil.process", trap]);
    ground.write(".gitattributes", "* filter=evil\n");
    ground.write("a.txt", "changed\n");
    expectSprung("diff");
    await expectReadHarmlessly();
  });

  it("what include.path brings in", async () => {
    ground.write("more.config", `[diff "evil"]\n\ttextconv = ${trap}\n[core]\n\tfsmonitor = ${trap}\n`);
    ground.write(".gitattributes", "* diff=evil\n");
    setConfig(["include.path", ground.path("more.config")]);
    expectSprung("log", "-p");
    await expectReadHarmlessly();
  });

  it("an include that never ends is not waited for", async () => {
    execFileSync("mkfifo", [ground.path("pipe")]);
    writeFileSync(ground.path(".git/config"), `[include]\n\tpath = ${ground.path("pipe")}\n`, { flag: "a" });
    await expectReadHarmlessly();
  });

  it("gpg.program, where log.showSignature asks for it", async () => {
    const tree = ground.git("rev-parse", "HEAD^{tree}");
    const parent = ground.git("rev-parse", "HEAD^");
    const person = "Ada <a@shop.test> 1767603600 +0000";
    const signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n aaaa\n -----END PGP SIGNATURE-----";
    ground.write(
      ".git/signed",
      `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\n${signature}\n\nSecond line\n`,
    );
    ground.git("update-ref", "HEAD", ground.git("hash-object", "-t", "commit", "-w", ".git/signed"));
    setConfig(["gpg.program", trap], ["log.showSignature", "true"]);
    expectSprung("log", "-1");
    await expectReadHarmlessly();
  });

  it("hooks, aliases, pagers, editors, credentials and ssh", async () => {
    mkdirSync(ground.path("hooks"));
    for (const hook of [
      "post-checkout",
      "post-index-change",
      "reference-transaction",
      "fsmonitor-watchman",
    ]) {
      cpSync(trap, ground.path("hooks", hook));
      cpSync(trap, ground.path(".git/hooks", hook));
    }
    setConfig(
      ["core.hooksPath", ground.path("hooks")],
      ["alias.log", `!${trap}`],
      ["alias.blame", `!${trap}`],
    );
    setConfig(["core.pager", trap], ["pager.log", trap], ["core.editor", trap], ["core.sshCommand", trap]);
    setConfig(["core.askPass", trap], ["credential.helper", `!${trap}`], ["core.gitProxy", trap]);
    setConfig(["core.alternateRefsCommand", trap], ["uploadpack.packObjectsHook", trap]);
    expectSprung("checkout", "-q", "-b", "other");
    await expectReadHarmlessly();
  });

  it("a git that lies in the project", async () => {
    cpSync(trap, ground.path("git"));
    execFileSync(ground.path("git"));
    expect(existsSync(marker)).toBe(true);
    await expectReadHarmlessly([".", "", ground.root, process.env.PATH].join(delimiter));
  });
});

describe("nothing is fetched", () => {
  it("a promisor's missing objects are missing, however its address is reached", async () => {
    const blob = ground.git("rev-parse", "HEAD^:a.txt");
    rmSync(ground.path(".git/objects", blob.slice(0, 2), blob.slice(2)));
    setConfig(["remote.origin.url", `ext::sh ${trap}`], ["remote.origin.promisor", "true"]);
    setConfig(["protocol.ext.allow", "always"], ["extensions.partialClone", "origin"]);
    setConfig(["core.repositoryFormatVersion", "1"], ["remote.origin.partialclonefilter", "blob:none"]);
    expectSprung("log", "-p");
    rmSync(marker);
    const read = await readEverything();
    expect(existsSync(marker)).toBe(false);
    if (read.state !== "read") throw new Error(read.state);
    expect(read.walked).toHaveLength(2);
    expect(read.files.get("a.txt")).toBe("one\n2\nthree\n");
    // Where the old content is not there, there is no patch, and no guess at one.
    expect(read.patches[0]?.files ?? []).toEqual([]);
  });
});

describe("what is seen is what was committed", () => {
  it("replacements are not taken", async () => {
    const [head, first] = [ground.git("rev-parse", "HEAD"), ground.git("rev-parse", "HEAD^")];
    ground.git("replace", head, first);
    expect(ground.git("log", "-1", "--format=%s")).toBe("Start");
    await expectReadHarmlessly();
  });

  it("nor grafts", async () => {
    ground.write(".git/info/grafts", `${ground.git("rev-parse", "HEAD")}\n`);
    expect(ground.git("log", "--format=%s")).toBe("Second line");
    await expectReadHarmlessly();
  });

  it("nor another working tree, nor attributes that hide files", async () => {
    setConfig(["core.worktree", "/"], ["core.bare", "false"]);
    ground.write(".git/info/attributes", "* -diff\n");
    expect(ground.git("log", "-1", "-p")).toContain("Binary files");
    await expectReadHarmlessly();
  });

  it.runIf(process.getuid?.() === 0)(
    "a repository of somebody else is read, as its configuration is not",
    async () => {
      for (const path of [ground.root, ground.path(".git")]) chownSync(path, 54_321, 54_321);
      expect(ground.tryGit("log").output).toContain("dubious ownership");
      await expectReadHarmlessly();
    },
  );
});

describe("nothing outside the root is read", () => {
  const moveGit = (target: string) => renameSync(ground.path(".git"), target);
  const outside = () => join(ground.folder, "outside");
  const cases: Array<[string, () => void]> = [
    [
      "a .git file that names a folder outside",
      () => {
        moveGit(outside());
        ground.write(".git", `gitdir: ${outside()}\n`);
      },
    ],
    [
      "a .git link",
      () => {
        moveGit(outside());
        symlinkSync(outside(), ground.path(".git"));
      },
    ],
    [
      "a common folder outside",
      () => {
        cpSync(ground.path(".git"), outside(), { recursive: true });
        ground.write(".git/commondir", `${outside()}\n`);
      },
    ],
    [
      "objects behind a link",
      () => {
        renameSync(ground.path(".git/objects"), outside());
        symlinkSync(outside(), ground.path(".git/objects"));
      },
    ],
    [
      "a part of the objects behind a link",
      () => {
        const part = readdirSync(ground.path(".git/objects")).find((name) => name.length === 2) ?? "";
        renameSync(ground.path(".git/objects", part), outside());
        symlinkSync(outside(), ground.path(".git/objects", part));
      },
    ],
    [
      "alternates outside",
      () => {
        cpSync(ground.path(".git/objects"), outside(), { recursive: true });
        ground.write(".git/objects/info/alternates", `${outside()}\n`);
      },
    ],
    [
      "alternates of alternates outside",
      () => {
        cpSync(ground.path(".git/objects"), outside(), { recursive: true });
        ground.write("near/info/alternates", `${outside()}\n`);
        ground.write(".git/objects/info/alternates", `${ground.path("near")}\n`);
      },
    ],
  ];

  it.each(cases)("%s is refused", async (_, arrange) => {
    arrange();
    expect(ground.tryGit("log", "-1", "--format=%s").output.trim()).toBe("Second line");
    expect((await readEverything()).state).toBe("refused");
  });

  it("a repository above the root is not taken", async () => {
    mkdirSync(ground.path("inner"));
    expect((await openRepository(ground.path("inner"))).state).toBe("no_repository");
  });

  it("a working tree whose repository lies inside the root is read", async () => {
    moveGit(ground.path("store"));
    ground.write(".git", "gitdir: ./store\n");
    await expectReadHarmlessly();
  });

  it("a HEAD that is a pipe is not waited for", async () => {
    rmSync(ground.path(".git/HEAD"));
    execFileSync("mkfifo", [ground.path(".git/HEAD")]);
    expect((await readEverything()).state).toBe("no_repository");
  });

  it("leaves nothing behind, neither in the project nor beside it", async () => {
    const scratches = () => readdirSync(tmpdir()).filter((name) => name.startsWith("incident-monitor-git-"));
    const before = new Set(scratches());
    const listing = () => execFileSync("find", [ground.root, "-newer", trap], { encoding: "utf8" });
    const was = listing();
    const opened = await openRepository(ground.root);
    if (opened.state !== "open") throw new Error(opened.state);
    expect(existsSync(opened.repository.scratch)).toBe(true);
    await walkCommits(opened.repository, reading(), 1);
    await opened.repository.close();
    expect(existsSync(opened.repository.scratch)).toBe(false);
    expect(listing()).toBe(was);
    expect(before.has(opened.repository.scratch)).toBe(false);
  });
});
