import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ActorRef } from "./actor";
import type { ApprovalNeed } from "./approval-need";
import { approvalRefusal } from "./approval-refusal";
import { askedPeople, deadEnds, type NamedDemand, namedWords, progressOf } from "./named-approvers";
import { countQuorum, type Grant } from "./quorum";
import { reason } from "./reason";

const person = (id: string): ActorRef => ({ kind: "user", id, name: id });
const grant = (id: string): Grant => ({
  ...{ approvalId: `a-${id}`, actor: person(id), digest: "d", expiresAtMs: null, breakGlass: false },
});
const demand = (count: number, ...approvers: string[]): NamedDemand => ({
  ...{ who: "Route Pay", count, approvers, why: reason("route_people", "Route Pay asks", { count }) },
});
const need = (count: number, ...named: NamedDemand[]): ApprovalNeed => ({
  ...{ required: true, highRisk: false, count, named, because: [], authorMayNot: [], stepUp: [] },
});
const count = (asked: ApprovalNeed, ids: readonly string[], entitled = (_: ActorRef) => true) =>
  countQuorum(ids.map(grant), asked, { digest: "d", nowMs: 0, isEntitled: entitled });

describe("each list is met by its own people", () => {
  it.each<[string, ApprovalNeed, string[], open: boolean, share: string]>([
    ["nobody yet", need(1, demand(1, "ada", "ben")), [], false, "0 of 1"],
    ["somebody who is named", need(1, demand(1, "ada", "ben")), ["ben"], true, "1 of 1"],
    ["somebody who is not", need(1, demand(1, "ada", "ben")), ["cyd"], false, "1 of 2"],
    ["one of two of three", need(2, demand(2, "ada", "ben", "cyd")), ["ada"], false, "1 of 2"],
    [
      "another two do not stand in for one",
      need(2, demand(2, "ada", "ben")),
      ["cyd", "dan"],
      false,
      "2 of 4",
    ],
    ["one of a list, and anybody", need(3, demand(1, "ada", "ben")), ["ada", "cyd"], false, "2 of 3"],
    ["three, none of the list", need(3, demand(1, "ada")), ["ben", "cyd", "dan"], false, "3 of 4"],
    ["three, one of the list", need(3, demand(1, "ada")), ["ada", "ben", "cyd"], true, "3 of 3"],
    [
      "one person on both lists",
      need(1, demand(1, "ada", "ben"), demand(1, "ben", "cyd")),
      ["ben"],
      true,
      "1 of 1",
    ],
    [
      "one on the first list alone",
      need(1, demand(1, "ada", "ben"), demand(1, "ben", "cyd")),
      ["ada"],
      false,
      "1 of 2",
    ],
    ["lists that share nobody", need(1, demand(1, "ada"), demand(1, "ben")), [], false, "0 of 2"],
    ["both of them", need(1, demand(1, "ada"), demand(1, "ben")), ["ada", "ben"], true, "2 of 2"],
    ["a list with too few people", need(2, demand(2, "ada")), ["ada", "ben", "cyd"], false, "3 of 4"],
  ])("%s", (_, asked, ids, open, share) => {
    const quorum = count(asked, ids);
    expect([quorum.open, `${quorum.counted.length} of ${quorum.needed}`]).toEqual([open, share]);
  });

  it("counts nobody who may decide no more, and no token", () => {
    expect(count(need(1, demand(1, "ada", "ben")), ["ada"], ({ id }) => id !== "ada").open).toBe(false);
    const token: Grant = { ...grant("ada"), actor: { kind: "token", id: "ada", name: "ci" } };
    const at = { digest: "d", nowMs: 0, isEntitled: () => true };
    expect(countQuorum([token], need(1, demand(1, "ada")), at).open).toBe(false);
  });
});

describe("who is asked", () => {
  const refusalOf = (asked: ApprovalNeed, who: string, ids: string[] = []) =>
    approvalRefusal({
      ...{ actor: person(who), need: asked, authors: { reporter: null, lastEditor: null }, nowMs: 0 },
      standing: ids.map(grant),
      nameOf: (id) => id.toUpperCase(),
    });

  it.each<[string, ApprovalNeed, who: string, given: string[], string | null]>([
    ["a named person", need(1, demand(1, "ada", "ben")), "ben", [], null],
    ["anybody else", need(1, demand(1, "ada", "ben")), "cyd", [], "One of ADA and BEN must approve"],
    ["one who fills up the number", need(3, demand(1, "ada")), "cyd", [], null],
    ["one too many of those", need(2, demand(1, "ada")), "cyd", ["ben"], "ADA must approve"],
    [
      "a second one of a full list",
      need(2, demand(1, "ada", "ben"), demand(1, "cyd")),
      "ben",
      ["ada"],
      "CYD must approve",
    ],
    [
      "on one of two lists, though one person is on both",
      need(1, demand(1, "ada", "ben"), demand(1, "ben", "cyd")),
      "ada",
      [],
      null,
    ],
    [
      "the second of two",
      need(2, demand(2, "ada", "ben", "cyd")),
      "dan",
      ["ada"],
      "One of BEN and CYD must approve",
    ],
  ])("%s", (_, asked, who, given, words) => {
    const refusal = refusalOf(asked, who, given);
    expect(refusal?.code ?? null).toBe(words && "approver_not_named");
    if (words) expect(refusal?.message).toBe(`${words} this, and you are not among them`);
  });

  it("a record asks the named ones, or everybody while more are needed than those", () => {
    expect(askedPeople(need(1))).toBeNull();
    expect([...(askedPeople(need(1, demand(1, "ada", "ben"))) ?? [])]).toEqual(["ada", "ben"]);
    expect(askedPeople(need(3, demand(1, "ada")))).toBeNull();
  });
});

