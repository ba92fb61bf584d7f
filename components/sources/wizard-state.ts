import { isSlug, slugFor } from "@/components/settings/slug";
import type { LogSourceWire, MonitoredProjectWire } from "@/lib/contracts/config";
import type { PreviewLogSourceWire } from "@/lib/contracts/log-source";
import { newLogSource, newProject } from "./edit-projects";
import {
  baseName,
  holdingRoot,
  joinPath,
  parentOf,
  pathWithin,
  sourceIdFor,
  suggestedFolder,
} from "./wizard-paths";

export const wizardSteps = ["folder", "file", "reading", "save"] as const;
export type WizardStep = (typeof wizardSteps)[number];

export type WizardState = {
  step: WizardStep;
  /** One of the host's allowed roots. */
  root: string | null;
  /** Where the file list looks, relative to the root. */
  folder: string;
  /** The file, relative to the root; as it was chosen or typed. */
  file: string;
  /** How it is read. Its path is filled in at the end. */
  source: LogSourceWire;
  /** The project it belongs to, by id; null for a new one. */
  projectId: string | null;
  /** What a new project would be. */
  fresh: MonitoredProjectWire;
};

/** Begins with a project's own folder, or with nothing chosen. */
export function startWizard(project: MonitoredProjectWire | null, roots: readonly string[]): WizardState {
  const root = project ? holdingRoot(roots, project.workspace_root) : (roots[0] ?? null);
  const inside = project && root !== null ? pathWithin(root, project.workspace_root) : null;
  return {
    step: inside === null ? "folder" : "file",
    root,
    folder: inside ?? "",
    file: "",
    source: newLogSource([]),
    projectId: project?.project_id ?? null,
    fresh: newProject([], undefined),
  };
}

/** The chosen file by its whole path; null before one is. */
export function filePath({ root, file }: Pick<WizardState, "root" | "file">): string | null {
  return root === null || file.trim() === "" ? null : joinPath(root, file.trim());
}

/** Projects whose folder holds the file; the one nearest to it first. */
export function projectsHolding(
  projects: readonly MonitoredProjectWire[],
  path: string,
): MonitoredProjectWire[] {
  return projects
    .filter((project) => pathWithin(project.workspace_root, path) !== null)
    .toSorted((one, other) => other.workspace_root.length - one.workspace_root.length);
}

/** Another file: the ids and the project that go with it are proposed anew. */
export function withFile(
  state: WizardState,
  file: string,
  projects: readonly MonitoredProjectWire[],
  fixed: MonitoredProjectWire | null,
): WizardState {
  const path = filePath({ root: state.root, file });
  if (path === null || state.root === null) return { ...state, file };
  const owner = fixed ?? projectsHolding(projects, path)[0];
  const taken = owner?.log_sources.map((each) => each.source_id) ?? [];
  const folder = suggestedFolder(state.root, file);
  const ids = projects.map((each) => each.project_id);
  const name = baseName(folder);
  return {
    ...state,
    file,
    source: { ...state.source, source_id: sourceIdFor(file, taken) },
    projectId: owner?.project_id ?? null,
    fresh: {
      ...state.fresh,
      workspace_root: folder,
      name,
      project_id: slugFor(name, ids, "project"),
    },
  };
}

/** What the server is asked to show; null before a file is chosen. */
export function previewRequest(
  state: WizardState,
  project: MonitoredProjectWire | undefined,
): PreviewLogSourceWire | null {
  const path = filePath(state);
  if (path === null || state.root === null) return null;
  const folder = project?.workspace_root ?? state.root;
  const { source } = state;
  return {
    workspace_root: folder,
    path: pathWithin(folder, path) ?? path,
    ...(project &&
      isSlug(source.source_id) && { project_id: project.project_id, source_id: source.source_id }),
    project_name: project?.name || state.fresh.name || undefined,
    format: source.format,
    minimum_level: source.minimum_level,
    event_schema_version: source.event_schema_version,
    reading: source.reading,
    lines: 50,
  };
}

/** The log source that reads this file already, as it is called. */
export function watchedAs(projects: readonly MonitoredProjectWire[], path: string): string | null {
  for (const project of projects) {
    const source = project.log_sources.find((each) => resolved(project, each.path) === path);
    if (source) return `${source.source_id} of ${project.name || project.project_id}`;
  }
  return null;
}

const resolved = (project: MonitoredProjectWire, path: string) =>
  path.startsWith("/") ? path : joinPath(project.workspace_root, path);

/** What finishing adds to the page's unsaved changes. */
export type WizardResult = { project: MonitoredProjectWire; isNew: boolean };

export function finishWizard(state: WizardState, project: MonitoredProjectWire | undefined): WizardResult {
  const owner = project ?? state.fresh;
  const path = filePath(state) ?? "";
  const source = { ...state.source, path: pathWithin(owner.workspace_root, path) ?? path };
  return {
    project: { ...owner, log_sources: [...owner.log_sources, source] },
    isNew: project === undefined,
  };
}

export type SaveFaults = Partial<Record<"source_id" | "name" | "project_id" | "repo", string>>;

/** What stands in the way of adding it, by field. The server checks the rest with the page. */
export function saveFaults(
  state: WizardState,
  project: MonitoredProjectWire | undefined,
  projects: readonly MonitoredProjectWire[],
): SaveFaults {
  const faults: SaveFaults = {};
  const letters = "Letters, digits, dot, dash and underscore";
  const { source_id } = state.source;
  if (!isSlug(source_id)) faults.source_id = letters;
  else if (project?.log_sources.some((each) => each.source_id === source_id)) {
    faults.source_id = "Another log source of this project has this id";
  }
  if (project) return faults;
  const { name, project_id, repo } = state.fresh;
  if (name.trim() === "") faults.name = "Give it a name";
  if (!isSlug(project_id)) faults.project_id = letters;
  else if (projects.some((each) => each.project_id === project_id))
    faults.project_id = "Another project has this id";
  if (!/^[^/\s]+\/[^/\s]+$/.test(repo.trim())) faults.repo = "Write owner/repo, with one slash";
  return faults;
}

/** Opens the folder that the chosen file is in, when one goes back to look for another. */
export function folderOf(state: WizardState): string {
  return state.file === "" ? state.folder : parentOf(state.file);
}
