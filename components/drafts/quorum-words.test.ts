import { describe, expect, it } from "vitest";
import type { DraftReviewWire } from "@/lib/contracts/review";
import {
  isShared,
  namedTroubles,
  namedWords,
  nthWords,
  originOf,
  quorumWords,
  shareWords,
} from "./quorum-words";

type Quorum = DraftReviewWire["approval"]["quorum"];
const by = (id: string) => ({ actor: { kind: "user", id, name: id } }) as Quorum["counted"][number];
const quorum = (needed: number, ...ids: string[]): Quorum => ({
  ...{ needed, missing: Math.max(0, needed - ids.length), counted: ids.map(by), outdated: [] },
  ...{ named: [], unreachable: [], people_only: true, author_may_not: [], step_up: [] },
});

describe("settings that name people, in words", () => {
  const named = (count: number, approved: string[], ...names: string[]): Quorum["named"][number] => ({
    ...{ because: { code: "route_people", message: "" }, count, missing: count - approved.length },
    people: names.map((name) => ({
      ...{
        user_id: name,
        name,
        approved: approved.includes(name),
        standing: name === "Off" ? "disabled" : "may",
      },
    })),
  });
  it.each<[Quorum["named"][number], string]>([
    [named(1, [], "Ada"), "Ada must approve"],
    [named(1, [], "me", "Ada"), "One of you and Ada must approve"],
    [named(2, ["Ada"], "Ada", "Ben", "Cyd"), "2 of Ada, Ben and Cyd must approve; Ada did, 1 more"],
    [named(2, ["Ada", "Ben"], "Ada", "Ben"), "Ada and Ben must both approve; Ada and Ben did"],
  ])("%#", (given, words) => expect(namedWords(given, "me")).toBe(words));

  it("says once who of them cannot", () => {
    expect(namedTroubles([named(1, [], "Ada", "Off"), named(1, [], "Off")])).toEqual(["Off: disabled"]);
  });
});

describe("how far approving has come, in words", () => {
  it.each<[Quorum, string, string]>([
    [quorum(2), "0 of 2", "2 different people must approve"],
    [quorum(2, "Ada"), "1 of 2", "by Ada; 1 more from somebody else"],
    [quorum(2, "me"), "1 of 2", "by you; 1 more from somebody else"],
    [quorum(3, "Ada", "me"), "2 of 3", "by Ada and you; 1 more from somebody else"],
    [quorum(2, "Ada", "Bob"), "2 of 2", "by Ada and Bob"],
  ])("%#", (given, share, words) => {
    expect([shareWords(given), quorumWords(given, "me")]).toEqual([share, words]);
  });

  it("says which of several an approval is, and nothing where one suffices", () => {
    expect([nthWords(quorum(1)), nthWords(quorum(2, "Ada"))]).toEqual(["", " (2 of 2)"]);
    expect([isShared(quorum(1)), isShared(quorum(2))]).toEqual([false, true]);
  });
});

describe("the setting that a rule comes from", () => {
  it.each([
    ["route_people", { routeId: "pay" }, { word: "route", kind: "route", id: "pay" }],
    ["project_people", { projectId: "shop" }, { word: "project", kind: "source", id: "shop" }],
    [
      "destination_requires",
      { destinationId: "hook" },
      { word: "destination", kind: "destination", id: "hook" },
    ],
    ["critical_risk_people", {}, { word: "safety defaults", kind: "safety" }],
    ["risk_level", {}, { word: "safety defaults", kind: "safety" }],
    ["nothing_requires", {}, null],
  ])("%s", (code, fields, origin) => {
    expect(originOf({ code, fields })).toEqual(origin);
  });
});
