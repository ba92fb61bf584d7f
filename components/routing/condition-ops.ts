import type { RouteWire } from "@/lib/contracts/config";
import { conditions } from "./conditions";

export type RouteCondition = NonNullable<RouteWire["conditions"]>[number];
export type ConditionFieldName = RouteCondition["field"];
type Op = RouteCondition["op"];

/** Fields with an order and, for words, the words in it, lowest first. */
export const orderOf: Partial<Record<ConditionFieldName, readonly string[] | "count">> = {
  risk_level: ["info", "low", "medium", "high", "critical"],
  confidence: ["low", "medium", "high"],
  level: ["trace", "debug", "info", "warn", "error", "fatal"],
  occurrence_count: "count",
};

type FieldChoice = { value: ConditionFieldName; label: string; hint: string };

/** What a condition may be about: the 14 fields of the lists, then those that only conditions know. */
export const fieldChoices: readonly FieldChoice[] = [
  ...conditions.map(({ trace, word, hint }) => ({ value: trace as ConditionFieldName, label: word, hint })),
  { value: "title", label: "title", hint: "timeout" },
  { value: "level", label: "level", hint: "error" },
  { value: "repo", label: "repository", hint: "acme/shop" },
  { value: "occurrence_count", label: "occurrences", hint: "10" },
  { value: "provenance", label: "way in", hint: "intake" },
];

export const fieldWord = Object.fromEntries(fieldChoices.map(({ value, label }) => [value, label])) as Record<
  ConditionFieldName,
  string
>;

const opWords: Record<Op, [string, string]> = {
  equals: ["is any of", "is none of"],
  prefix: ["begins with", "does not begin with"],
  glob: ["is like", "is not like"],
  regex: ["matches", "does not match"],
  at_least: ["is at least", "is not at least"],
  at_most: ["is at most", "is not at most"],
};

/** How the values of an operator are read, said under them. */
export const opHelp: Partial<Record<Op, string>> = {
  prefix: "Case does not count.",
  glob: "* stands for anything, ? for one character. Case does not count.",
  regex: "A regular expression, found anywhere in it. Case does not count.",
};

export const opWord = ({ op, negate }: Pick<RouteCondition, "op" | "negate">) => opWords[op][negate ? 1 : 0];

export type OpChoice = { value: string; label: string; op: Op; negate: boolean };

/** The operators that fit a field, each as it is and turned around. */
export function opChoices(field: ConditionFieldName): OpChoice[] {
  const order = orderOf[field];
  const ops: Op[] = [
    "equals",
    ...(order === "count" ? [] : (["prefix", "glob", "regex"] as const)),
    ...(order ? (["at_least", "at_most"] as const) : []),
  ];
  return ops.flatMap((op) =>
    [false, true].map((negate) => ({
      value: opKey({ op, negate }),
      label: opWord({ op, negate }),
      op,
      negate,
    })),
  );
}

export const opKey = ({ op, negate }: Pick<RouteCondition, "op" | "negate">) =>
  `${negate ? "not_" : ""}${op}`;

export const takesBound = (op: Op) => op === "at_least" || op === "at_most";

/** Only words of an equality are a list that people paste; a pattern or a title may hold a comma itself. */
export const valuesAreWhole = ({ op, field }: RouteCondition) => op !== "equals" || field === "title";

/** A condition with another field: its operator stays where it fits, and its values where they mean the same. */
export function withField(condition: RouteCondition, field: ConditionFieldName): RouteCondition {
  const fits = opChoices(field).some((choice) => choice.value === opKey(condition));
  return fits && !takesBound(condition.op) && orderOf[field] !== "count"
    ? { ...condition, field }
    : withOp({ ...condition, field, values: [], value: undefined }, fits ? condition : { op: "equals" });
}

/** A condition with another operator: `values` and `value` exclude each other on the wire. */
export function withOp(
  { field, values = [], value }: RouteCondition,
  { op, negate }: Pick<RouteCondition, "op" | "negate">,
): RouteCondition {
  const turned = negate ? { negate: true } : {};
  if (!takesBound(op)) return { field, op, values, ...turned };
  const order = orderOf[field];
  const first = order === "count" ? undefined : (values.find((each) => order?.includes(each)) ?? undefined);
  const bound = value ?? first;
  return { field, op, ...(bound !== undefined && { value: bound }), ...turned };
}

/** The values of a condition in words, whichever way the wire holds them. */
export function conditionValues({ values = [], value }: RouteCondition): string[] {
  return value === undefined ? values : [String(value)];
}

/** "title matches time(d )?out or refused". */
export function conditionWords(condition: RouteCondition): string {
  return `${fieldWord[condition.field]} ${opWord(condition)} ${conditionValues(condition).join(" or ")}`;
}
