import { expect, it } from "vitest";
import { fixCommand } from "./fix-command";

const origin = "https://monitor.example.com";

it("a row is read, changed in one field and sent back", () => {
  const path = "/config/incident-monitor/destinations/o'brien";
  const command = fixCommand(
    { method: "PUT", path, change: { field: "require_approval", value: true } },
    origin,
  );
  expect(command).toContain("jq 'to_entries[0].value | .require_approval = true'");
  expect(command.match(/destinations\/o'\\''brien'/g)).toHaveLength(2);
  expect(command).toContain("$INCIDENT_MONITOR_TOKEN");
});

it("what a person chooses is a variable, and safety defaults carry the version they were read at", () => {
  const change = { field: "safety_defaults.retention_days" };
  const command = fixCommand({ method: "PATCH", path: "/config/incident-monitor", change }, origin);
  expect(command).toContain('--argjson value "$VALUE"');
  expect(command).toContain(".safety_defaults.retention_days = $value");
  expect(command).toContain("{incident_monitor: {safety_defaults, updated_at_ms}}");
});
