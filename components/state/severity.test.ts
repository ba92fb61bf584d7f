import { expect, it } from "vitest";
import { severityLook } from "./severity";

it.each([
  ["critical", "critical", "Critical"],
  ["URGENT", "critical", "Critical"],
  ["severe", "critical", "Critical"],
  [" moderate ", "medium", "Medium"],
  ["informational", "info", "Info"],
  ["apocalyptic", "info", "Apocalyptic"],
  ["", "info", "Unrated"],
  [null, "info", "Unrated"],
  ["constructor", "info", "Constructor"],
])("%s is %s", (value, severity, word) => {
  expect(severityLook(value)).toMatchObject({ severity, word });
});
