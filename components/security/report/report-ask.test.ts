import { describe, expect, it } from "vitest";
import { assessmentReportSchema } from "@/lib/contracts/assessment-report";
import { askOf, dayFault, initialAsk } from "./report-ask";

describe("what the form asks for", () => {
  it("without days has no bounds, and is what the API takes", () => {
    const ask = askOf(initialAsk);
    expect(ask).toMatchObject({ from_ms: null, to_ms: null, persist_artifact: true });
    expect(assessmentReportSchema.safeParse(ask).success).toBe(true);
  });

  it("counts both of its days in", () => {
    const ask = askOf({ ...initialAsk, from: "2026-03-01", to: "2026-03-01" });
    expect([ask.from_ms, ask.to_ms]).toEqual([Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 2) - 1]);
  });

  it.each([
    ["", "", undefined],
    ["2026-03-01", "", undefined],
    ["2026-03-01", "2026-03-01", undefined],
    ["2026-03-02", "2026-03-01", "It begins after it ends"],
  ])("from %s to %s: %s", (from, to, fault) => expect(dayFault({ from, to })).toBe(fault));
});
