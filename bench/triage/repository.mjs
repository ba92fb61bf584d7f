import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Runs a program to its end: no settings of whoever runs the bench, and nothing of theirs in the repository. */
export async function run(command, args, { cwd, input = null, env = {}, timeoutMs = 120_000 } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: "C.UTF-8", TZ: "UTC", ...env },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: timeoutMs,
  });
  const [out, err] = [[], []];
  child.stdout.on("data", (chunk) => out.push(chunk));
  child.stderr.on("data", (chunk) => err.push(chunk));
  child.stdin.on("error", () => {});
  if (typeof input === "function") {
    await input(async (chunk) => {
      if (!child.stdin.write(chunk)) await once(child.stdin, "drain");
    });
  }
  child.stdin.end(typeof input === "string" ? input : undefined);
  const [code] = await once(child, "close");
  const text = (chunks) => Buffer.concat(chunks).toString("utf8");
  return { code: code ?? -1, stdout: text(out), stderr: text(err) };
}

export async function git(root, args, options = {}) {
  const env = { GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", ...options.env };
  const result = await run("git", args, { cwd: root, ...options, env });
  if (result.code !== 0) throw new Error(`git ${args.join(" ")}: ${result.stderr.slice(-500)}`);
  return result.stdout;
}

const blob = (text) => `data ${Buffer.byteLength(text)}\n${text}\n`;

/**
 * Writes the commits (`{ tree, author, atMs, subject, filler? }`, oldest first) as the history of a new repository and
 * checks the last one out. `filler` is an iterable of `[path, text]` that stays in every later tree. Returns the hashes
 * in the order of the commits.
 */
export async function writeRepository(root, commits) {
  mkdirSync(root, { recursive: true });
  await git(root, ["init", "--quiet", "--initial-branch=main"]);
  const marks = path.join(root, ".git", "bench-marks");
  await git(root, ["fast-import", "--quiet", "--depth=0", "--date-format=raw", `--export-marks=${marks}`], {
    input: async (write) => {
      let before = new Map();
      for (const [index, commit] of commits.entries()) {
        await write(commitText(commit, index, before));
        for (const [at, text] of commit.filler ?? []) await write(`M 100644 inline ${at}\n${blob(text)}`);
        await write("\n");
        before = commit.tree;
      }
    },
  });
  await git(root, ["reset", "--quiet", "--hard", "main"]);
  const hashes = new Map(
    readFileSync(marks, "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(" ")),
  );
  return commits.map((_, index) => hashes.get(`:${index + 1}`));
}

function commitText({ tree, author: [name, email], atMs, subject }, index, before) {
  const when = `${Math.floor(atMs / 1000)} +0000`;
  const head = `commit refs/heads/main\nmark :${index + 1}\nauthor ${name} <${email}> ${when}\ncommitter ${name} <${email}> ${when}\n`;
  const changes = [...tree]
    .filter(([at, text]) => before.get(at) !== text)
    .map(([at, text]) => `M 100644 inline ${at}\n${blob(text)}`);
  const gone = [...before.keys()].filter((at) => !tree.has(at)).map((at) => `D ${at}\n`);
  return head + blob(subject) + gone.join("") + changes.join("");
}
