import { describe, expect, it } from "vitest";
import { newTotpSecret, totpCodeAt, totpStepOf, totpUri } from "./totp";

/** "12345678901234567890", the secret of RFC 6238's appendix B. */
const rfcSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("one-time codes", () => {
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("at second %i is what RFC 6238 says", (seconds, code) => {
    expect(totpCodeAt(rfcSecret, seconds * 1_000)).toBe(code);
    expect(totpStepOf(rfcSecret, code, seconds * 1_000)).toBe(Math.floor(seconds / 30));
  });

  it("are taken one step early or late, as the step they belong to, and no further", () => {
    const step = 50_000_000;
    const code = totpCodeAt(rfcSecret, step * 30_000);
    const at = (steps: number) => totpStepOf(rfcSecret, code, (step + steps) * 30_000);
    expect([at(-2), at(-1), at(0), at(1), at(2)]).toEqual([null, step, step, step, null]);
  });

  it("are six digits and nothing like them", () => {
    for (const code of ["", "28708", "2870820", "abcdef", "287082 ", "²87082"])
      expect(totpStepOf(rfcSecret, code, 59_000)).toBeNull();
  });

  it("come of secrets of 160 bits, each its own", () => {
    const [first, second] = [newTotpSecret(), newTotpSecret()];
    expect(first).toMatch(/^[A-Z2-7]{32}$/);
    expect(first).not.toBe(second);
  });

  it("the QR code names product and person", () => {
    const uri = new URL(totpUri(rfcSecret, "ada@example.test", "Incident Monitor"));
    expect(decodeURIComponent(uri.pathname)).toMatch(/Incident Monitor:ada@example\.test$/);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      ...{ issuer: "Incident Monitor", secret: rfcSecret },
      ...{ algorithm: "SHA1", digits: "6", period: "30" },
    });
  });
});
