import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type ScannedImport, scanImports } from "./scan-imports";
import { readSourceText } from "./source-text";

export type SourceFile = {
  /** From the repository's root, with `/`. */
  path: string;
  text: string;
  /** The text without comments and the insides of strings. */
  code: string;
  isTest: boolean;
  imports: ResolvedImport[];
};

export type ResolvedImport = ScannedImport & {
  /** A path of this repository without its extension, or null for a package or a node module. */
  path: string | null;
};

export const repositoryRoot = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");

const roots = ["app", "bench", "clients", "components", "e2e", "lib", "scripts"];
const skipped = new Set(["node_modules", "generated", ".next", ".build", "dist"]);
const sourceName = /\.(?:ts|tsx|mts|mjs)$/;
const testName = /\.(?:test|spec)\.[a-z]+$/;

/** Every source file of the repository, read and scanned once for the whole test. */
export function readSourceFiles(): SourceFile[] {
  const top = readdirSync(repositoryRoot).filter((name) => sourceName.test(name) && !name.endsWith(".d.ts"));
  const paths = [...top, ...roots.flatMap((root) => listFiles(root))].sort();
  return paths.map((path) => {
    const text = readFileSync(join(repositoryRoot, path), "utf8");
    return {
      path,
      text,
      code: readSourceText(text).code,
      isTest: testName.test(path) || path.startsWith("lib/testing/") || path.startsWith("e2e/"),
      imports: scanImports(text).map((each) => ({ ...each, path: resolveImport(path, each.specifier) })),
    };
  });
}

/** `@/lib/ids` and `../ids` to `lib/ids`. */
export function resolveImport(importer: string, specifier: string): string | null {
  if (specifier.startsWith("@/")) return withoutExtension(specifier.slice(2));
  if (!specifier.startsWith(".")) return null;
  return withoutExtension(posix.normalize(posix.join(dirname(importer), specifier)));
}

export const withoutExtension = (path: string) => path.replace(/\.(?:d\.)?(?:tsx?|mts|mjs|js)$/, "");

function listFiles(folder: string): string[] {
  let rows: import("node:fs").Dirent[];
  try {
    rows = readdirSync(join(repositoryRoot, folder), { withFileTypes: true, recursive: true });
  } catch {
    return [];
  }
  return rows
    .filter((row) => row.isFile() && sourceName.test(row.name))
    .map((row) => relative(repositoryRoot, join(row.parentPath, row.name)).replaceAll("\\", "/"))
    .filter((path) => !path.split("/").some((part) => skipped.has(part)));
}
