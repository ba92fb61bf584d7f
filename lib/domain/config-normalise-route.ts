import {
  type ActiveWindow,
  daysOfWeek,
  type GivenCondition,
  type GivenWindow,
  orderedFields,
  type RouteCondition,
} from "./route-condition";
import { normaliseList, storable } from "./text";

/**
 * The stored form of a condition: one value or a list of values by its op, whichever of the two it was given in. Wrong
 * combinations stay as they are, for validation to name.
 */
export function normaliseCondition({ field, op, values, value, negate }: GivenCondition): RouteCondition {
  const bounded = op === "at_least" || op === "at_most";
  const texts = (values ?? []).map(storable);
  const alone = typeof value === "string" ? storable(value).trim() : (value ?? undefined);
  const bound = bounded && alone === undefined && texts.length === 1 ? texts[0]?.trim() : alone;
  const single = bounded || value === null || value === undefined ? [] : [String(value)].map(storable);
  const kept = bounded && bound !== alone ? [] : [...texts, ...single];
  const list = op === "equals" ? normaliseList(kept) : distinct(kept);
  return {
    field,
    op,
    ...(list.length > 0 && { values: list }),
    ...(bounded && bound !== undefined && bound !== "" && { value: asNumber(field, bound) }),
    ...(negate && { negate: true }),
  };
}

/** All seven days are every day, which is what no days mean. */
export function normaliseWindow({ zone, days, from, to }: GivenWindow): ActiveWindow {
  const given = daysOfWeek.filter((day) => days?.includes(day));
  const some = given.length > 0 && given.length < daysOfWeek.length;
  return { zone: storable(zone).trim(), ...(some && { days: given }), from: from.trim(), to: to.trim() };
}

/** Patterns keep their blanks: they mean something there. */
const distinct = (rows: readonly string[]) => [...new Set(rows.filter((row) => row.trim() !== ""))];

function asNumber(field: RouteCondition["field"], bound: string | number): string | number {
  const isCount = field === orderedFields[3];
  return isCount && typeof bound === "string" && /^\d{1,15}$/.test(bound) ? Number(bound) : bound;
}
