import { describe, expect, it } from "vitest";
import { formatMarker, parseRedactions } from "./marker";

describe("markers", () => {
  it.each([
    ["password", undefined, undefined, "[redacted:password]"],
    ["card_number", 16, undefined, "[redacted:card_number,16]"],
    ["token", undefined, "3fa2", "[redacted:token#3fa2]"],
    ["card_number", 16, "00ff", "[redacted:card_number,16#00ff]"],
  ])("%s %s %s is written and read back", (kind, length, suffix, text) => {
    expect(formatMarker(kind, length, suffix)).toBe(text);
    const [mark] = parseRedactions(`a ${text} b`);
    expect(mark).toEqual({
      start: 2,
      end: 2 + text.length,
      kind,
      ...(length === undefined ? {} : { length }),
      ...(suffix === undefined ? {} : { suffix }),
    });
  });

  it.each([
    ["nothing", ""],
    ["another bracket", "[redacted]"],
    ["an upper-case kind", "[redacted:Password]"],
    ["no end", "[redacted:password"],
    ["text in the kind", "[redacted:pass word]"],
    ["too long a kind", `[redacted:${"a".repeat(60)}]`],
  ])("%s is no marker", (_case, text) => {
    expect(parseRedactions(text)).toEqual([]);
  });

  it("finds every marker, in order, each time it is asked", () => {
    const text = "[redacted:a][redacted:b] x [redacted:c,4]";
    expect(parseRedactions(text).map((mark) => mark.kind)).toEqual(["a", "b", "c"]);
    expect(parseRedactions(text)).toEqual(parseRedactions(text));
  });
});
