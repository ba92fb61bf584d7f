/** Objects whose keys belong to somebody else: the value passes through untouched, only its own key is renamed. */
type OpaqueKey =
  | ("modelPolicy" | "config" | "model_policy")
  | ("fieldMapping" | "riskByLevel" | "field_mapping" | "risk_by_level");
const opaqueKeys: ReadonlySet<string> = new Set<OpaqueKey>([
  ...(["modelPolicy", "config", "model_policy"] as const),
  ...(["fieldMapping", "riskByLevel", "field_mapping", "risk_by_level"] as const),
]);

export type SnakeName<Name extends string> = Name extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeName<Tail>}`
  : Name;
export type CamelName<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelName<Tail>>}`
  : Name;

export type SnakeKeys<T> = T extends readonly (infer Item)[]
  ? SnakeKeys<Item>[]
  : T extends object
    ? { [K in keyof T as K extends string ? SnakeName<K> : K]: K extends OpaqueKey ? T[K] : SnakeKeys<T[K]> }
    : T;
export type CamelKeys<T> = T extends readonly (infer Item)[]
  ? CamelKeys<Item>[]
  : T extends object
    ? { [K in keyof T as K extends string ? CamelName<K> : K]: K extends OpaqueKey ? T[K] : CamelKeys<T[K]> }
    : T;

/** Domain to wire, deeply. Unset (undefined) members vanish; null stays, since it is a value there. */
export function snakeKeys<T>(value: T): SnakeKeys<T> {
  return renameKeys(value, snakeName) as SnakeKeys<T>;
}

/** Wire to domain, deeply. An absent key stays absent and null stays null. */
export function camelKeys<T>(value: T): CamelKeys<T> {
  return renameKeys(value, camelName) as CamelKeys<T>;
}

export const snakeName = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const camelName = (name: string) => name.replace(/_([a-z0-9])/g, (_, next) => next.toUpperCase());

function renameKeys(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renameKeys(item, rename));
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => [rename(name), opaqueKeys.has(name) ? member : renameKeys(member, rename)]);
  return Object.fromEntries(members);
}
