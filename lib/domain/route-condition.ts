/** What a route may ask besides its 14 lists, in domain words (docs/decisions/012). Beyond the contract. */

/** The contract's match fields in its order (5.6), then ours. A match reason and a trace name them so. */
export const conditionFields = [
  "event_type",
  "source",
  "component",
  "risk_level",
  "risk_category",
  "confidence",
  "expected_destination",
  "project_id",
  "log_source_id",
  "source_kind",
  "tenant_id",
  "workspace_id",
  "event_schema_version",
  "route_tags",
  "title",
  "level",
  "repo",
  "occurrence_count",
  "provenance",
] as const;
export type ConditionField = (typeof conditionFields)[number];

export const conditionOps = ["equals", "prefix", "glob", "regex", "at_least", "at_most"] as const;
export type ConditionOp = (typeof conditionOps)[number];

/** Fields with an order: of words (risk level, severity level, confidence) or of numbers. */
export const orderedFields = [
  "risk_level",
  "level",
  "confidence",
  "occurrence_count",
] as const satisfies readonly ConditionField[];

/**
 * One thing that must hold. `values`: any of them is enough (equals, prefix, glob, regex); `value`: the bound of at_least
 * and at_most. `negate` is the exact opposite: an absent value never meets an op, so it always meets its negation.
 */
export type RouteCondition = {
  field: ConditionField;
  op: ConditionOp;
  values?: string[];
  value?: string | number;
  negate?: boolean;
};

export const daysOfWeek = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type DayOfWeek = (typeof daysOfWeek)[number];

/**
 * When a route is awake, by the wall clock of an IANA zone: from `from` until just before `to` (`HH:MM`, `24:00` ends a
 * day). With `to` before `from` it ends on the next day. `days` are those it starts on; without them, every day.
 */
export type ActiveWindow = { zone: string; days?: DayOfWeek[]; from: string; to: string };

/** A shadow route is judged and shown, and never chosen. */
export const routeModes = ["live", "shadow"] as const;
export type RouteMode = (typeof routeModes)[number];

/** Of one route, but for `patternsInTable`: expressions are what costs time, so all routes share their number. */
export const conditionLimits = {
  conditions: 20,
  values: 50,
  valueLength: 500,
  windows: 20,
  patternsInTable: 200,
  /** Instructions of a compiled expression: bounds the time of each of its steps, whatever its length says. */
  patternSize: 500,
} as const;

/** As somebody gave it: null is as good as absent. */
export type GivenCondition = Pick<RouteCondition, "field" | "op"> & {
  values?: string[] | null;
  value?: string | number | null;
  negate?: boolean | null;
};
export type GivenWindow = Pick<ActiveWindow, "zone" | "from" | "to"> & { days?: DayOfWeek[] | null };
