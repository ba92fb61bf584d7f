import type { ConfigPatchWire, ConfigWire } from "@/lib/contracts/config";

export type ConfigKey = Exclude<keyof ConfigWire, "updated_at_ms">;
export type ConfigSection<K extends ConfigKey> = Pick<ConfigWire, K>;

/** An edit knows what it was made from, so that a save of somebody else can be told from one's own change. */
export type ConfigEdit<K extends ConfigKey> = { base: ConfigWire; section: ConfigSection<K> };

export function pickSection<K extends ConfigKey>(config: ConfigWire, keys: readonly K[]): ConfigSection<K> {
  return Object.fromEntries(keys.map((key) => [key, config[key]])) as ConfigSection<K>;
}

/** Equal as JSON, whatever the order of the keys; an absent key and an undefined one are the same. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameJson(item, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => sameJson(left[name], right[name]));
}

export function changedKeys<K extends ConfigKey>(edit: ConfigEdit<K>): K[] {
  const names = Object.keys(edit.section) as K[];
  return names.filter((key) => !sameJson(edit.base[key], edit.section[key]));
}

/** Only the keys that changed: a PATCH replaces each key it names. An unset key is sent as null, which unsets it. */
export function patchOf<K extends ConfigKey>(edit: ConfigEdit<K>): ConfigPatchWire {
  return Object.fromEntries(changedKeys(edit).map((key) => [key, edit.section[key] ?? null]));
}

/**
 * The edit over a newer configuration. It moves along by itself when nobody else touched what it changes; otherwise
 * `conflict`, and a person decides.
 */
export function rebaseEdit<K extends ConfigKey>(
  edit: ConfigEdit<K>,
  current: ConfigWire,
): { edit: ConfigEdit<K>; conflict: boolean } {
  if (edit.base.updated_at_ms === current.updated_at_ms) return { edit, conflict: false };
  const changed = changedKeys(edit);
  if (changed.some((key) => !sameJson(edit.base[key], current[key]))) return { edit, conflict: true };
  const section = pickSection(current, Object.keys(edit.section) as K[]);
  return {
    edit: { base: current, section: { ...section, ...pickOwn(edit.section, changed) } },
    conflict: false,
  };
}

function pickOwn<K extends ConfigKey>(
  section: ConfigSection<K>,
  keys: readonly K[],
): Partial<ConfigSection<K>> {
  return Object.fromEntries(keys.map((key) => [key, section[key]])) as Partial<ConfigSection<K>>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
