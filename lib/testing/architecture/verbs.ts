import type { SourceFile } from "./source-files";
import { withoutExtension } from "./source-files";

/** Exports of lib/db that change rows. A store's reads are named find, list, read, load, count, has, is. */
const writeName = /^(?:insert|save|move|queue|mark|end|put|record|replace|revoke|complete|inTransaction)/;

export const isVerbFile = (file: SourceFile) => file.path.startsWith("lib/pipeline/") && !file.isTest;

/** The write functions of the stores that a file imports to call. */
export function writesOf(file: SourceFile): string[] {
  return file.imports
    .filter((each) => each.path?.startsWith("lib/db/") && !each.typeOnly)
    .flatMap((each) => each.names.filter((name) => writeName.test(name)));
}

export const authorizes = (file: SourceFile) =>
  /\b(?:authorize|authorizeRecord|requireDraft|requireDelivery|requireIncident|requireLogSource|requireTriageRun|requireView|requireOwnView|requireOwnAccount)\(/.test(
    file.code,
  );

export const recordsAudit = (file: SourceFile) => /\brecordAudit\(/.test(file.code);

/** Files of the pipeline that import one of a file's values. */
export function callersOf(path: string, files: readonly SourceFile[]): SourceFile[] {
  const wanted = withoutExtension(path);
  return files.filter(
    (file) => isVerbFile(file) && file.imports.some((each) => each.path === wanted && !each.typeOnly),
  );
}

/** Does a verb authorize, by itself or through a verb of the pipeline that it calls? */
export function reachesAuthorize(
  path: string,
  files: readonly SourceFile[],
  seen = new Set<string>(),
): boolean {
  const wanted = withoutExtension(path);
  const file = files.find((each) => withoutExtension(each.path) === wanted);
  if (!file || seen.has(wanted)) return false;
  seen.add(wanted);
  if (authorizes(file)) return true;
  return file.imports.some(
    (each) =>
      !each.typeOnly && each.path?.startsWith("lib/pipeline/") && reachesAuthorize(each.path, files, seen),
  );
}
