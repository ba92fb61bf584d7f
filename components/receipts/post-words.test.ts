import { expect, it } from "vitest";
import type { AttemptWire, PostDetailWire, PostWire } from "@/lib/contracts/post";
import { actionsFor } from "./post-actions";
import { deliverySentence } from "./post-words";

const lost = { outcome: "ambiguous", started_at_ms: 0, duration_ms: 57 } as AttemptWire;
const accepted = { outcome: "published", started_at_ms: 0, duration_ms: 57 } as AttemptWire;
const ada = { kind: "user", id: "usr_1", name: "Ada" };
const told = (post: Partial<PostWire>, attempts: AttemptWire[]) =>
  deliverySentence({ post: { attempt_count_max: 10, ...post }, attempts } as PostDetailWire);

it.each([
  ["accepted", { state: "published" as const }, [accepted], /^Accepted at the first attempt/],
  ["found by asking", { state: "published" as const }, [lost], /the destination was asked and has it/],
  ["settled by hand", { state: "published" as const, resolved_by: ada }, [lost], /Ada looked there/],
  ["left by hand", { state: "failed" as const, resolved_by: ada }, [lost], /nobody knows whether/],
  ["no answer, asked about", { state: "ambiguous" as const, reconcile_at_ms: 1 }, [lost], /is asked before/],
  ["no answer, nobody to ask", { state: "ambiguous" as const }, [lost], /settle it by hand/],
])("what is said of one that was %s", (_how, post, attempts, words) => {
  expect(told(post, attempts)).toMatch(words);
});

it.each([
  ["due", {}, ["cancel"]],
  ["retrying", {}, ["cancel"]],
  ["failed", {}, ["retry"]],
  ["blocked", {}, ["retry"]],
  ["cancelled", {}, ["retry"]],
  ["ambiguous", { reconcile_at_ms: 1 }, ["reconcile", "resolve"]],
  ["ambiguous", {}, ["resolve"]],
  ["sending", {}, []],
  ["published", {}, []],
] as const)("%s %o can have done to it: %o", (state, more, actions) => {
  expect(actionsFor({ state, ...more }).map(({ action }) => action)).toEqual(actions);
});
