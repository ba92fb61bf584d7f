import { expect, it } from "vitest";
import { sourceWords } from "./source-words";

it.each([
  ["manual", "reported directly"],
  ["incident_monitor.intake.external", "intake key"],
  ["incident_monitor.intake.ci", "intake key, ci"],
  ["incident_monitor.log.worker.eu", "log worker.eu"],
  ["incident_monitor.delivery", "this monitor's delivery"],
  ["checkout-web", "checkout-web"],
  ["incident_monitor", "incident_monitor"],
  ["my.incident_monitor.log.x", "my.incident_monitor.log.x"],
])("source %s reads %s", (source, words) => {
  expect(sourceWords(source)).toBe(words);
});
