import { describe, expect, it } from "vitest";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-codes";

describe("recovery codes", () => {
  it("are ten, each another, and easy to copy by hand", () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$/);
    expect(newRecoveryCodes()).not.toEqual(codes);
  });

  it("mean the same however they are typed, to one person only", () => {
    const hash = recoveryCodeHash("pepper", "user-1", "abcde-fgh23");
    for (const typed of ["ABCDE-FGH23", "abcdefgh23", " abcde fgh23 "])
      expect(recoveryCodeHash("pepper", "user-1", typed)).toBe(hash);
    expect(recoveryCodeHash("pepper", "user-2", "abcde-fgh23")).not.toBe(hash);
    expect(recoveryCodeHash("other", "user-1", "abcde-fgh23")).not.toBe(hash);
  });
});
