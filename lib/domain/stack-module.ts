/**
 * What stays of a file's path when builds, machines and releases change: its last folder and its name, without host, query, hash,
 * line, version or temporary folder. Pure; reads each character a fixed number of times.
 */
export function moduleOf(path: string): string {
  const bare = withoutScheme(path);
  const segments = bare.split(/[\\/]+/).filter((segment) => segment !== "" && segment !== ".");
  const file = withoutHash(segments.at(-1) ?? "");
  const folder = segments.at(-2);
  if (folder === undefined || isGenerated(folder)) return file;
  return `${folder}/${file}`;
}

/** Was this file named by a bundler: a hash, `.min.`, or a folder that bundles are put in? */
export function isBundle(path: string): boolean {
  const bare = withoutScheme(path);
  const file = bare.slice(Math.max(bare.lastIndexOf("/"), bare.lastIndexOf("\\")) + 1);
  return (
    file !== withoutHash(file) || /\.min\.|(?:^|[\\/])(?:_next|chunks|assets|static|bundles?)[\\/]/.test(bare)
  );
}

function withoutScheme(path: string): string {
  const scheme =
    /^(?:webpack-internal:\/\/\/|webpack:\/\/(?:[^/]*\/)?|file:\/\/|app:\/\/|(?:https?|[a-z-]+-extension):\/\/[^/]*)/.exec(
      path,
    );
  const bare = scheme ? path.slice(scheme[0].length) : path;
  const end = bare.search(/[?#]/);
  return (end === -1 ? bare : bare.slice(0, end)).replace(/^\([a-z-]+\)\//, "");
}

/** `tmpab12cd`, `20260612093000`, `1.2.3`, `4f3a9c21`: a folder that another run or release would name otherwise. */
function isGenerated(folder: string): boolean {
  if (/^(?:te?mp|v?\d+(?:[._-]\d+)*)$/i.test(folder)) return true;
  if (!/\d/.test(folder)) return /^tmp\w{6,}$/.test(folder);
  return (
    /^(?:te?mp|build|pip|pytest|go-build|run|release)[\w.-]{4,}$/.test(folder) ||
    /(?:^|[-_.])[0-9a-f-]{6,}$/i.test(folder)
  );
}

/** `index-4f3a9c21b7.js`, `index-D4kf9_sA.js`, `main.8c1f2e3d.chunk.js`: the name without what the build made of it. */
function withoutHash(file: string): string {
  if (!/\d|[-.][A-Za-z0-9_-]{8,}\./.test(file)) return file;
  return file
    .replace(/[.-]([A-Za-z0-9_-]{8})(?=\.[a-z]{2,4}$)/, (all, hash: string) =>
      isBundlerHash(hash) ? "" : all,
    )
    .replace(/[.-][0-9a-f]{8,64}(?=\.)/g, "")
    .replace(/[-_.]?v?\d+\.\d+(?:\.\d+)*(?=[-.])/g, "")
    .replace(/^[0-9a-f]{8,64}(?=\.)/, "<hash>")
    .replace(/\d{4,}/g, "<n>");
}

function isBundlerHash(hash: string): boolean {
  if (/^[0-9A-Z]+$/.test(hash) && /\d/.test(hash)) return true;
  const capitals = hash.replace(/[^A-Z]/g, "").length;
  return (
    (/\d/.test(hash) && /[A-Za-z]/.test(hash)) ||
    (capitals >= 2 && /[a-z]/.test(hash) && !/^[A-Z]?[a-z]+(?:[A-Z][a-z]+)+$/.test(hash))
  );
}
