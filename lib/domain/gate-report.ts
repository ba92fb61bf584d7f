/** One question of a gate and its answer. `detail` says why it failed, or what was assumed where it passed. */
export type Gate = { key: string; label: string; passed: boolean; detail?: string };

/** The shape that every gate of the contract reports in (5.12). `missing` has the keys of the gates that failed. */
export type GateReport<Stage extends string = string> = {
  stage: Stage;
  status: "passed" | "blocked";
  passed: boolean;
  passedCount: number;
  totalCount: number;
  gates: Gate[];
  missing: string[];
  /** Absent when it passed. */
  blockedReason?: string;
};

/** The report of answered gates: passed when all are. `blockedBy` begins the words for people where they are not. */
export function gateReport<Stage extends string>(
  stage: Stage,
  gates: Gate[],
  blockedBy: string,
): GateReport<Stage> {
  const missing = gates.filter((each) => !each.passed);
  const passed = missing.length === 0;
  const words = missing.map((each) =>
    each.detail ? `${each.label.toLowerCase()} (${each.detail})` : each.label.toLowerCase(),
  );
  return {
    stage,
    status: passed ? "passed" : "blocked",
    passed,
    passedCount: gates.length - missing.length,
    totalCount: gates.length,
    gates,
    missing: missing.map((each) => each.key),
    ...(!passed && { blockedReason: `${blockedBy}: ${words.join("; ")}` }),
  };
}

export function gate(key: string, label: string, passed: boolean, detail?: string): Gate {
  return detail === undefined ? { key, label, passed } : { key, label, passed, detail };
}