describe("what cannot be", () => {
  it.each<[string, NamedDemand, string[], Record<string, "disabled" | "gone" | "author">, string | null]>([
    ["enough who may", demand(1, "ada", "ben"), [], { ada: "disabled" }, null],
    ["the others have approved", demand(2, "ada", "ben"), ["ada"], { ada: "disabled" }, null],
    [
      "all of them wrote it or left",
      demand(1, "ada", "ben"),
      [],
      { ada: "author", ben: "gone" },
      "One of ada and ben must approve, and that cannot be: ada wrote this and ben has no account any more. Name others where this is set, or ask for fewer",
    ],
    [
      "fewer than it asks for",
      demand(2, "ada"),
      [],
      {},
      "ada must approve, and that cannot be: there are too few of them. Name others where this is set, or ask for fewer",
    ],
  ])("%s", (_, asked, approved, troubles, message) => {
    const personOf = (userId: string) =>
      ({ userId, name: userId, standing: troubles[userId] ?? "may" }) as const;
    const found = deadEnds(progressOf([asked], new Set(approved)), personOf);
    expect(found.map((each) => each.message)).toEqual(message ? [message] : []);
  });

  it("says how many of whom", () => {
    const all = ["Ada", "Ben", "Cyd"];
    expect([namedWords(all, 1), namedWords(all, 2), namedWords(all, 3), namedWords(["Ada"], 1)]).toEqual([
      "One of Ada, Ben and Cyd must approve",
      "2 of Ada, Ben and Cyd must approve",
      "Ada, Ben and Cyd must all approve",
      "Ada must approve",
    ]);
  });
});

const ids = ["ada", "ben", "cyd", "dan", "eve"];
const demands = fc.array(
  fc
    .record({ count: fc.integer({ min: 1, max: 3 }), approvers: fc.subarray(ids, { minLength: 1 }) })
    .map(({ count: asked, approvers }) => demand(asked, ...approvers)),
  { maxLength: 4 },
);

describe("no policies, people and order open it with less than each policy demands", () => {
  it("opens exactly when everybody's number and each list's are reached; nobody who is asked is refused for ever", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        demands,
        fc.subarray(ids),
        fc.shuffledSubarray(ids, { minLength: ids.length }),
        (least, named, demoted, order) => {
          const asked = need(Math.max(least, ...named.map((each) => each.count)), ...named);
          const isEntitled = ({ id }: ActorRef) => !demoted.includes(id);
          const given: string[] = [];
          const met = () => {
            const standing = new Set(given.filter((id) => !demoted.includes(id)));
            return (
              standing.size >= asked.count &&
              named.every((each) => each.approvers.filter((id) => standing.has(id)).length >= each.count)
            );
          };
          // Whoever was refused comes again once others have been.
          for (const who of [...order, ...order]) {
            if (given.includes(who)) continue;
            const at = { digest: "d", nowMs: 0, isEntitled };
            const before = countQuorum(given.map(grant), asked, at);
            expect(before.open).toBe(met());
            expect(before.missing === 0).toBe(before.open);
            const refusal = approvalRefusal({
              ...{ actor: person(who), need: asked, authors: { reporter: null, lastEditor: null } },
              ...{ standing: given.filter((id) => !demoted.includes(id)).map(grant), nowMs: 0 },
            });
            const wanted = before.named.some((each) => each.missing > 0 && each.approvers.includes(who));
            if (wanted) expect(refusal).toBeNull();
            // A refusal is heeded only while it is shut: an approval more never opens less.
            if (!refusal) given.push(who);
          }
          const able = new Set(ids.filter((id) => !demoted.includes(id)));
          const canBe =
            able.size >= asked.count &&
            named.every((each) => each.approvers.filter((id) => able.has(id)).length >= each.count);
          expect(met()).toBe(canBe);
        },
      ),
      { numRuns: 300 },
    );
  });
});
