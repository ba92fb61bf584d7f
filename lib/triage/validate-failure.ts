import { type ReadCode, type ReadFile, syntaxOf } from "@/lib/domain/read-code";
import type { Inspection, LookedAt, Research, TriageSubject, Validation } from "@/lib/domain/triage";
import { resolvedFrames } from "@/lib/domain/triage-claim";
import { checkClaims, meaningOf, reportedLines } from "@/lib/domain/triage-claims";
import { manifestFiles, pinFiles } from "@/lib/domain/triage-environment-claims";
import { oneLine } from "@/lib/domain/triage-words";

/** Reads lines of the project, safely; whoever implements it keeps to the root and to its own limits of bytes and time. */
export type LineReader = {
  /**
   * Lines `from` to `to` of a file, both included, counted from 1. Fewer than asked for only where the file ends before; null
   * for a file that is not there, is no text, or must not be read.
   */
  readLines(path: string, from: number, to: number): Promise<string[] | null>;
};

export type ValidateInput = {
  subject: TriageSubject;
  inspection: Inspection;
  research: Research;
  /** The project's folder; null where there is none, and then nothing is read. */
  root: string | null;
  read: LineReader;
  /** When it fires, nothing more is read; what was not looked at cannot be checked. */
  signal?: AbortSignal;
};

/**
 * The third phase: claims about the failure, each checked against the working tree, the history and the environment
 * (`docs/triage-rules.md`, Validate). Never throws for what it reads; at most 240 reads of 500 lines.
 */
export async function validateFailure(input: ValidateInput): Promise<Validation> {
  const { subject, inspection, research } = input;
  const reading = new Reading(input);
  await reading.readAll();
  const reported = reportedLines(subject);
  const meaning = meaningOf(subject, reported);
  const code = withWindows(reading.files, inspection);
  return {
    lookedAt: reading.lookedAt(),
    ...checkClaims({ subject, inspection, research, code, meaning, reported }),
  };
}

const chunk = 500;
const wholeFileLines = 4_000;
const readCap = 240;
const lineLength = 1_000;

class Reading {
  readonly files = new Map<string, ReadFile | null>();
  readonly #input: ValidateInput;
  #reads = 0;

  constructor(input: ValidateInput) {
    this.#input = input;
  }

  async readAll(): Promise<void> {
    if (this.#input.root === null) return;
    const { inspection, research } = this.#input;
    const frames = resolvedFrames(inspection);
    for (const { path, line } of frames) {
      await this.#readWhole(path);
      if (line > wholeFileLines) await this.#readAround(path, line - 40, line + 40);
    }
    const changed = research.history.suspects
      .slice(0, 5)
      .flatMap((each) => each.changes.slice(0, 40).map((change) => change.path));
    for (const path of [...new Set(changed)].slice(0, 4)) await this.#readWhole(path);
    for (const { path, line, because } of inspection.mentions.slice(0, 24)) {
      if (line !== null && (because === "message_literal" || because === "locks_dependency"))
        await this.#readAround(path, line, line + 4);
    }
    for (const path of manifestPaths(frames[0]?.path ?? null, inspection)) await this.#readWhole(path, chunk);
  }

  /** From its first line on, as far as the bound of a file. */
  async #readWhole(path: string, bound = wholeFileLines): Promise<void> {
    if (this.files.get(path)?.lines.has(1) || this.files.get(path) === null) return;
    for (let from = 1; from <= bound; from += chunk) {
      if (!(await this.#readAround(path, from, from + chunk - 1))) return;
    }
  }

  /** Is there more of the file after these lines? */
  async #readAround(path: string, from: number, to: number): Promise<boolean> {
    const first = Math.max(1, from);
    const rows = await this.#read(path, first, to);
    const known = this.files.get(path);
    if (rows === null) {
      if (known === undefined) this.files.set(path, null);
      return false;
    }
    const lines = new Map(known?.lines ?? []);
    for (const [index, row] of rows.entries()) lines.set(first + index, row.slice(0, lineLength));
    const hasEnded = rows.length < to - first + 1 && (rows.length > 0 || first === 1 || lines.has(first - 1));
    const lastLine = hasEnded ? first - 1 + rows.length : (known?.lastLine ?? null);
    this.files.set(path, { path, lines, lastLine });
    return !hasEnded && rows.length > 0;
  }

  async #read(path: string, from: number, to: number): Promise<string[] | null> {
    if (this.#reads >= readCap || this.#input.signal?.aborted) return null;
    this.#reads += 1;
    try {
      const rows = await this.#input.read.readLines(path, from, to);
      return rows === null ? null : rows.slice(0, to - from + 1);
    } catch {
      return null;
    }
  }

  lookedAt(): LookedAt[] {
    if (this.#input.root === null)
      return [
        { what: "the project's folder", outcome: "absent", note: "nothing could be compared with the code" },
      ];
    const rows = [...this.files].flatMap(([path, file]): LookedAt[] => {
      if (file !== null) return [{ what: oneLine(path, 200), outcome: "read" }];
      // Whether one of the usual manifests is there is asked without need: that one is not says nothing.
      return isManifest(path)
        ? []
        : [{ what: oneLine(path, 200), outcome: "refused", note: "could not be read" }];
    });
    const isCut = this.#reads >= readCap || this.#input.signal?.aborted === true;
    const cut: LookedAt = {
      what: "further files",
      outcome: "refused",
      note: "the phase's bound was reached",
    };
    return [...rows.slice(0, 60), ...(isCut ? [cut] : [])];
  }
}

const isManifest = (path: string) => usualFiles.has(path.slice(path.lastIndexOf("/") + 1));
const usualFiles: ReadonlySet<string> = new Set([...pinFiles, ...Object.values(manifestFiles).flat()]);
const folderCap = 4;

/** Manifests and pins beside the failing file and above it, as far as the root; the nearest first. */
function manifestPaths(path: string | null, inspection: Inspection): string[] {
  const syntax = syntaxOf(path ?? "");
  const names = [...(syntax === null ? ["package.json"] : manifestFiles[syntax]), ...pinFiles];
  const parts = (path ?? "").split("/").slice(0, -1);
  const folders = parts.map((_, index) => `${parts.slice(0, parts.length - index).join("/")}/`);
  const near = folders.length < folderCap ? [...folders, ""] : [...folders.slice(0, folderCap - 1), ""];
  const solutions = inspection.mentions
    .map((each) => each.path)
    .filter((each) => /\.(?:sln|slnx|csproj)$/.test(each));
  return [
    ...new Set([...near.flatMap((folder) => names.map((name) => folder + name)), ...solutions.slice(0, 2)]),
  ];
}

/** What inspection read and this phase could not, of files of which nothing else is known. */
function withWindows(files: ReadCode, { windows }: Inspection): ReadCode {
  const code = new Map(files);
  for (const { path, fromLine, lines } of windows.slice(0, 40)) {
    const known = code.get(path);
    if (known && known.lines.size > 0 && !isLeft(known, path)) continue;
    const merged = new Map(known?.lines ?? []);
    for (const [index, line] of lines.slice(0, 400).entries())
      merged.set(fromLine + index, line.slice(0, lineLength));
    code.set(path, { path, lines: merged, lastLine: null });
  }
  return code;
}

/** Was this file put together of windows alone so far? */
const isLeft = (file: ReadFile, path: string) =>
  file.path === path && file.lastLine === null && !file.lines.has(1);
