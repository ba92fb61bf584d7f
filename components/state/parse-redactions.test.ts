import { expect, it } from "vitest";
import { countRedactions, parseRedactions } from "./parse-redactions";

it.each([
  ["plain", "no marker", [{ type: "text", text: "no marker" }]],
  ["kind", "[redacted:email]", [{ type: "redaction", kind: "email" }]],
  ["kind and length", "[redacted:card_number,16]", [{ type: "redaction", kind: "card number", length: 16 }]],
  ["suffix", "[redacted:email#a1f]", [{ type: "redaction", kind: "email", suffix: "a1f" }]],
  ["bare", "[redacted]", [{ type: "redaction", kind: "removed" }]],
  [
    "amid text",
    "auth=[redacted:bearer-token] end",
    [
      { type: "text", text: "auth=" },
      { type: "redaction", kind: "bearer token" },
      { type: "text", text: " end" },
    ],
  ],
  ["not closed", "[redacted:email", [{ type: "text", text: "[redacted:email" }]],
  ["empty", "", []],
])("%s", (_name, text, parts) => {
  expect(parseRedactions(text)).toEqual(parts);
});

it("counts", () => {
  expect(countRedactions("[redacted:email] and [redacted:phone]")).toBe(2);
});
