/** Rows come back either from a driver (Date) or from to_jsonb (ISO text); both become epoch milliseconds. */
export type Row = Record<string, unknown>;

export const ms = (value: unknown): number => {
  if (value instanceof Date) return value.getTime();
  return Date.parse(String(value));
};
export const msOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : ms(value);
export const text = (value: unknown): string => String(value);
export const textOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
export const textOrAbsent = (value: unknown): string | undefined => textOrNull(value) ?? undefined;
export const count = (value: unknown): number => Number(value);
export const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
export const json = <T>(value: unknown): T => value as T;
