/**
 * Judges a value by a JSON Schema that somebody else wrote: no code is made from it, no pattern of it is run, and the work is
 * bounded. What is not understood here is let pass, so that nothing is refused that a full validator would accept.
 */
export type SchemaFault = { path: string; message: string };

/** Stands in a value for text or a list that is not known yet: only its type can be judged. */
export class Unknown {
  constructor(readonly type: "string" | "array" | "integer") {}
}

type Schema = Record<string, unknown>;
type Judging = { root: unknown; faults: SchemaFault[]; steps: { left: number } };

const faultCountMax = 20;
const stepCountMax = 5_000;
const depthMax = 40;

/** Every fault found, each with where it is (`labels[0].name`); empty when there is none. */
export function schemaFaults(schema: unknown, value: unknown): SchemaFault[] {
  const judging: Judging = { root: schema, faults: [], steps: { left: stepCountMax } };
  judge(judging, schema, value, "", 0);
  return judging.faults.slice(0, faultCountMax);
}

function judge(judging: Judging, schema: unknown, value: unknown, path: string, depth: number): void {
  judging.steps.left -= 1;
  if (judging.steps.left < 0 || depth > depthMax || judging.faults.length >= faultCountMax) return;
  if (schema === false) return fault(judging, path, "is not taken");
  if (!isObject(schema)) return;
  if (typeof schema.$ref === "string") {
    const target = lookUp(judging.root, schema.$ref);
    // What stands beside a reference counts in some drafts and not in others: only the reference is judged.
    if (target !== undefined) judge(judging, target, value, path, depth + 1);
    return;
  }
  const typed = judgeType(judging, schema, value, path);
  if (typed && !(value instanceof Unknown)) {
    judgeFixed(judging, schema, value, path);
    judgeSizes(judging, schema, value, path);
    if (Array.isArray(value)) judgeItems(judging, schema, value, path, depth);
    else if (isObject(value)) judgeMembers(judging, schema, value, path, depth);
  }
  judgeCombined(judging, schema, value, path, depth);
}

function fault({ faults }: Judging, path: string, message: string): void {
  faults.push({ path, message });
}

function judgeType(judging: Judging, schema: Schema, value: unknown, path: string): boolean {
  const types = Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type];
  const known = types.filter((type): type is string => typeof type === "string");
  if (known.length === 0 || known.some((type) => isOfType(value, type))) return true;
  // A name that is no type of JSON Schema says nothing.
  if (known.some((type) => !typeNames.has(type))) return true;
  fault(judging, path, `must be ${known.map(typeWords).join(" or ")}`);
  return false;
}

const typeNames = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);
const typeWords = (type: string) =>
  type === "null" ? "null" : `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;

function isOfType(value: unknown, type: string): boolean {
  if (value instanceof Unknown) return value.type === type || (value.type === "integer" && type === "number");
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return typeof value === "number" && Number.isInteger(value);
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string";
    default:
      return false;
  }
}

function judgeFixed(judging: Judging, schema: Schema, value: unknown, path: string): void {
  if (Array.isArray(schema.enum) && !schema.enum.some((each) => sameJson(each, value))) {
    const shown = schema.enum.slice(0, 8).map((each) => JSON.stringify(each).slice(0, 40));
    fault(judging, path, `must be one of ${shown.join(", ")}`);
  }
  if (Object.hasOwn(schema, "const") && !sameJson(schema.const, value)) {
    fault(judging, path, `must be ${JSON.stringify(schema.const)?.slice(0, 80)}`);
  }
}

function judgeSizes(judging: Judging, schema: Schema, value: unknown, path: string): void {
  const limit = (name: string) => (typeof schema[name] === "number" ? schema[name] : null);
  const least = (size: number, name: string, words: (n: number) => string) => {
    const at = limit(name);
    if (at !== null && size < at) fault(judging, path, words(at));
  };
  const most = (size: number, name: string, words: (n: number) => string) => {
    const at = limit(name);
    if (at !== null && size > at) fault(judging, path, words(at));
  };
  if (typeof value === "string") {
    const length = [...value].length;
    least(length, "minLength", (n) => `must be at least ${n} characters`);
    most(length, "maxLength", (n) => `must be at most ${n} characters`);
  } else if (typeof value === "number") {
    least(value, "minimum", (n) => `must be at least ${n}`);
    most(value, "maximum", (n) => `must be at most ${n}`);
  } else if (Array.isArray(value)) {
    least(value.length, "minItems", (n) => `must have at least ${n} items`);
    most(value.length, "maxItems", (n) => `must have at most ${n} items`);
  }
}

function judgeItems(
  judging: Judging,
  schema: Schema,
  value: readonly unknown[],
  path: string,
  depth: number,
): void {
  // Beside `prefixItems`, or as a list, `items` is about some items only: which, drafts disagree.
  if (schema.prefixItems !== undefined || Array.isArray(schema.items)) return;
  if (schema.items === undefined) return;
  value.forEach((item, index) => {
    judge(judging, schema.items, item, `${path}[${index}]`, depth + 1);
  });
}

function judgeMembers(judging: Judging, schema: Schema, value: Schema, path: string, depth: number): void {
  const properties = isObject(schema.properties) ? schema.properties : {};
  if (Array.isArray(schema.required)) {
    for (const name of schema.required) {
      if (typeof name === "string" && !Object.hasOwn(value, name)) {
        fault(judging, joined(path, name), "is required");
      }
    }
  }
  for (const [name, member] of Object.entries(value)) {
    if (Object.hasOwn(properties, name)) {
      judge(judging, properties[name], member, joined(path, name), depth + 1);
    } else if (schema.patternProperties === undefined && schema.additionalProperties !== undefined) {
      if (schema.additionalProperties === false)
        fault(judging, joined(path, name), "is not an argument of it");
      else judge(judging, schema.additionalProperties, member, joined(path, name), depth + 1);
    }
  }
}

function judgeCombined(judging: Judging, schema: Schema, value: unknown, path: string, depth: number): void {
  if (Array.isArray(schema.allOf)) {
    for (const each of schema.allOf) judge(judging, each, value, path, depth + 1);
  }
  for (const name of ["anyOf", "oneOf"]) {
    const branches = schema[name];
    if (!Array.isArray(branches) || branches.length === 0) continue;
    const fits = branches.some((branch) => {
      const aside: Judging = { ...judging, faults: [] };
      judge(aside, branch, value, path, depth + 1);
      return aside.faults.length === 0;
    });
    if (!fits) fault(judging, path, "fits none of the forms it may have");
  }
}

/** `#`, `#/$defs/x`, `#/definitions/x`; anything elsewhere is not looked up. */
function lookUp(root: unknown, reference: string): unknown {
  if (reference !== "#" && !reference.startsWith("#/")) return undefined;
  let at: unknown = root;
  for (const part of reference.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (!isObject(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameJson(item, right[index]))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]))
  );
}

const joined = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);

function isObject(value: unknown): value is Schema {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Unknown);
}
