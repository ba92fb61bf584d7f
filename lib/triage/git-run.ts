import { execFile } from "node:child_process";
import { delimiter, isAbsolute } from "node:path";
import { isIn } from "./git-files";
import { ceilingOf, type GitRepository } from "./git-repository";

/** `cut`: more came than may be kept; what came first is there. `timed_out` keeps what came before, too. */
export type GitAnswer = {
  ended: "done" | "cut" | "timed_out" | "aborted" | "failed" | "missing";
  output: Buffer;
};

export type GitBounds = { timeoutMs: number; bytesMax: number; signal: AbortSignal; input?: string };

/** The hash of a tree with nothing in it: attributes are read from there, so none are. */
const emptyTrees: Readonly<Record<number, string>> = {
  40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
};

/** Said again on the command line, should a version of git read more than our scratch folder. */
const settings = [
  ...["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.attributesFile=/dev/null"],
  ...["core.untrackedCache=false", "core.sshCommand=false", "core.askPass=false", "core.pager=cat"],
  ...["core.alternateRefsCommand=false", "protocol.allow=never", "submodule.recurse=false"],
  ...["log.showSignature=false", "gpg.program=false", "log.mailmap=false", "core.quotePath=true"],
  // A file above this is told of as binary and never held in memory whole.
  ...["core.bigFileThreshold=4m", "pack.threads=1", "i18n.logOutputEncoding=UTF-8", "diff.renameLimit=200"],
].flatMap((setting) => ["-c", setting]);

/**
 * One run of the system's git over a repository's objects: no shell, no environment of ours, no configuration, no network;
 * killed at the time, the size or the signal. Never throws for what git does.
 */
export function runGit(
  repository: GitRepository,
  args: readonly string[],
  bounds: GitBounds,
  searchPath: string,
): Promise<GitAnswer> {
  if (bounds.signal.aborted) return Promise.resolve({ ended: "aborted", output: Buffer.alloc(0) });
  if (bounds.timeoutMs <= 0) return Promise.resolve({ ended: "timed_out", output: Buffer.alloc(0) });
  return new Promise((settle) => {
    const child = execFile(
      "git",
      ["--no-pager", "--literal-pathspecs", ...settings, ...args],
      {
        cwd: repository.scratch,
        env: environmentOf(repository, searchPath),
        encoding: "buffer",
        maxBuffer: bounds.bytesMax,
        timeout: Math.ceil(bounds.timeoutMs),
        killSignal: "SIGKILL",
        signal: bounds.signal,
      },
      (error, output) => settle({ ended: endOf(error, bounds.signal), output }),
    );
    // Git may end before it has read everything; what it then says is in its exit status.
    child.stdin?.on("error", () => {});
    child.stdin?.end(bounds.input ?? "");
  });
}

type RunError = Error & { code?: string | number | null; killed?: boolean };

function endOf(error: RunError | null, signal: AbortSignal): GitAnswer["ended"] {
  if (error === null) return "done";
  if (signal.aborted) return "aborted";
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "cut";
  if (error.code === "ENOENT") return "missing";
  return error.killed ? "timed_out" : "failed";
}

/** Everything git would otherwise take from the host, the user or the repository, set to nothing. */
function environmentOf(repository: GitRepository, searchPath: string): NodeJS.ProcessEnv {
  return {
    NODE_ENV: "production",
    PATH: safeSearchPath(repository.root, searchPath),
    LC_ALL: "C",
    HOME: repository.scratch,
    XDG_CONFIG_HOME: repository.scratch,
    GIT_DIR: repository.scratch,
    GIT_OBJECT_DIRECTORY: repository.objects,
    GIT_CEILING_DIRECTORIES: ceilingOf(repository),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_ATTR_SOURCE: emptyTrees[repository.head.length],
    GIT_GRAFT_FILE: "/dev/null",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "",
    GIT_PROTOCOL_FROM_USER: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "false",
    SSH_ASKPASS: "false",
    GIT_PAGER: "cat",
    GIT_EDITOR: "false",
  };
}

/** Absolute folders outside the project: a `git` that lies in the project is not the system's. */
const safeSearchPath = (root: string, searchPath: string): string =>
  searchPath
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !isIn(root, folder))
    .join(delimiter);
