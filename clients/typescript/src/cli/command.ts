import type { TandemClient } from "../client.js";
import { UsageError } from "./exit-codes.js";
import type { Io } from "./io.js";
import type { Style } from "./style.js";
import { json } from "./text.js";

export type Option = {
  type: "string" | "boolean";
  about: string;
  /** What stands for the value in the help. */
  value?: string;
  multiple?: true;
  short?: string;
};

export type Command = {
  /** One word or two: `status`, `config apply`. */
  name: string;
  /** What follows the name: `FILE`, `[ID]`. */
  takes?: string;
  positionals?: { min: number; max: number };
  summary: string;
  /** More lines for its own help. */
  about?: string;
  options?: Record<string, Option>;
  examples: readonly string[];
  /** Answers with an exit code. */
  run: (call: Call) => Promise<number>;
};

export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

export type Call = {
  client: TandemClient;
  /** For the scoped path of `report`. */
  intakeKey: string | undefined;
  url: string;
  args: Args;
  io: Io;
  style: Style;
  /** `--json`: machines read. */
  json: boolean;
  nowMs: () => number;
  print: (text: string) => void;
};

/** What was given on the command line, read by name. */
export class Args {
  readonly values: Values;
  readonly positionals: readonly string[];

  constructor(values: Values, positionals: readonly string[]) {
    this.values = values;
    this.positionals = positionals;
  }

  text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === "string" && value.trim() !== "" ? value : undefined;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new UsageError(`--${name} is needed`);
    return value;
  }

  list(name: string): string[] | undefined {
    const value = this.values[name];
    const given = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
    return given.length > 0 ? given : undefined;
  }

  flag(name: string): boolean {
    return this.values[name] === true;
  }

  whole(name: string, least = 0): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!Number.isSafeInteger(number) || number < least)
      throw new UsageError(`--${name}: "${value}" must be a whole number of at least ${least}`);
    return number;
  }

  position(at: number, name: string): string {
    const value = this.positionals[at]?.trim();
    if (!value) throw new UsageError(`${name} is needed`);
    return value;
  }
}

/** The whole answer for machines, or words for people. */
export function show(call: Pick<Call, "json" | "print">, answer: unknown, words: () => string): void {
  call.print(call.json ? json(answer, 2) : words());
}

/** Leaves out what was not given, so that the server's defaults hold. */
export function given<T extends Record<string, unknown>>(
  values: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
