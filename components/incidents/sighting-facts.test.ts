import { expect, it } from "vitest";
import { differencesOf, type OccurrenceWire, runOf, variedKeys } from "./sighting-facts";

function sighting(facts: Record<string, unknown>): OccurrenceWire {
  return {
    occurrence_id: JSON.stringify(facts),
    received_at_ms: 0,
    provenance: "log_source",
    reporter: { kind: "system", id: "watcher", name: "Log watcher" },
    sighting: facts,
  };
}

it.each([
  [{ run_id: "r1", session_id: "s1" }, "r1"],
  [{ session_id: "s1" }, "s1"],
  [{ correlation_id: "c1" }, "c1"],
  [{ run_id: "" }, undefined],
  [{ run_id: 7 }, undefined],
])("run of %o is %s", (facts, run) => {
  expect(runOf(sighting(facts))).toBe(run);
});

it("names only what varies, message first, and two at most", () => {
  const first = sighting({ message: "batch 1", process: "worker-1", level: "error", file_name: "a.ts" });
  const second = sighting({ message: "batch 2", process: "worker-2", level: "error", file_name: "b.ts" });
  const varied = variedKeys([first, second]);
  expect(varied).toEqual(["message", "process", "file_name"]);
  expect(differencesOf(second, varied)).toEqual([
    { name: "message", value: "batch 2" },
    { name: "process", value: "worker-2" },
  ]);
});

it("a single sighting varies in nothing", () => {
  expect(variedKeys([sighting({ message: "batch 1" })])).toEqual([]);
});
