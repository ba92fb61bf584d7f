import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "./exit-codes.js";
import type { Io } from "./io.js";

/** JSON of a file, or of standard input for `-`. @throws UsageError naming the file and the place in it */
export async function readJson(file: string, io: Io): Promise<unknown> {
  const name = file === "-" ? "standard input" : file;
  const text = file === "-" ? await io.readStdin() : readText(resolve(io.cwd, file), file);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new UsageError(`${name} is no JSON: ${placeOf(text, error)}`);
  }
}

export async function readJsonObject(file: string, io: Io): Promise<Record<string, unknown>> {
  const value = await readJson(file, io);
  if (isObject(value)) return value;
  throw new UsageError(`${file === "-" ? "standard input" : file} must hold a JSON object`);
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${file} (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
}

/** The engine names a position, or quotes the text around it. */
function placeOf(text: string, error: unknown): string {
  if (text.trim() === "") return "it is empty";
  const { message } = error as Error;
  const at = /position (\d+)/.exec(message)?.[1];
  if (at === undefined) return message.replace(/\s+/g, " ");
  const before = text.slice(0, Number(at)).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
