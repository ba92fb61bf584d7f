import { posix } from "node:path";
import {
  FlattenMap,
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  type SourceMapInput,
  type TraceMap,
} from "@jridgewell/trace-mapping";
import type { LookedAt } from "@/lib/domain/triage";
import { readProjectFile } from "./read-file";
import type { SourceTree } from "./source-tree";

/** Where a place of a bundle comes from. `source` is relative to the root where the map says so, else as the map names it. */
export type OriginalPlace = { source: string; line: number; column: number; name: string | null };

const bundleByteCap = 16 * 1024 * 1024;
const mapByteCap = 16 * 1024 * 1024;
/** Each mapping is an object once it is read: more would fill the memory. */
const mappingCap = 2_000_000;
const sectionCap = 1_000;
const bundleCap = 8;
const comment = "sourceMappingURL=";
const dataUri = /^data:application\/json(?:;charset=[\w-]{1,20})?(;base64)?,/i;

/** The source maps of a project's bundles: beside the bundle, where its last comment points inside the root, or in that comment. */
export class SourceMaps {
  readonly #maps = new Map<string, Promise<{ map: TraceMap; folder: string } | null>>();

  readonly #lookedAt: LookedAt[] = [];

  constructor(readonly tree: SourceTree) {}

  lookedAt(): readonly LookedAt[] {
    return this.#lookedAt;
  }

  /** `line` and `column` as a trace has them, from 1. Null where no map tells. Never asks the network. */
  async originalOf(bundle: string, line: number, column: number | null): Promise<OriginalPlace | null> {
    if (!/\.[cm]?js$/.test(bundle)) return null;
    let found = this.#maps.get(bundle);
    if (found === undefined) {
      if (this.#maps.size >= bundleCap) return null;
      found = this.#load(bundle).then((map) => {
        this.#lookedAt.push({
          what: `the source map of ${bundle}`,
          outcome: map === null ? "absent" : "read",
        });
        return map;
      });
      this.#maps.set(bundle, found);
    }
    const loaded = await found;
    if (loaded === null) return null;
    try {
      const needle = { line, column: Math.max(0, (column ?? 1) - 1) };
      const at = { ...needle, bias: column === null ? LEAST_UPPER_BOUND : GREATEST_LOWER_BOUND } as const;
      const original = originalPositionFor(loaded.map, at);
      if (original.source === null || !(original.line > 0) || !(original.column >= 0)) return null;
      const source = placeOfSource(original.source, loaded.folder);
      return { source, line: original.line, column: original.column + 1, name: original.name };
    } catch {
      // A broken map is no map.
      return null;
    }
  }

  async #load(bundle: string): Promise<{ map: TraceMap; folder: string } | null> {
    const file = await readProjectFile(this.tree.root, bundle, bundleByteCap);
    const reference = file.ok ? referenceOf(file.bytes) : null;
    if (reference !== null && dataUri.test(reference.slice(0, 100))) {
      return parsed(decodeDataUri(reference), posix.dirname(bundle));
    }
    const beside = `${bundle}.map`;
    const told = reference === null ? beside : insideFolder(posix.dirname(bundle), reference);
    for (const path of new Set([told, beside])) {
      const map = path === null ? null : await readProjectFile(this.tree.root, path, mapByteCap);
      if (map?.ok) return parsed(map.bytes.toString("utf8"), posix.dirname(map.path));
    }
    return null;
  }
}

/** What the last such comment of the file points at. */
function referenceOf(bytes: Buffer): string | null {
  const at = bytes.lastIndexOf(comment);
  if (at === -1) return null;
  const end = bytes.indexOf("\n", at);
  return bytes.toString("latin1", at + comment.length, end === -1 ? bytes.length : end).trim();
}

function decodeDataUri(uri: string): string {
  const comma = uri.indexOf(",");
  const isBase64 = dataUri.exec(uri.slice(0, 100))?.[1] !== undefined;
  if (isBase64) return Buffer.from(uri.slice(comma + 1), "base64").toString("utf8");
  try {
    return decodeURIComponent(uri.slice(comma + 1));
  } catch {
    return "";
  }
}

/** A relative reference only: no scheme, no host, no way out of the root. */
function insideFolder(folder: string, reference: string): string | null {
  if (/^[a-z][\w+.-]*:|^\/|[\0\\]/i.test(reference) || reference.length > 1_000) return null;
  const path = posix.normalize(posix.join(folder, reference.replace(/[?#].*$/, "")));
  return path.startsWith("..") ? null : path;
}

function parsed(text: string, folder: string): { map: TraceMap; folder: string } | null {
  try {
    const map: unknown = JSON.parse(text);
    return isBounded(map) ? { map: new FlattenMap(map as SourceMapInput), folder } : null;
  } catch {
    return null;
  }
}

type RawMap = { mappings?: unknown; sections?: unknown };

function isBounded(map: unknown): boolean {
  const { sections } = (map ?? {}) as RawMap;
  const maps = Array.isArray(sections)
    ? sections.map((each) => (each as { map?: RawMap }).map)
    : [map as RawMap];
  if (
    maps.length > sectionCap ||
    maps.some((each) => Array.isArray(each) || (maps[0] !== map && each?.sections))
  )
    return false;
  const count = maps.reduce((sum, each) => sum + mappingCount(each?.mappings), 0);
  return count <= mappingCap;
}

function mappingCount(mappings: unknown): number {
  if (typeof mappings !== "string") return mappings === undefined ? 0 : Number.POSITIVE_INFINITY;
  let count = 1;
  for (let at = 0; at < mappings.length; at += 1) {
    const code = mappings.charCodeAt(at);
    if (code === 0x2c || code === 0x3b) count += 1;
  }
  return count;
}

/** A relative source lies relative to its map; what would climb out of the root keeps what comes after the climbing. */
function placeOfSource(source: string, folder: string): string {
  if (/^[a-z][\w+.-]*:\/\//i.test(source) || source.startsWith("/")) return source;
  const path = posix.normalize(posix.join(folder, source));
  return path.replace(/^(?:\.\.\/)+/, "");
}
