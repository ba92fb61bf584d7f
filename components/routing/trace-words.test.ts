import { expect, it } from "vitest";
import type { RouteTraceWire } from "@/lib/contracts/review";
import { traceSentence } from "./trace-words";

type Traced = RouteTraceWire["conditions"][number];
const traced = (part: Partial<Traced>): Traced => ({
  condition: "title",
  op: "equals",
  negated: false,
  wants: ["a"],
  code: "value_differs",
  matched: false,
  ...part,
});

it.each<[string, Partial<Traced>, string]>([
  ["one word", { matched: true, code: "holds", has: "a" }, "a as wanted"],
  ["one of several", { matched: true, code: "holds", has: "a", wants: ["a", "b"] }, "a is one of a, b"],
  [
    "an absent value meets a negation",
    { matched: true, code: "holds", negated: true, op: "regex" },
    "says nothing, and wants not containing a",
  ],
  ["another word", { has: "b" }, "has b, wants a"],
  ["nothing", { code: "value_absent", op: "prefix" }, "has nothing, wants beginning with a"],
  [
    "no such text",
    { code: "pattern_not_found", op: "regex", has: "Lag grows", wants: ["time(d )?out", "refused"] },
    "has Lag grows, in which time(d )?out or refused is not found",
  ],
  [
    "too few",
    { code: "too_low", op: "at_least", condition: "occurrence_count", has: "3", wants: ["10"] },
    "has 3, which is below 10",
  ],
  [
    "too much",
    { code: "too_high", op: "at_most", has: "high", wants: ["low"] },
    "has high, which is above low",
  ],
  [
    "no order",
    { code: "level_unknown", op: "at_least", has: "odd", wants: ["warn"] },
    "has odd, which has no place in the order; wants at least warn",
  ],
  ["excluded", { code: "excluded", negated: true, has: "a" }, "has a, wants not a"],
  [
    "the wrong time",
    {
      ...{ code: "outside_window", condition: "active_windows", op: "within" },
      ...{ has: "Wed 14:05 UTC", wants: ["Mon, Tue 09:00-17:00 UTC"] },
    },
    "it is Wed 14:05 UTC, open Mon, Tue 09:00-17:00 UTC",
  ],
  [
    "the right time",
    {
      ...{ matched: true, code: "holds", op: "within" },
      ...{ has: "Mon 14:05 UTC", wants: ["Mon 09:00-17:00 UTC"] },
    },
    "it is Mon 14:05 UTC, within Mon 09:00-17:00 UTC",
  ],
  ["unreadable", { code: "condition_invalid" }, "cannot be read, so it never holds"],
])("%s", (_, part, words) => {
  const { before, value, after } = traceSentence(traced(part));
  expect(`${before}${value ?? ""}${after}`).toBe(words);
});
