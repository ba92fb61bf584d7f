import type { RecordQuery } from "../../types/values.js";
import { type Args, given, type Option } from "../command.js";

const text = (value: string, about: string): Option => ({ type: "string", value, about });

/** Filters that mean the same on every list of records. */
export const recordFilters: Record<string, Option> = {
  query: { ...text("TEXT", "in title, detail, ids, fingerprint, source, component, event"), short: "q" },
  severity: text("LEVEL", "exactly critical, high, medium, low or info"),
  risk: text("LEVEL", "this level or a higher one"),
  project: text("ID", "of one project"),
  source: text("NAME", "from one source"),
  destination: text("ID", "that go or went there"),
  fingerprint: text("TEXT", "with this identity"),
  since: text("TIME", "not before: ISO 8601, or ms since 1970"),
  until: text("TIME", "before"),
};

export const recordQueryOf = (args: Args): RecordQuery =>
  given({
    q: args.text("query"),
    severity: args.text("severity"),
    risk: args.text("risk"),
    project: args.text("project"),
    source: args.text("source"),
    destination: args.text("destination"),
    fingerprint: args.text("fingerprint"),
    since: args.text("since"),
    until: args.text("until"),
  });
