import { describe, expect, it } from "vitest";
import { newLogSource, newProject } from "./edit-projects";
import { finishWizard, previewRequest, saveFaults, startWizard, watchedAs, withFile } from "./wizard-state";

const roots = ["/workspace/repos", "/srv/legacy"];
const shop = {
  ...newProject([], "/workspace/repos/shop"),
  ...{ project_id: "shop", name: "Shop", repo: "acme/shop" },
  log_sources: [{ ...newLogSource([]), source_id: "worker", path: "logs/worker.log" }],
};

describe("where it begins", () => {
  it("a project's files are looked for in its folder", () => {
    expect(startWizard(shop, roots)).toMatchObject({
      step: "file",
      root: "/workspace/repos",
      folder: "shop",
    });
  });

  it("a project outside the roots stays at the folders, which say why", () => {
    const outside = { ...shop, workspace_root: "/home/me/shop" };
    expect(startWizard(outside, roots)).toMatchObject({ step: "folder", root: null });
  });

  it("without a project the roots are the choice", () => {
    expect(startWizard(null, roots)).toMatchObject({ step: "folder", root: "/workspace/repos", folder: "" });
    expect(startWizard(null, []).root).toBeNull();
  });
});

describe("the file", () => {
  it("belongs to the project whose folder holds it, under an id that is free", () => {
    const state = withFile(startWizard(null, roots), "shop/var/worker.log", [shop], null);
    expect(state).toMatchObject({ projectId: "shop", source: { source_id: "worker-2" } });
    const { project, isNew } = finishWizard(state, shop);
    expect(isNew).toBe(false);
    expect(project.log_sources.map((each) => each.path)).toEqual(["logs/worker.log", "var/worker.log"]);
  });

  it("else proposes a project of its repository", () => {
    const state = withFile(startWizard(null, roots), "ledger/logs/app.jsonl", [shop], null);
    expect(state.projectId).toBeNull();
    const { project, isNew } = finishWizard(state, undefined);
    expect(isNew).toBe(true);
    expect(project).toMatchObject({
      ...{ project_id: "ledger", name: "ledger", workspace_root: "/workspace/repos/ledger" },
      log_sources: [{ source_id: "app", path: "logs/app.jsonl" }],
    });
  });
});

it("knows a file that is watched already", () => {
  expect(watchedAs([shop], "/workspace/repos/shop/logs/worker.log")).toBe("worker of Shop");
  expect(watchedAs([shop], "/workspace/repos/shop/logs/other.log")).toBeNull();
});

describe("what is asked to be shown", () => {
  const at = withFile(startWizard(shop, roots), "shop/logs/api.log", [shop], shop);

  it("names the project, so that incidents that exist are told", () => {
    expect(previewRequest(at, shop)).toMatchObject({
      ...{ workspace_root: "/workspace/repos/shop", path: "logs/api.log" },
      ...{ project_id: "shop", source_id: "api", project_name: "Shop", lines: 50 },
    });
  });

  it("names only the root while there is no project, and nothing without a file", () => {
    const loose = previewRequest({ ...at, projectId: null }, undefined);
    expect(loose).toMatchObject({ workspace_root: "/workspace/repos", path: "shop/logs/api.log" });
    expect(loose).not.toHaveProperty("project_id");
    expect(previewRequest({ ...at, file: " " }, shop)).toBeNull();
  });
});

it.each([
  ["a free id", "api", shop, {}],
  ["a taken id", "worker", shop, { source_id: "Another log source of this project has this id" }],
  ["no id", "", shop, { source_id: "Letters, digits, dot, dash and underscore" }],
])("%s", (_, source_id, project, faults) => {
  const state = startWizard(project, roots);
  expect(saveFaults({ ...state, source: { ...state.source, source_id } }, project, [shop])).toEqual(faults);
});

it("a new project needs a name, a free id and a repository", () => {
  const state = startWizard(null, roots);
  const fresh = { ...state.fresh, name: " ", project_id: "shop", repo: "acme" };
  const source = { ...state.source, source_id: "app" };
  expect(Object.keys(saveFaults({ ...state, source, fresh }, undefined, [shop])).sort()).toEqual([
    "name",
    "project_id",
    "repo",
  ]);
  expect(
    saveFaults(
      { ...state, source, fresh: { ...fresh, name: "Ledger", project_id: "ledger", repo: "acme/ledger" } },
      undefined,
      [shop],
    ),
  ).toEqual({});
});
