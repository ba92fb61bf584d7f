import { describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/client";
import type { Actor } from "@/lib/domain/actor";
import { stepUpLifetimeMs } from "@/lib/domain/step-up";
import { actors, testContext } from "@/lib/testing/context";
import { AppError } from "./errors";
import { requireStepUp } from "./step-up";

const nowMs = Date.UTC(2026, 5, 29, 12);
const what = "approve a high-risk draft";
const refusal = (actor: Actor) => {
  try {
    requireStepUp(testContext({} as Database, actor, { nowMs }), what);
  } catch (error) {
    return error instanceof AppError ? error : undefined;
  }
};

describe("requireStepUp", () => {
  it("lets a person through who has proven themselves lately", () => {
    expect(refusal(actors.viewer({ stepUpAtMs: nowMs }))).toBeUndefined();
    expect(refusal(actors.viewer({ stepUpAtMs: nowMs - stepUpLifetimeMs + 1 }))).toBeUndefined();
  });

  it.each([null, nowMs - stepUpLifetimeMs, nowMs + 1])("asks the person whose last proof was at %s", (at) => {
    const refused = refusal(actors.admin({ stepUpAtMs: at }));
    expect([refused?.kind, refused?.reason]).toEqual(["forbidden", "step_up_required"]);
    expect(refused?.context).toEqual({ step_up: true });
    expect(refused?.message).toContain(`to ${what}`);
  });

  it.each([
    ["an admin token", actors.adminToken()],
    ["an agent", actors.agentToken()],
    ["the system", actors.system()],
  ])("takes nothing of %s", (_, actor) => {
    const refused = refusal(actor);
    expect([refused?.kind, refused?.reason, refused?.context]).toEqual(["forbidden", "person_required", {}]);
  });
});
