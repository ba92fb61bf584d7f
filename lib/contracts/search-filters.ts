import type { z } from "zod";

export type SearchParams = Record<string, string | string[] | undefined>;

/** A page's filters as its URL says them, each read by the API's own schema; what is not understood narrows nothing. */
export function filtersFrom<Shape extends z.ZodRawShape, Key extends keyof Shape & string>(
  schema: z.ZodObject<Shape>,
  keys: readonly Key[],
  params: SearchParams,
): { [Name in Key]?: z.output<Shape[Name]> } {
  const filters: { [Name in Key]?: z.output<Shape[Name]> } = {};
  for (const key of keys) {
    const text = params[key];
    if (typeof text !== "string" || text === "") continue;
    const read = (schema.shape[key] as unknown as z.ZodType<z.output<Shape[Key]>>).safeParse(text);
    if (read.success && read.data !== undefined) filters[key] = read.data;
  }
  return filters;
}
