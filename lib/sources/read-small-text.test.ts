import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openInsideRoot } from "./open-inside-root";
import { readSmallText } from "./read-small-text";
import type { SourcePlace } from "./tail-words";

let folder: string;
const at = (...parts: string[]) => join(folder, ...parts);
const place = (path: string, fields: object = {}) => ({
  ...{ workspaceRoot: at("repo"), path, allowedRoots: [at("repo")], refusedFolders: [at("repo", ".data")] },
  ...fields,
});

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "small-text-"));
  mkdirSync(at("repo", ".github"), { recursive: true });
  mkdirSync(at("repo", ".data"));
  writeFileSync(at("repo", ".github", "form.md"), "## Steps\n");
  writeFileSync(at("repo", ".data", "token"), "secret");
  writeFileSync(at("outside"), "outside");
  symlinkSync(at("outside"), at("repo", "out"));
  symlinkSync(at("repo", ".github", "form.md"), at("repo", "in"));
  execFileSync("mkfifo", [at("repo", "pipe")]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("readSmallText", () => {
  it.each<[string, string, string | null, object?]>([
    ["an ordinary file", ".github/form.md", "## Steps\n"],
    ["a link that stays inside", "in", "## Steps\n"],
    ["a link out", "out", null],
    ["a path out", "../outside", null],
    ["a folder", ".github", null],
    ["a pipe, without waiting for a writer", "pipe", null],
    ["nothing", "absent.md", null],
    ["a folder that is never read", ".data/token", null],
    ["a root that this host does not allow", ".github/form.md", null, { allowedRoots: [] }],
  ])("%s", async (_, path, text, fields) => {
    expect(await readSmallText(place(path, fields), 100)).toBe(text);
  });

  it.each(["/proc/self/fd", "/nowhere/told"])(
    "a folder swapped for a link out between looking and opening, the descriptor asked of %s",
    async (links) => {
      mkdirSync(at("repo", "moving"));
      writeFileSync(at("repo", "moving", "form.md"), "## Steps\n");
      mkdirSync(at("elsewhere"));
      writeFileSync(at("elsewhere", "form.md"), "outside");
      let swapped = 0;
      const swap = () => {
        renameSync(at("repo", "moving"), at("repo", "moved"));
        symlinkSync(at("elsewhere"), at("repo", "moving"));
        swapped += 1;
      };
      const open = (given: SourcePlace) => openInsideRoot(given, links, swap);
      expect(await readSmallText(place("moving/form.md"), 100, open)).toBeNull();
      expect(swapped).toBe(1);
      for (const name of ["moving", "moved"]) rmSync(at("repo", name), { recursive: true });
      rmSync(at("elsewhere"), { recursive: true });
    },
  );

  it("a file that is larger than asked for is not read at all", async () => {
    expect(await readSmallText(place(".github/form.md"), 9)).toBe("## Steps\n");
    expect(await readSmallText(place(".github/form.md"), 8)).toBeNull();
  });
});
