import { z } from "zod";
import { configSchema } from "./config";

export type ConfigKeyWire = Exclude<keyof typeof configSchema.shape, "updated_at_ms">;

/** The schema of some keys of the configuration: as a part of it is read, whole and without unknown settings. */
function partSchema(keys: readonly ConfigKeyWire[]) {
  const chosen = Object.fromEntries(keys.map((key) => [key, true])) as { [Key in ConfigKeyWire]?: true };
  return configSchema.pick(chosen);
}

/** The same as JSON Schema, for completing what somebody types. */
export function configJsonSchema(keys: readonly ConfigKeyWire[]): object {
  return z.toJSONSchema(partSchema(keys), { io: "input", unrepresentable: "any" });
}

export type PartIssue = { path: string; message: string };
export type ReadPart =
  | { ok: true; part: Record<string, unknown> }
  | { ok: false; issues: readonly PartIssue[] };

/** Reads a part of the configuration that somebody wrote; every finding names its setting ("routes[2].priority"). */
export function readConfigPart(keys: readonly ConfigKeyWire[], value: unknown): ReadPart {
  const read = partSchema(keys).safeParse(value);
  if (read.success) return { ok: true, part: read.data };
  const issues = read.error.issues.map(({ path, message }) => ({ path: pathWords(path), message }));
  return { ok: false, issues };
}

function pathWords(path: readonly PropertyKey[]): string {
  return path.reduce<string>((words, step) => {
    if (typeof step === "number") return `${words}[${step}]`;
    return words ? `${words}.${String(step)}` : String(step);
  }, "");
}
