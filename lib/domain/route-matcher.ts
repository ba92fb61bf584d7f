import type { Route } from "./config";
import {
  type ActiveWindow,
  type ConditionField,
  type ConditionOp,
  conditionFields,
  type RouteCondition,
} from "./route-condition";
import { fieldRules, type RouteFacts } from "./route-facts";
import { compileGlob, compilePattern } from "./route-pattern";
import { compileWindow, nowWords, windowWords } from "./route-window";
import { normaliseKey } from "./text";

/** Why a condition holds, or what about the record keeps it from holding. */
export const conditionCodes = [
  "holds",
  "value_absent",
  "value_differs",
  "pattern_not_found",
  "too_low",
  "too_high",
  /** A word that has no place in the field's order. */
  "level_unknown",
  /** The condition is negated, and the record has what it excludes. */
  "excluded",
  "outside_window",
  /** Cannot be saved; never holds, negated or not. */
  "condition_invalid",
] as const;
export type ConditionCode = (typeof conditionCodes)[number];

/** One condition of a route, ready to be asked. */
export type Matcher = {
  /** A field's name, or `active_windows`. */
  name: ConditionField | "active_windows";
  op: ConditionOp | "within";
  negated: boolean;
  /** What it asks for, as compared. */
  wants: readonly string[];
  judge: (facts: RouteFacts) => ConditionCode;
  /** What cannot be saved never holds. */
  valid: boolean;
  /** Does this key meet it, before any negation? null where keys are not what is asked about. */
  meets: ((key: string) => boolean) | null;
  /** What the record has, for a trace; null when nothing. */
  has: (facts: RouteFacts) => string | null;
};

/** Of a positive `equals`: the keys, any of which the record must have. Everything else has none. */
export type EqualityMatcher = Matcher & { name: ConditionField; op: "equals"; negated: false };
export const isEquality = (matcher: Matcher): matcher is EqualityMatcher =>
  matcher.op === "equals" && !matcher.negated;

/** The conditions of a route in the order they are told: the lists, the conditions, the windows. All must hold. */
export function matchersOf(route: Route): Matcher[] {
  const found: Matcher[] = [];
  for (const field of conditionFields) {
    const { list } = fieldRules[field];
    const values = list ? route[list] : [];
    if (values.some((value) => normaliseKey(value) !== null)) {
      found.push(conditionMatcher({ field, op: "equals", values }));
    }
  }
  found.push(...(route.conditions ?? []).map(conditionMatcher));
  if (route.activeWindows?.length) found.push(windowMatcher(route.activeWindows));
  return found;
}

type Test = {
  wants: readonly string[];
  /** `keys` compares, `texts` searches what was written. */
  reads: "keys" | "texts";
  meets: (value: string) => boolean;
  /** Why a value that is there does not meet it. */
  miss: (values: readonly string[]) => ConditionCode;
};

export function conditionMatcher(condition: RouteCondition): Matcher {
  const { field, op } = condition;
  const negated = condition.negate === true;
  const test = testOf(condition);
  const has = (facts: RouteFacts) => facts.shown(field, test?.reads ?? "keys");
  if (!test) {
    const given = [...(condition.values ?? []), ...(condition.value === undefined ? [] : [condition.value])];
    return {
      ...{ name: field, op, negated, has, wants: given.map(String), meets: null, valid: false },
      judge: () => "condition_invalid",
    };
  }
  return {
    ...{ name: field, op, negated, has, wants: test.wants },
    meets: test.reads === "keys" ? test.meets : null,
    valid: true,
    judge: (facts) => {
      const values = test.reads === "texts" ? facts.texts(field) : facts.keys(field);
      const met = values.some(test.meets);
      if (met !== negated) return "holds";
      if (met) return "excluded";
      return values.length === 0 ? "value_absent" : test.miss(values);
    },
  };
}

/** null when the condition makes no sense: saving refuses it, and routing never takes it for holding. */
function testOf({ field, op, values = [], value }: RouteCondition): Test | null {
  const differs = () => "value_differs" as const;
  switch (op) {
    case "equals": {
      const keys = [...new Set(values.flatMap((each) => normaliseKey(each) ?? []))];
      if (keys.length === 0) return null;
      const known = new Set(keys);
      return { wants: keys, reads: "keys", meets: (each) => known.has(each), miss: differs };
    }
    case "prefix": {
      const starts = values.filter((each) => each.trim() !== "").map(lowerCase);
      if (starts.length === 0) return null;
      const meets = (each: string) => starts.some((start) => each.startsWith(start));
      return { wants: starts, reads: "keys", meets, miss: differs };
    }
    case "glob": {
      const globs = values.filter((each) => each.trim() !== "").map(lowerCase);
      if (globs.length === 0) return null;
      return { wants: globs, reads: "keys", meets: anyOf(globs.map(compileGlob)), miss: differs };
    }
    case "regex": {
      const patterns = values.map(compilePattern);
      const finders = patterns.flatMap((pattern) => (pattern.ok ? [pattern.finds] : []));
      if (finders.length === 0 || finders.length < patterns.length) return null;
      const miss = () => "pattern_not_found" as const;
      return { wants: [...values], reads: "texts", meets: anyOf(finders), miss };
    }
    case "at_least":
    case "at_most":
      return orderTest(field, op, value);
  }
}

/** A value without a place in the order is neither above nor below anything. */
function orderTest(field: ConditionField, op: ConditionOp, value: string | number | undefined): Test | null {
  const { rank } = fieldRules[field];
  const bound = rank && value !== undefined ? rank(String(value)) : 0;
  if (!rank || value === undefined || bound === 0) return null;
  const least = op === "at_least";
  const meets = (each: string) => {
    const place = rank(each);
    return place > 0 && (least ? place >= bound : place <= bound);
  };
  const miss = (values: readonly string[]) =>
    values.some((each) => rank(each) > 0) ? (least ? "too_low" : "too_high") : "level_unknown";
  return { wants: [String(value)], reads: "keys", meets, miss };
}

function windowMatcher(windows: readonly ActiveWindow[]): Matcher {
  const open = windows.map(compileWindow);
  return {
    ...{ name: "active_windows", op: "within", negated: false, wants: windows.map(windowWords) },
    ...{ meets: null, valid: true },
    judge: ({ context }) => (open.some((isOpen) => isOpen(context.nowMs)) ? "holds" : "outside_window"),
    has: ({ context }) => nowWords(windows, context.nowMs) || null,
  };
}

function anyOf(tests: readonly ((text: string) => boolean)[]): (text: string) => boolean {
  const [only] = tests;
  return only && tests.length === 1 ? only : (text) => tests.some((test) => test(text));
}

const lowerCase = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
