import { expect, it } from "vitest";
import { type AccessMessage, accessSubject, accessText, isMailable } from "./access-message";

const message: AccessMessage = {
  ...{ about: "invitation", linkId: "access-link-1", by: "Ada" },
  expiresAtMs: Date.UTC(2026, 5, 29, 12, 30),
};
const link = "https://monitor.example.com/invitation#tim_invite_x";

it("an invitation says who, the link, and until when", () => {
  expect(accessSubject(message)).toBe("You are invited to Incident Monitor");
  const text = accessText(message, link);
  expect(text).toContain("Ada invited you");
  expect(text).toContain(`  ${link}\n`);
  expect(text).toContain("once, until 2026-06-29 12:30 UTC");
  expect(text).not.toContain("access-link-1");
});

it("a reset says what it does, and invites nobody", () => {
  const reset = { ...message, about: "password_reset" } as const;
  expect(accessSubject(reset)).toBe("Set another password for Incident Monitor");
  expect(accessText(reset, link)).toMatch(/^Ada made a link with which you can set another password/);
  expect(accessText(reset, link)).not.toMatch(/invited/);
});

it.each([
  [
    "lines of its own",
    "Ada\r\n\r\nPay here: https://evil.test\u2028now",
    "Ada Pay here: https://evil.test now",
  ],
  ["nothing to see", "\u200b\u0007 ", "An administrator"],
  ["too much", "x".repeat(300), "x".repeat(100)],
])("a name makes no line of the message: %s", (_, by, shown) => {
  expect(accessText({ ...message, by }, link).split("\n")[0]).toBe(
    `${shown} invited you to Incident Monitor. Join here, with a name and a password of yours:`,
  );
});

it("an address of this machine alone is mailed nothing", () => {
  expect([isMailable("admin@localhost"), isMailable("ada@example.test")]).toEqual([false, true]);
});
