import { isObject } from "./json-file.js";

export type Difference = {
  /** `destinations[local].enabled` */
  path: string;
  before?: unknown;
  after?: unknown;
};

/** Lists whose rows are known by an id are compared row by row, whatever their order. */
const idKeys = ["destination_id", "route_id", "project_id", "source_id"];
/** Bookkeeping of the server, not configuration. */
const ignored = new Set(["updated_at_ms"]);

/** Every value that differs, by path. A side that does not have it has no key for it. */
export function differences(before: unknown, after: unknown, path = ""): Difference[] {
  if (Object.is(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names
      .filter((name) => path !== "" || !ignored.has(name))
      .flatMap((name) => differences(before[name], after[name], path ? `${path}.${name}` : name));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const id = idKeyOf([...before, ...after]);
    if (id) return rowDifferences(before, after, id, path);
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
  }
  return [
    {
      path,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    },
  ];
}

function rowDifferences(before: Rows, after: Rows, id: string, path: string): Difference[] {
  const byId = (rows: Rows) => new Map(rows.map((row) => [String(row[id]), row]));
  const [old, now] = [byId(before), byId(after)];
  const ids = [...new Set([...old.keys(), ...now.keys()])];
  return ids.flatMap((each) => differences(old.get(each), now.get(each), `${path}[${each}]`));
}

type Rows = Record<string, unknown>[];

function idKeyOf(rows: unknown[]): string | undefined {
  if (rows.length === 0 || !rows.every(isObject)) return undefined;
  return idKeys.find((key) => rows.every((row) => typeof row[key] === "string"));
}
