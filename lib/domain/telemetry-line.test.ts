import { describe, expect, it } from "vitest";
import { cursorOfLine, otlpLogs, telemetryLine } from "./telemetry-line";

const entry = {
  ...{ recordId: "bmtel_1", destinationId: "local", createdAtMs: 1_767_225_600_123 },
  record: {
    ...{
      title: "Checkout\nfailed",
      risk_level: "high",
      route_tags: ["a", 7, "b"],
      occurrences: 3,
      share: 0.5,
    },
    ...{ nested: { deep: true }, nothing: null, record_id: "forged", excerpt: "a line of a log", test: true },
  },
};

describe("a record as a line of JSON", () => {
  it("is one line, says first when and which, and is not led astray by the record's own words", () => {
    const line = telemetryLine(entry);
    expect(line.indexOf("\n")).toBe(line.length - 1);
    expect(line.startsWith('{"recorded_at_ms":1767225600123,"record_id":"bmtel_1"')).toBe(true);
    expect(cursorOfLine(line)).toEqual({ createdAtMs: 1_767_225_600_123, recordId: "bmtel_1" });
  });

  it.each(["", "{", "7", "null", '{"record_id":"x"}', '{"recorded_at_ms":"1","record_id":"x"}'])(
    "%j is no place to go on from",
    (line) => expect(cursorOfLine(line)).toBeNull(),
  );
});

describe("records as OpenTelemetry logs", () => {
  it("carry time, severity, title and attributes, and no excerpt", () => {
    const [resource] = (otlpLogs([entry]).resourceLogs as [{ scopeLogs: [{ logRecords: unknown[] }] }]) ?? [];
    const [record] = resource.scopeLogs[0].logRecords as Array<Record<string, unknown>>;
    expect(record).toMatchObject({
      timeUnixNano: "1767225600123000000",
      severityNumber: 17,
      severityText: "ERROR",
      body: { stringValue: "Checkout\nfailed" },
    });
    const attributes = record?.attributes as Array<{ key: string; value: unknown }>;
    const of = (key: string) => attributes.find((each) => each.key === `incident_monitor.${key}`)?.value;
    expect(of("record_id")).toEqual({ stringValue: "bmtel_1" });
    expect(of("occurrences")).toEqual({ intValue: "3" });
    expect(of("share")).toEqual({ doubleValue: 0.5 });
    expect(of("test")).toEqual({ boolValue: true });
    expect(of("route_tags")).toEqual({
      arrayValue: { values: [{ stringValue: "a" }, { stringValue: "b" }] },
    });
    expect([of("nested"), of("nothing"), of("excerpt")]).toEqual([undefined, undefined, undefined]);
  });
});
