import { expect, it } from "vitest";
import { nameOf, namesOf } from "./names";

const names = namesOf({
  destinations: [{ destination_id: "pager", name: "Pager, Europe" }],
  monitored_projects: [{ project_id: "shop", name: "" }],
  routes: [{ route_id: "pay", name: "Payments" }],
} as unknown as Parameters<typeof namesOf>[0]);

it.each([
  ["what has a name", nameOf(names).destination("pager"), "Pager, Europe"],
  ["what has an empty one", nameOf(names).project("shop"), "shop"],
  ["a route", nameOf(names).route("pay"), "Payments"],
  ["what is gone", nameOf(names).destination("old"), "old"],
  ["what an object has by itself", nameOf(names).destination("constructor"), "constructor"],
  ["before anything is known", nameOf(undefined).project("shop"), "shop"],
])("%s", (_, said, words) => {
  expect(said).toBe(words);
});
