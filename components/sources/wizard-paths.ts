import { slugFor } from "@/components/settings/slug";

// Places on the host, as text: what is really there only the server says.

/** `path` relative to `folder`; "" for the folder itself, null when it does not lie in it. */
export function pathWithin(folder: string, path: string): string | null {
  const base = folder.replace(/\/+$/, "");
  if (path === base || path === folder) return "";
  return path.startsWith(`${base}/`) ? path.slice(base.length + 1).replace(/^\/+/, "") : null;
}

export function joinPath(folder: string, path: string): string {
  if (path === "") return folder;
  if (folder === "") return path;
  return `${folder.replace(/\/+$/, "")}/${path}`;
}

/** "logs/app" of "logs/app/a.log"; "" at the top. */
export function parentOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The innermost of the roots that a folder lies in; null when none holds it. */
export function holdingRoot(roots: readonly string[], folder: string): string | null {
  const holding = roots.filter((root) => pathWithin(root, folder) !== null);
  return holding.toSorted((one, other) => other.length - one.length)[0] ?? null;
}

/** The way from a base to a folder in it, both relative to one root: each step with where it leads. */
export function crumbsOf(base: string, folder: string): { label: string; path: string }[] {
  const rest = pathWithin(base, folder) ?? "";
  const steps = base === "" ? folder.split("/").filter(Boolean) : rest.split("/").filter(Boolean);
  let path = base;
  return steps.map((label) => {
    path = joinPath(path, label);
    return { label, path };
  });
}

/** Every folder from a root down to the one that a file is in: what a project's folder may be. */
export function foldersAbove(root: string, file: string): string[] {
  const folders = [root];
  for (const step of parentOf(file).split("/").filter(Boolean)) {
    folders.push(joinPath(folders.at(-1) ?? root, step));
  }
  return folders;
}

/** Where repositories lie side by side (`/workspace/repos/<repo>`) a project is one of them; elsewhere the root itself. */
export function suggestedFolder(root: string, file: string): string {
  const [, first] = foldersAbove(root, file);
  return first !== undefined && baseName(root) === "repos" ? first : root;
}

/** "worker" for `logs/worker.jsonl.log`. */
export function sourceIdFor(file: string, taken: readonly string[]): string {
  return slugFor(baseName(file).replace(/(?:\.(?:log|txt|out|err|json|jsonl|ndjson))+$/i, ""), taken, "log");
}
