import { expect, it } from "vitest";
import { nameOf } from "@/lib/queries/names";
import { subjectPath, subjectWords } from "./subject-words";

const name = nameOf({
  destinations: { pager: "Pager, Europe" },
  projects: { shop: "The shop" },
  routes: { pay: "Payments" },
});
const access = { user: { "user-1": "Grace Hopper" }, token: { "token-1": "Nightly export" } };

it.each([
  ["draft", "failure-draft-c7425cf40ddb4229b3c4aba5df1b07f1", "draft c7425cf4"],
  ["triage_run", "failure-run-0ad2506ce6e647d8a112049175f51de8", "triage run 0ad2506c"],
  ["user", "user-1", "user Grace Hopper"],
  ["user", "constructor", "user constructor"],
  ["token", "token-267d00ea05d84f1cbe34272d60157434", "token 267d00ea"],
  ["token", "token-1", "token Nightly export"],
  ["destination", "pager", "destination Pager, Europe"],
  ["project", "shop", "project The shop"],
  ["route", "pay", "route Payments"],
  ["log_source", "shop/api", "log source The shop / api"],
  ["runtime_registration", "night-shift", "runtime registration night-shift"],
])("says of %s %s what it is", (subject_kind, subject_id, words) => {
  expect(subjectWords({ subject_kind, subject_id }, name, access)).toBe(words);
});

it.each([
  ["draft", "d", "/drafts/d"],
  ["post", "p", "/receipts/p"],
  ["session", "s", null],
])("leads to a %s where a screen shows it", (subject_kind, subject_id, path) => {
  expect(subjectPath({ subject_kind, subject_id })).toBe(path);
});
