import { describe, expect, it } from "vitest";
import type { RouteWire } from "@/lib/contracts/config";
import { inOrder, moveTo, newRoute, tidyRoute } from "./edit-routes";

const route = (route_id: string, priority: number) => ({
  ...newRoute([]),
  route_id,
  name: route_id,
  priority,
});
const order = (routes: readonly RouteWire[]) => inOrder(routes).map((each) => each.route_id);

it("tries the higher priority first, then by name", () => {
  expect(order([route("b", 1), route("c", 5), route("a", 1)])).toEqual(["c", "a", "b"]);
});

it("puts a new route last", () => {
  const routes = [route("a", 20), route("b", 10)];
  expect(order([...routes, newRoute(routes)])).toEqual(["a", "b", "route"]);
});

describe("moving", () => {
  const routes = [route("a", 30), route("b", 20), route("c", 10)];
  it.each([
    ["c", 0, ["c", "a", "b"], 40],
    ["a", 2, ["b", "c", "a"], 0],
    ["c", 1, ["a", "c", "b"], 25],
    ["b", 1, ["a", "b", "c"], 20],
    ["b", 9, ["a", "c", "b"], 0],
  ])("%s to %i", (id, place, expected, priority) => {
    const moved = moveTo(routes, id, place);
    expect(order(moved)).toEqual(expected);
    expect(moved.find((each) => each.route_id === id)?.priority).toBe(priority);
    expect(moved.filter((each, index) => each !== routes[index])).toHaveLength(1);
  });

  it("numbers all anew when there is no room between two", () => {
    const tight = [route("a", 2), route("b", 1), route("c", 0)];
    expect(order(moveTo(tight, "c", 1))).toEqual(["a", "c", "b"]);
    const same = [route("a", 5), route("b", 5), route("c", 5)];
    expect(order(moveTo(same, "c", 0))).toEqual(["c", "a", "b"]);
  });
});

describe("settings beyond the contract", () => {
  const plain = route("a", 1);
  const off = { conditions: [], active_windows: [], continue: false, mode: "live" as const };
  const on = {
    conditions: [{ field: "title" as const, op: "regex" as const, values: ["x"] }],
    active_windows: [{ zone: "UTC", from: "09:00", to: "17:00" }],
    continue: true,
    mode: "shadow" as const,
  };
  it("are absent when they were never set, so that nothing counts as changed", () => {
    expect(tidyRoute({ ...plain, ...off }, plain)).toStrictEqual(plain);
    expect(tidyRoute({ ...plain, ...off }, undefined)).toStrictEqual(plain);
  });
  it("are turned off aloud when they were set: leaving them out would keep them", () => {
    expect(tidyRoute({ ...plain, ...off }, { ...plain, ...on })).toStrictEqual({ ...plain, ...off });
  });
  it("stay as they are set", () => {
    expect(tidyRoute({ ...plain, ...on }, plain)).toStrictEqual({ ...plain, ...on });
  });
});
