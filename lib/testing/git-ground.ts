import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The user's and the system's configuration left out, so that a test's repositories are alike everywhere. */
const environment = {
  NODE_ENV: "test" as const,
  ...{ PATH: process.env.PATH, LC_ALL: "C", HOME: "/nonexistent" },
  ...{ GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
};

export type CommitOptions = {
  atMs?: number;
  author?: string;
  files?: Record<string, string | Buffer | null>;
};

/** A real repository in a temporary folder. Each commit is an hour after the one before unless its time is given. */
export class GitGround {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-ground-")));
  readonly root: string;
  nextAtMs = Date.parse("2026-01-05T09:00:00Z");

  constructor(name = "project") {
    this.root = join(this.folder, name);
    mkdirSync(this.root);
    this.git("init", "-q", "-b", "main");
  }

  path = (...parts: string[]) => join(this.root, ...parts);

  write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  /** Runs git as a person would: with the repository's own configuration. */
  git(...args: string[]): string {
    return execFileSync("git", args, {
      cwd: this.root,
      env: environment,
      encoding: "utf8",
      stdio: "pipe",
    }).trim();
  }

  /** As `git`, for a command that may fail. */
  tryGit(...args: string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync("git", args, {
      ...{ cwd: this.root, env: environment, encoding: "utf8" as const, timeout: 10_000 },
    });
    return { status, output: stdout + stderr };
  }

  /** Writes the files (null removes one), commits everything, and answers the hash. */
  commit(subject: string, options: CommitOptions = {}): string {
    for (const [path, content] of Object.entries(options.files ?? {})) {
      if (content === null) rmSync(this.path(path));
      else this.write(path, content);
    }
    const atMs = options.atMs ?? this.nextAtMs;
    this.nextAtMs = atMs + 3_600_000;
    const when = `${Math.floor(atMs / 1_000)} +0000`;
    this.git("add", "-A");
    const name = options.author ?? "Ada Example";
    execFileSync("git", ["commit", "-q", "--allow-empty", "-m", subject], {
      cwd: this.root,
      stdio: "pipe",
      env: {
        ...environment,
        ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: "ada@shop.test", GIT_AUTHOR_DATE: when },
        ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: "ada@shop.test", GIT_COMMITTER_DATE: when },
      },
    });
    return this.git("rev-parse", "HEAD");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
