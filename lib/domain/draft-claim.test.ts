import { describe, expect, it } from "vitest";
import type { ActorRef } from "./actor";
import { type DraftClaim, decideClaim, draftClaimMs, liveClaim } from "./draft-claim";

const ada: ActorRef = { kind: "user", id: "ada", name: "Ada" };
const ben: ActorRef = { kind: "user", id: "ben", name: "Ben" };
const of = (by: ActorRef, sinceMs: number, untilMs: number): DraftClaim => ({ by, sinceMs, untilMs });
const nowMs = 1_000_000;
const untilMs = nowMs + draftClaimMs;

describe("claiming a draft", () => {
  it.each([
    ["a free one", null, false, { how: "claimed", claim: of(ada, nowMs, untilMs), from: null }],
    ["one's own", of(ada, 5, nowMs + 1), false, { how: "renewed", claim: of(ada, 5, untilMs), from: null }],
    ["one's own that lapsed", of(ada, 5, nowMs), false, { how: "claimed", claim: of(ada, nowMs, untilMs) }],
    ["another's that lapsed", of(ben, 5, nowMs), false, { how: "claimed", claim: of(ada, nowMs, untilMs) }],
    ["another's, taken over", of(ben, 5, nowMs + 1), true, { how: "taken_over", from: ben }],
    ["a free one, to take over", null, true, { how: "claimed", from: null }],
  ])("%s", (_, present, takeOver, expected) => {
    expect(decideClaim(present, { by: ada, nowMs, takeOver })).toMatchObject({ allowed: true, ...expected });
  });

  it("another's is refused, by name, and stays as it is", () => {
    const held = of(ben, 5, nowMs + 1);
    const refused = decideClaim(held, { by: ada, nowMs, takeOver: false });
    expect(refused).toMatchObject({ allowed: false, claim: held, reason: { code: "claimed_by_other" } });
    expect(!refused.allowed && refused.reason.message).toContain("Ben");
  });

  it("a person and a token of the same id are two", () => {
    const token: ActorRef = { kind: "token", id: "ada", name: "Ada" };
    expect(decideClaim(of(token, 5, nowMs + 1), { by: ada, nowMs, takeOver: false }).allowed).toBe(false);
  });

  it.each([
    [null, null],
    [of(ada, 1, nowMs), null],
    [of(ada, 1, nowMs + 1), of(ada, 1, nowMs + 1)],
  ])("live is what has not lapsed: %j", (claim, live) => {
    expect(liveClaim(claim, nowMs)).toEqual(live);
  });
});
