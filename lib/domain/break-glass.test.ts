import { describe, expect, it } from "vitest";
import { actors } from "@/lib/testing/context";
import {
  type BreakGlassFacts,
  type BreakGlassUse,
  breakGlassRefusal,
  breakGlassReviewRefusal,
  isReviewOverdue,
} from "./break-glass";
import { reason } from "./reason";
import { stepUpLifetimeMs } from "./step-up";

const nowMs = 1_000_000_000;
const admin = actors.admin({ stepUpAtMs: nowMs - 1 });
const facts = (fields: Partial<BreakGlassFacts> = {}): BreakGlassFacts => ({
  ...{ actor: admin, nowMs, reasonGiven: "Payments are down", overridden: [reason("route_people", "two")] },
  ...{ unready: null, used: { byPerson: 0, overall: 0 }, hasOverdueReview: false },
  caps: { perPerson: 3, overall: 10 },
  ...fields,
});

describe("may the glass be broken", () => {
  it.each<[string, Partial<BreakGlassFacts>, string | null]>([
    ["by a person who has just proven it", {}, null],
    ["by a token", { actor: actors.adminToken() }, "person_required"],
    ["without any proof", { actor: actors.admin() }, "step_up_required"],
    [
      "with a proof too old",
      { actor: actors.admin({ stepUpAtMs: nowMs - stepUpLifetimeMs }) },
      "step_up_required",
    ],
    ["without a reason", { reasonGiven: "  now!   " }, "reason_required"],
    ["where one's own approval is enough", { overridden: [] }, "break_glass_not_needed"],
    [
      "where nothing could be sent",
      { unready: reason("destination_not_ready", "no secret") },
      "destination_not_ready",
    ],
    ["for the third time", { used: { byPerson: 2, overall: 2 } }, null],
    ["for the fourth time", { used: { byPerson: 3, overall: 3 } }, "break_glass_capped"],
    ["for everybody's eleventh time", { used: { byPerson: 0, overall: 10 } }, "break_glass_capped"],
    ["while one of one's own is overdue", { hasOverdueReview: true }, "break_glass_review_overdue"],
    ["where it is off for one", { caps: { perPerson: 0, overall: 10 } }, "break_glass_off"],
    ["where it is off for all", { caps: { perPerson: 3, overall: 0 } }, "break_glass_off"],
  ])("%s", (_, fields, code) => {
    expect(breakGlassRefusal(facts(fields))?.code ?? null).toBe(code);
  });
});

const use = (fields: Partial<BreakGlassUse> = {}): BreakGlassUse => ({
  ...{ breakGlassId: "b", approvalId: "a", draftId: "d", draftTitle: "", projectId: null },
  ...{ actor: { kind: "user", id: "user-admin", name: "Ada" }, reason: "", overridden: [] },
  ...{ usedAtMs: 0, dueAtMs: 100, verdict: null, note: null, reviewedBy: null, reviewedAtMs: null },
  ...fields,
});

describe("who may review it, and by when", () => {
  it.each([
    ["somebody else", actors.auditor(), use(), null],
    ["whoever did it", actors.admin(), use(), "own_break_glass"],
    ["a token", actors.adminToken(), use(), "person_required"],
    ["once it was", actors.auditor(), use({ verdict: "justified" }), "already_reviewed"],
  ] as const)("%s", (_, actor, of, code) => {
    expect(breakGlassReviewRefusal(actor, of)?.code ?? null).toBe(code);
  });

  it.each([
    ["before its time", use(), 99, false],
    ["at its time", use(), 100, true],
    ["judged", use({ verdict: "not_justified" }), 500, false],
  ] as const)("is overdue %s", (_, of, at, overdue) => {
    expect(isReviewOverdue(of, at)).toBe(overdue);
  });
});
