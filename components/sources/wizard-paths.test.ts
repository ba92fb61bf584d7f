import { describe, expect, it } from "vitest";
import {
  crumbsOf,
  foldersAbove,
  holdingRoot,
  joinPath,
  parentOf,
  pathWithin,
  sourceIdFor,
  suggestedFolder,
} from "./wizard-paths";

it.each([
  ["/workspace/repos", "/workspace/repos/shop/a.log", "shop/a.log"],
  ["/workspace/repos/", "/workspace/repos/shop", "shop"],
  ["/workspace/repos", "/workspace/repos", ""],
  ["/workspace/repos", "/workspace/repository", null],
  ["/workspace/repos", "/srv/a.log", null],
  ["logs", "logs/app", "app"],
])("within %s, %s is %s", (folder, path, inside) => {
  expect(pathWithin(folder, path)).toBe(inside);
});

it("the innermost root holds a folder", () => {
  const roots = ["/srv", "/srv/apps", "/workspace/repos"];
  expect(holdingRoot(roots, "/srv/apps/shop")).toBe("/srv/apps");
  expect(holdingRoot(roots, "/srv/application")).toBe("/srv");
  expect(holdingRoot(roots, "/etc")).toBeNull();
});

describe("a way through folders", () => {
  it.each([
    ["", "", []],
    ["", "logs/app", ["logs", "logs/app"]],
    ["shop", "shop", []],
    ["shop", "shop/logs", ["shop/logs"]],
  ])("from %j to %j", (base, folder, paths) => {
    expect(crumbsOf(base, folder).map((crumb) => crumb.path)).toEqual(paths);
  });

  it("goes up and down", () => {
    expect(parentOf("logs/app/a.log")).toBe("logs/app");
    expect(parentOf("a.log")).toBe("");
    expect(joinPath("", "logs")).toBe("logs");
    expect(joinPath("/srv/", "logs")).toBe("/srv/logs");
    expect(joinPath("/srv", "")).toBe("/srv");
  });
});

describe("a new project's folder", () => {
  it("is one of those above the file", () => {
    expect(foldersAbove("/workspace/repos", "shop/logs/a.log")).toEqual([
      "/workspace/repos",
      "/workspace/repos/shop",
      "/workspace/repos/shop/logs",
    ]);
  });

  it.each([
    ["/workspace/repos", "shop/logs/a.log", "/workspace/repos/shop"],
    ["/workspace/repos", "a.log", "/workspace/repos"],
    ["/srv/shop", "logs/a.log", "/srv/shop"],
  ])("below %s, for %s: %s", (root, file, folder) => {
    expect(suggestedFolder(root, file)).toBe(folder);
  });
});

it.each([
  ["logs/worker.jsonl.log", [], "worker"],
  ["logs/worker.log", ["worker"], "worker-2"],
  ["Über Log.txt", [], "uber-log"],
  [".log", [], "log"],
])("%s, with %j taken, is %s", (file, taken, id) => {
  expect(sourceIdFor(file, taken)).toBe(id);
});
