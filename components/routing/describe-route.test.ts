import { expect, it } from "vitest";
import { describeRoute } from "./describe-route";
import { newRoute } from "./edit-routes";

const valuesOf = (part: object) =>
  Object.fromEntries(
    describeRoute({ ...newRoute([]), ...part }).fields.map(({ label, value }) => [label, value]),
  );

it("says conditions, windows, continue and shadow in words", () => {
  expect(
    valuesOf({
      conditions: [
        { field: "title", op: "regex", values: ["timeout"], negate: true },
        { field: "risk_level", op: "at_least", value: "high" },
      ],
      active_windows: [{ zone: "UTC", days: ["sat"], from: "08:00", to: "12:00" }],
      continue: true,
      mode: "shadow",
    }),
  ).toMatchObject({
    "And when": "title does not match timeout; risk is at least high",
    "Only at": "Sat 08:00 to 12:00, UTC",
    "Later routes": "looked at too",
    Shadow: "only records what it would have sent",
  });
});

it("says nothing of what is not set", () => {
  expect(valuesOf({})).toMatchObject({ "And when": "", "Only at": "", "Later routes": "", Shadow: "" });
});
