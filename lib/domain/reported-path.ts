/** A path as a trace names it, taken apart. Segments hold no `.` and no `..`. */
export type ReportedPath =
  | {
      kind: "relative" | "absolute";
      segments: string[];
      /** Written by Windows: letters count the same in either case. */
      ignoresCase: boolean;
    }
  /** It can name nothing inside a project, whatever lies there. */
  | { kind: "outside" };

const segmentCap = 64;
/** Folders of a system that no project is deployed into. */
const systemFolders = /^\/(?:etc|proc|sys|dev|bin|sbin|boot|lib|lib64|run|root\/\.ssh)(?:\/|$)/;

/**
 * Takes a reported path apart: without the scheme of a bundler or a browser, without query and drive, `a/../b` made one. What climbs
 * above where it began, holds a NUL or lies in a folder of the operating system is outside.
 */
export function readReportedPath(reported: string): ReportedPath {
  if (reported.includes("\0") || reported.length > 1_000) return { kind: "outside" };
  const { path, scheme } = withoutScheme(reported);
  const isWindows = /^[A-Za-z]:[\\/]|^\\\\/.test(path) || (!path.includes("/") && path.includes("\\"));
  const plain = (isWindows ? path.replaceAll("\\", "/") : path).replace(/^[A-Za-z]:(?=\/)/, "");
  const isAbsolute = plain.startsWith("/") && scheme !== "bundler";
  if (isAbsolute && systemFolders.test(plain)) return { kind: "outside" };
  const segments: string[] = [];
  for (const segment of plain.split("/", segmentCap)) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return { kind: "outside" };
  }
  if (segments.length === 0) return { kind: "outside" };
  return { kind: isAbsolute ? "absolute" : "relative", segments, ignoresCase: isWindows };
}

function withoutScheme(reported: string): { path: string; scheme: "bundler" | "url" | "file" | null } {
  const bundler =
    /^(?:webpack-internal:\/\/\/|webpack:\/\/[^/]{0,100}\/|turbopack:\/\/(?:\/?\[project\]\/)?)(?:\([\w-]{1,40}\)\/)?/.exec(
      reported,
    );
  if (bundler) return { path: withoutQuery(reported.slice(bundler[0].length)), scheme: "bundler" };
  if (reported.startsWith("file://")) return { path: decoded(reported.slice(7)), scheme: "file" };
  const url = /^(?:https?|app|capacitor|[a-z]{1,10}-extension):\/\/[^/]{0,300}/.exec(reported);
  if (url) return { path: decoded(withoutQuery(reported.slice(url[0].length))), scheme: "url" };
  return { path: reported, scheme: null };
}

function withoutQuery(path: string): string {
  const end = path.search(/[?#]/);
  return end === -1 ? path : path.slice(0, end);
}

/** A path of a URL; one that was not encoded properly stays as it is. */
function decoded(path: string): string {
  if (!path.includes("%")) return path.replace(/^\/(?=[A-Za-z]:\/)/, "");
  try {
    return decodeURIComponent(path).replace(/^\/(?=[A-Za-z]:\/)/, "");
  } catch {
    return path;
  }
}

/** What a path of another machine may begin with before the project's own folders begin. */
const deployRoot =
  /^(?:(?:app|code|src|srv|workspace|workspaces|build|project|repo|application|rails|service|server|var|task|www|html|opt|usr|home|Users|tmp|work|runner|ci|github|builds|agent|_work|current|releases|go)|\d{6,})$/;

/** Could all of these folders be where a project was put, none of them one of its own? */
export const isDeployRoot = (folders: readonly string[]): boolean =>
  folders.length > 0 && folders.length <= 6 && folders.every((folder) => deployRoot.test(folder));
