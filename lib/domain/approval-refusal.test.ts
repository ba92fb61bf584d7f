import { describe, expect, it } from "vitest";
import type { ActorRef } from "./actor";
import type { ApprovalNeed } from "./approval-need";
import { type ApprovalAttempt, approvalRefusal, rulesInTheWay } from "./approval-refusal";
import { type AuthorFacts, type Authorship, authorshipOf } from "./authorship";
import type { Grant } from "./quorum";
import { reason } from "./reason";

const ada: ActorRef = { kind: "user", id: "ada", name: "Ada" };
const bob: ActorRef = { kind: "user", id: "bob", name: "Bob" };
const token: ActorRef = { kind: "token", id: "ada", name: "ci" };
const nobody: AuthorFacts = { reporter: null, lastEditor: null };
const noAuthor = [reason("route_author", "Route Pay lets no author approve", { routeId: "pay" })];
const two = [reason("route_people", "Route Pay asks for 2 people", { count: 2 })];

const need = (fields: Partial<ApprovalNeed> = {}): ApprovalNeed => ({
  ...{ required: true, highRisk: false, count: 1, named: [], because: [], authorMayNot: [], stepUp: [] },
  ...fields,
});
const grant = (actor: ActorRef, expiresAtMs = 10): Grant => ({
  ...{ approvalId: "a", actor, digest: "d", expiresAtMs, breakGlass: false },
});
const attempt = (fields: Partial<ApprovalAttempt> = {}): ApprovalAttempt => ({
  ...{ actor: ada, need: need(), authors: nobody, standing: [], nowMs: 0 },
  ...fields,
});

describe("who wrote it", () => {
  it.each<[string, ActorRef, AuthorFacts, Authorship | null]>([
    ["nobody that is known", ada, nobody, null],
    ["reported by hand", ada, { reporter: ada, lastEditor: null }, "reported"],
    ["edited last", ada, { reporter: null, lastEditor: ada }, "edited"],
    ["edited, but somebody else did so later", ada, { reporter: null, lastEditor: bob }, null],
    ["reported, and somebody else edited later", ada, { reporter: ada, lastEditor: bob }, "reported"],
    ["a key reported", ada, { reporter: { kind: "intakeKey", id: "ada", name: "" }, lastEditor: null }, null],
    ["a token of the same id is nobody's author", token, { reporter: token, lastEditor: null }, null],
  ])("%s", (_, actor, facts, wrote) => {
    expect(authorshipOf(actor, facts)).toBe(wrote);
  });
});

describe("why an approval may not count", () => {
  it.each<[string, Partial<ApprovalAttempt>, string | null]>([
    ["one of one", {}, null],
    ["a token where one suffices", { actor: token }, null],
    ["a token among several", { actor: token, need: need({ count: 2 }) }, "person_required"],
    [
      "a token where no author may",
      { actor: token, need: need({ authorMayNot: noAuthor }) },
      "person_required",
    ],
    [
      "a token where a proof is needed",
      { actor: token, need: need({ stepUp: noAuthor }) },
      "person_required",
    ],
    ["the author, where they may", { authors: { reporter: ada, lastEditor: ada } }, null],
    [
      "the author, where they may not",
      { authors: { reporter: ada, lastEditor: null }, need: need({ authorMayNot: noAuthor }) },
      "author_may_not_approve",
    ],
    ["twice", { standing: [grant(ada)], need: need({ count: 2 }) }, "already_counted"],
    ["again, after one's own lapsed", { standing: [grant(ada, 0)], need: need({ count: 2 }) }, null],
    ["after somebody else", { standing: [grant(bob)], need: need({ count: 2 }) }, null],
  ])("%s", (_, fields, code) => {
    expect(approvalRefusal(attempt(fields))?.code ?? null).toBe(code);
  });

  it("names the rule", () => {
    const why = approvalRefusal(
      attempt({ authors: { reporter: null, lastEditor: ada }, need: need({ authorMayNot: noAuthor }) }),
    );
    expect(why).toEqual({
      code: "author_may_not_approve",
      message: "You edited this last. Route Pay lets no author approve: somebody else must approve it",
      fields: { rule: "route_author", wrote: "edited" },
    });
  });
});

describe("what breaking the glass would go around", () => {
  it.each<[string, Partial<ApprovalAttempt>, string[]]>([
    ["one's own approval is enough", {}, []],
    ["two are needed", { need: need({ count: 2, because: two }) }, ["route_people"]],
    [
      "two are needed and one was given",
      { need: need({ count: 2, because: two }), standing: [grant(bob)] },
      [],
    ],
    [
      "two are needed and one gave theirs",
      { need: need({ count: 2, because: two }), standing: [grant(ada)] },
      ["route_people"],
    ],
    [
      "the author",
      { need: need({ authorMayNot: noAuthor }), authors: { reporter: ada, lastEditor: null } },
      ["route_author"],
    ],
    [
      "the author of what two must approve",
      {
        need: need({ count: 2, because: two, authorMayNot: noAuthor }),
        authors: { reporter: ada, lastEditor: null },
      },
      ["route_author", "route_people"],
    ],
  ])("%s", (_, fields, codes) => {
    expect(rulesInTheWay(attempt(fields)).map((each) => each.code)).toEqual(codes);
  });
});
