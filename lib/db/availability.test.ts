import { describe, expect, it } from "vitest";
import { isDatabaseAway } from "./availability";

const failed = (fields: object) => Object.assign(new Error("failed"), fields);

describe("isDatabaseAway", () => {
  it.each([
    ["refused", failed({ code: "ECONNREFUSED" })],
    ["starting up", failed({ code: "57P03", severity: "FATAL" })],
    ["full", failed({ code: "53100", severity: "ERROR" })],
    ["cut off", new Error("Connection terminated unexpectedly")],
    ["too slow to answer", new Error("Query read timeout")],
    ["no connection in time", new Error("timeout exceeded when trying to connect")],
    ["Prisma's word", failed({ code: "P1001" })],
    ["wrapped by the adapter", failed({ cause: { kind: "ConnectionClosed" } })],
  ])("%s", (_, error) => expect(isDatabaseAway(error)).toBe(true));

  it.each([
    ["a statement's error", failed({ code: "22P05", severity: "ERROR" })],
    ["a unique violation", failed({ code: "P2002" })],
    ["a bug", new TypeError("x is not a function")],
    ["no error", undefined],
  ])("not %s", (_, error) => expect(isDatabaseAway(error)).toBe(false));
});
