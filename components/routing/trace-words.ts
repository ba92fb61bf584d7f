import type { RouteTraceWire } from "@/lib/contracts/review";
import { wantedWords } from "./conditions";

type TracedCondition = RouteTraceWire["conditions"][number];
/** A sentence in three parts: the record's value stands in the middle, where there is one to show. */
export type TraceSentence = { before: string; value: string | null; after: string };

/** Why a condition held or did not, after its field's name: "has 3, which is below 10". */
export function traceSentence(condition: TracedCondition): TraceSentence {
  const { has, wants, op, negated, matched, code } = condition;
  const wanted = wantedWords(condition);
  const bound = wants[0] ?? "";
  const value = has ?? null;
  if (matched) {
    if (value === null) return { before: "says nothing, and wants ", value: null, after: wanted };
    if (op === "equals" && !negated) {
      return {
        before: "",
        value,
        after: wants.length > 1 ? ` is one of ${wants.join(", ")}` : " as wanted",
      };
    }
    return { before: op === "within" ? "it is " : "", value, after: `, ${wanted}` };
  }
  switch (code) {
    case "value_absent":
      return { before: "has ", value: "nothing", after: `, wants ${wanted}` };
    case "pattern_not_found":
      return { before: "has ", value, after: `, in which ${wants.join(" or ")} is not found` };
    case "too_low":
      return { before: "has ", value, after: `, which is below ${bound}` };
    case "too_high":
      return { before: "has ", value, after: `, which is above ${bound}` };
    case "level_unknown":
      return { before: "has ", value, after: `, which has no place in the order; wants ${wanted}` };
    case "excluded":
      return { before: "has ", value, after: `, wants ${wanted}` };
    case "outside_window":
      return { before: "it is ", value, after: `, open ${wants.join("; ")}` };
    case "condition_invalid":
      return { before: "cannot be read, so it never holds", value: null, after: "" };
    default:
      return { before: "has ", value: value ?? "nothing", after: `, wants ${wanted}` };
  }
}
