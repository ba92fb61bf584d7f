import { basename } from "node:path";
import { allowedNames } from "./sanctioned";
import type { SourceFile } from "./source-files";

const forbidden = new Set([
  "utils",
  "util",
  "helpers",
  "helper",
  "misc",
  "common",
  "manager",
  "handler",
  "data",
  "info",
]);
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Next's segments and the extensions of tests are not names of ours. */
const nextSegment = /^(?:\(.+\)|\[.+\]|\[\[.+\]\])$/;

export const lineCountMax = 320;
/** A table of cases may run longer than the code it tests. */
export const testLineCountMax = 450;

export function badNames(file: SourceFile): string[] {
  const parts = file.path.split("/");
  const name = basename(file.path).split(".")[0] ?? "";
  const folders = parts.slice(0, -1).filter((folder) => !nextSegment.test(folder));
  return [name, ...folders.map((folder) => folder.split(".")[0] ?? "")].filter((each) => isBadName(each));
}

export function isBadName(name: string): boolean {
  if (name in allowedNames) return false;
  const words = name.split("-");
  return (
    !kebab.test(name) ||
    name.startsWith("new-") ||
    words.some((word) => forbidden.has(word) || /^(?:v\d+|part\d+)$/.test(word))
  );
}

export const lineCountOf = (file: SourceFile) => file.text.replace(/\n$/, "").split("\n").length;
