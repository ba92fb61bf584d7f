import { placeAt } from "./json-place";

/** As much of JSON Schema as the configuration's uses. */
export type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  description?: string;
  default?: unknown;
};

export type JsonOption = {
  label: string;
  /** "required", "text", "true or false": what stands beside it. */
  about: string;
  /** What replaces the text between `from` and `to`, and where the caret stands then. */
  insert: string;
  from: number;
  to: number;
};

/** What may stand at the caret: settings the object does not have yet, or the values the schema names. */
export function completionsAt(text: string, caret: number, schema: JsonSchema): JsonOption[] {
  const place = placeAt(text, caret);
  if (!place) return [];
  const at = schemasAt([schema], place.path, schema);
  const options = place.expects === "key" ? keyOptions(at, place.siblings, schema) : valueOptions(at);
  const typed = place.typed.toLowerCase();
  return options
    .filter((option) => option.label.toLowerCase().startsWith(typed))
    .map(({ label, about, text: written }) => {
      const isKey = place.expects === "key" && !place.hasColon;
      return { label, about, insert: isKey ? `${written}: ` : written, from: place.from, to: place.to };
    });
}

type Option = { label: string; about: string; text: string };

function keyOptions(at: readonly JsonSchema[], present: readonly string[], root: JsonSchema): Option[] {
  const found = new Map<string, Option>();
  for (const schema of at) {
    const names = Object.entries(schema.properties ?? {});
    const named = (schema.propertyNames?.enum ?? []).map(
      (name) => [String(name), {}] as [string, JsonSchema],
    );
    for (const [name, of] of [...names, ...named]) {
      if (present.includes(name) || found.has(name)) continue;
      const kind = kindWords(schemasAt([of], [], root));
      const about = schema.required?.includes(name) ? `${kind}, required` : kind;
      found.set(name, { label: name, about, text: JSON.stringify(name) });
    }
  }
  return [...found.values()];
}

function valueOptions(at: readonly JsonSchema[]): Option[] {
  const values = at.flatMap((schema) => [
    ...(schema.const === undefined ? [] : [schema.const]),
    ...(schema.enum ?? []),
    ...(schema.type === "boolean" ? [true, false] : []),
    ...(schema.type === "null" ? [null] : []),
  ]);
  const unique = [...new Set(values)];
  const options = unique.map((value) => ({ label: String(value), about: "", text: JSON.stringify(value) }));
  const has = (type: string) => at.some((schema) => schema.type === type);
  if (has("object")) options.push({ label: "{}", about: "an object", text: "{}" });
  if (has("array")) options.push({ label: "[]", about: "a list", text: "[]" });
  return options;
}

/** The schemas a value at this path may follow, with references and alternatives resolved. */
function schemasAt(
  from: readonly JsonSchema[],
  path: readonly (string | number)[],
  root: JsonSchema,
): JsonSchema[] {
  let at = from.flatMap((schema) => alternatives(schema, root));
  for (const part of path) {
    at = at
      .flatMap((schema) => {
        if (typeof part === "number") return schema.items ?? [];
        const more = schema.additionalProperties;
        return schema.properties?.[part] ?? (typeof more === "object" ? more : []);
      })
      .flatMap((schema) => alternatives(schema, root));
  }
  return at;
}

function alternatives(schema: JsonSchema, root: JsonSchema): JsonSchema[] {
  if (schema.$ref) {
    const name = schema.$ref.replace("#/$defs/", "");
    const target = root.$defs?.[name];
    return target ? alternatives(target, root) : [];
  }
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return branches.length > 0 ? branches.flatMap((branch) => alternatives(branch, root)) : [schema];
}

const typeWords: Record<string, string> = {
  string: "text",
  boolean: "true or false",
  integer: "whole number",
  number: "number",
  array: "list",
  object: "object",
  null: "null",
};

function kindWords(schemas: readonly JsonSchema[]): string {
  const words = schemas.map((schema) => {
    if (schema.enum || schema.const !== undefined) return "one of a few words";
    return typeof schema.type === "string" ? (typeWords[schema.type] ?? schema.type) : "any value";
  });
  return [...new Set(words)].join(" or ");
}
