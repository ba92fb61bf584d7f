import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ActorRef } from "./actor";
import type { ApprovalNeed } from "./approval-need";
import { countQuorum, type Grant } from "./quorum";
import { reason } from "./reason";

const person = (id: string): ActorRef => ({ kind: "user", id, name: id });
const token: ActorRef = { kind: "token", id: "t1", name: "ci" };
const grant = (actor: ActorRef, fields: Partial<Grant> = {}): Grant => ({
  ...{ approvalId: `a-${actor.id}`, actor, digest: "d1", expiresAtMs: 1_000, breakGlass: false },
  ...fields,
});
const need = (count: number, fields: Partial<ApprovalNeed> = {}): ApprovalNeed => ({
  ...{ required: true, highRisk: false, count, named: [], because: [], authorMayNot: [], stepUp: [] },
  ...fields,
});
const now = (fields: Partial<Parameters<typeof countQuorum>[2]> = {}) => ({
  ...{ digest: "d1", nowMs: 0, isEntitled: () => true },
  ...fields,
});
const rule = [reason("global_author", "No author may")];

describe("how many different people have approved the same", () => {
  it.each<[string, Grant[], ApprovalNeed, ReturnType<typeof now>, boolean, number]>([
    ["one of one", [grant(person("ada"))], need(1), now(), true, 0],
    ["nobody yet", [], need(1), now(), false, 1],
    ["one of two", [grant(person("ada"))], need(2), now(), false, 1],
    ["two of two", [grant(person("ada")), grant(person("bob"))], need(2), now(), true, 0],
    [
      "the same person twice is one",
      [grant(person("ada")), grant(person("ada"), { approvalId: "again" })],
      need(2),
      now(),
      false,
      1,
    ],
    [
      "another digest",
      [grant(person("ada")), grant(person("bob"), { digest: "d0" })],
      need(2),
      now(),
      false,
      1,
    ],
    [
      "one has lapsed",
      [grant(person("ada")), grant(person("bob"), { expiresAtMs: 5 })],
      need(2),
      now({ nowMs: 5 }),
      false,
      1,
    ],
    [
      "one may decide no more",
      [grant(person("ada")), grant(person("bob"))],
      need(2),
      now({ isEntitled: ({ id }) => id === "ada" }),
      false,
      1,
    ],
    ["a token where one suffices", [grant(token)], need(1), now(), true, 0],
    ["a token among two", [grant(token), grant(person("ada"))], need(2), now(), false, 1],
    ["a token where its author may not", [grant(token)], need(1, { authorMayNot: rule }), now(), false, 1],
    ["a token where a proof is needed", [grant(token)], need(1, { stepUp: rule }), now(), false, 1],
    ["the glass is broken", [grant(person("ada"), { breakGlass: true })], need(3), now(), true, 0],
    [
      "a broken glass of other content",
      [grant(person("ada"), { breakGlass: true, digest: "d0" })],
      need(3),
      now(),
      false,
      3,
    ],
    [
      "a broken glass that lapsed",
      [grant(person("ada"), { breakGlass: true })],
      need(1),
      now({ nowMs: 1_000 }),
      false,
      1,
    ],
    ["no policy asks, one approved", [grant(person("ada"))], need(0), now(), true, 0],
  ])("%s", (_, grants, needed, at, open, missing) => {
    const quorum = countQuorum(grants, needed, at);
    expect([quorum.open, quorum.missing]).toEqual([open, missing]);
  });

  it("ends with the earliest of those that count", () => {
    const grants = [
      grant(person("ada"), { expiresAtMs: 900 }),
      grant(person("bob"), { expiresAtMs: 700 }),
      grant(person("eve"), { expiresAtMs: 100, digest: "d0" }),
    ];
    expect(countQuorum(grants, need(2), now()).endsAtMs).toBe(700);
  });
});

/** A draft as the verbs keep it, so that any order of what people do can be tried without a database. */
type World = {
  grants: Grant[];
  edit: number;
  nowMs: number;
  denied: boolean;
  roles: Record<string, boolean>;
};
type Step =
  | { do: "approve"; who: ActorRef; ttlMs: number }
  | { do: "withdraw"; who: ActorRef }
  | { do: "edit" }
  | { do: "deny" }
  | { do: "wait"; ms: number }
  | { do: "demote"; who: ActorRef }
  | { do: "promote"; who: ActorRef };

const actors = [
  person("ada"),
  person("bob"),
  person("cyd"),
  token,
  { kind: "token", id: "t2", name: "x" } as ActorRef,
];
const actor = fc.constantFrom(...actors);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("approve" as const),
      who: actor,
      ttlMs: fc.integer({ min: 1, max: 50 }),
    }),
  },
  fc.record({ do: fc.constant("withdraw" as const), who: actor }),
  fc.constant({ do: "edit" as const }),
  { weight: 1, arbitrary: fc.constant({ do: "deny" as const }) },
  fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ do: fc.constantFrom("demote" as const, "promote" as const), who: actor }),
);

function after(world: World, each: Step): World {
  switch (each.do) {
    case "approve": {
      if (world.denied || world.roles[each.who.id] === false) return world;
      const given = grant(each.who, { digest: `d${world.edit}`, expiresAtMs: world.nowMs + each.ttlMs });
      return { ...world, grants: [...world.grants, given] };
    }
    case "withdraw":
      return { ...world, grants: world.grants.filter((held) => held.actor.id !== each.who.id) };
    case "edit":
      return { ...world, edit: world.edit + 1 };
    case "deny":
      return { ...world, denied: true, grants: [] };
    case "wait":
      return { ...world, nowMs: world.nowMs + each.ms };
    default:
      return { ...world, roles: { ...world.roles, [each.who.id]: each.do === "promote" } };
  }
}

describe("no order of what anybody does opens it with too few", () => {
  it("needs as many different entitled people on what would leave now, and no token among several", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 25 }), (count, steps) => {
        let world: World = { grants: [], edit: 0, nowMs: 0, denied: false, roles: {} };
        for (const each of steps) {
          world = after(world, each);
          const { nowMs, roles, edit } = world;
          const digest = `d${edit}`;
          const isEntitled = ({ id }: ActorRef) => roles[id] !== false;
          const quorum = countQuorum(world.grants, need(count), { digest, nowMs, isEntitled });
          const entitled = new Set(
            world.grants
              .filter(
                (held) => held.digest === digest && (held.expiresAtMs ?? 0) > nowMs && isEntitled(held.actor),
              )
              .filter((held) => count === 1 || held.actor.kind === "user")
              .map((held) => held.actor.id),
          );
          expect(quorum.open).toBe(entitled.size >= count);
          if (world.denied) expect(quorum.open).toBe(false);
        }
      }),
    );
  });
});
