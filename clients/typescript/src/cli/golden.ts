import type { RoutePreview, RoutePreviewRequest } from "../types/review.js";
import { UsageError } from "./exit-codes.js";
import { isObject } from "./json-file.js";

/** What a case may expect; only what it names is compared. */
export type Expectation = {
  /** Exactly these destinations, in any order. */
  destinations?: string[];
  approval_required?: boolean;
  blocked?: boolean;
  /** The winning route; null for none (the default destinations). */
  route?: string | null;
  /** Each of these codes is among the reasons why it is blocked. */
  blocked_codes?: string[];
};

export type GoldenCase = { name: string; given: RoutePreviewRequest; expect: Expectation };

export type Mismatch = { what: keyof Expectation; expected: unknown; got: unknown };

const checks: Record<keyof Expectation, (value: unknown) => boolean> = {
  destinations: isTexts,
  approval_required: (value) => typeof value === "boolean",
  blocked: (value) => typeof value === "boolean",
  route: (value) => value === null || typeof value === "string",
  blocked_codes: isTexts,
};

/** @throws UsageError naming the case and the key: a misspelt expectation would pass forever */
export function parseGolden(value: unknown, file: string): GoldenCase[] {
  const cases = isObject(value) ? value.cases : value;
  if (!Array.isArray(cases) || cases.length === 0)
    throw new UsageError(`${file}: "cases" must be a list with at least one case`);
  const names = new Set<string>();
  return cases.map((each, at) => {
    const where = `${file}: cases[${at}]`;
    if (!isObject(each)) throw new UsageError(`${where} must be an object`);
    const { name, given, expect, ...rest } = each;
    const unknown = Object.keys(rest)[0];
    if (unknown !== undefined)
      throw new UsageError(`${where}.${unknown} is not known: name, given and expect are`);
    if (typeof name !== "string" || name.trim() === "") throw new UsageError(`${where}.name must be a text`);
    if (names.has(name)) throw new UsageError(`${where}.name: "${name}" is there twice`);
    names.add(name);
    if (!isObject(given)) throw new UsageError(`${where}.given must be an object: a route preview's request`);
    return { name, given, expect: expectationOf(expect, `${where}.expect`) };
  });
}

function expectationOf(value: unknown, where: string): Expectation {
  if (!isObject(value) || Object.keys(value).length === 0)
    throw new UsageError(`${where} must name at least one of ${Object.keys(checks).join(", ")}`);
  for (const [key, each] of Object.entries(value)) {
    const check = Object.hasOwn(checks, key) ? checks[key as keyof Expectation] : undefined;
    if (!check) throw new UsageError(`${where}.${key} is not known: ${Object.keys(checks).join(", ")} are`);
    if (!check(each)) throw new UsageError(`${where}.${key} has the wrong type`);
  }
  return value;
}

/** What differs from what was expected; empty when the case holds. */
export function compare(expect: Expectation, preview: RoutePreview): Mismatch[] {
  const codes = preview.blocked_codes ?? [];
  const got: Required<Expectation> = {
    destinations: [...preview.effective_destination_ids].sort(),
    approval_required: preview.approval_required,
    blocked: preview.blocked,
    route: preview.matches[0]?.route_id ?? null,
    blocked_codes: codes,
  };
  return (Object.keys(expect) as (keyof Expectation)[]).flatMap((what) => {
    const expected = what === "destinations" ? [...(expect.destinations ?? [])].sort() : expect[what];
    const holds =
      what === "blocked_codes"
        ? (expect.blocked_codes ?? []).every((code) => codes.includes(code))
        : JSON.stringify(expected) === JSON.stringify(got[what]);
    return holds ? [] : [{ what, expected, got: got[what] }];
  });
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
