import { expect, it } from "vitest";
import type { UserWire } from "@/lib/contracts/access";
import { approverTrouble, mayApprove, namedPeopleWords, personLabel } from "./approver-words";

const person = (user_id: string, fields: Partial<UserWire> = {}): UserWire => ({
  ...{ user_id, email: `${user_id}@example.test`, name: "Ada", version: 1, project_roles: {} },
  ...{ role: "approver", created_at_ms: 0, session_count: 0, ...fields },
});

it.each<[string, UserWire | undefined, boolean, string | null]>([
  ["may", person("a"), true, null],
  ["on a project alone", person("a", { role: undefined, project_roles: { shop: "admin" } }), true, null],
  ["disabled", person("a", { disabled_at_ms: 1 }), true, "disabled"],
  ["another role", person("a", { role: "auditor" }), true, "may not approve"],
  ["gone", undefined, true, "gone"],
  ["not read", undefined, false, null],
])("%s", (_, who, isRead, trouble) => {
  expect(approverTrouble(who, isRead)).toBe(trouble);
  if (who) expect(mayApprove(who)).toBe(trouble === null);
});

it("two of one name are told apart by their address", () => {
  const [one, two] = [person("a"), person("b")];
  expect([personLabel(one, [one]), personLabel(one, [one, two])]).toEqual(["Ada", "Ada (a@example.test)"]);
});

it.each<[string[] | undefined, number | undefined, string]>([
  [undefined, 2, ""],
  [["a"], undefined, "the person who is named"],
  [["a", "b"], 1, "one of 2 people who are named"],
  [["a", "b", "c"], 2, "2 of 3 people who are named"],
])("%j of %s", (ids, count, words) => expect(namedPeopleWords(ids, count)).toBe(words));
