import type { z } from "zod";

/**
 * Where `value` departs from `schema`, as paths with what is wrong; empty when it conforms. Members that the schema does
 * not know count too: whatever the API answers is documented.
 */
export function departures(schema: z.ZodType, value: unknown): string[] {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${pathText(path)}: ${message}`);
  return undocumented(value, parsed.data, []);
}

function undocumented(value: unknown, known: unknown, path: PropertyKey[]): string[] {
  if (Array.isArray(value)) {
    const items = Array.isArray(known) ? known : [];
    return value.flatMap((item, index) => undocumented(item, items[index], [...path, index]));
  }
  if (value === null || typeof value !== "object") return [];
  const members = (known ?? {}) as Record<string, unknown>;
  return Object.entries(value).flatMap(([name, member]) =>
    name in members
      ? undocumented(member, members[name], [...path, name])
      : [`${pathText([...path, name])}: not in the schema`],
  );
}

const pathText = (path: readonly PropertyKey[]) => path.map(String).join(".") || "the body";
