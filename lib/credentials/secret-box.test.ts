import { describe, expect, it } from "vitest";
import { openSecret, sealSecret } from "./secret-box";

const [pepper, other] = ["a pepper of this host", "a pepper of another host"];

describe("sealed secrets", () => {
  it("open for their owner on their host, and look different every time", () => {
    const [first, second] = [
      sealSecret(pepper, "user-1", "JBSWY3DP"),
      sealSecret(pepper, "user-1", "JBSWY3DP"),
    ];
    expect(first).not.toBe(second);
    expect(first).not.toContain("JBSWY3DP");
    expect(openSecret(pepper, "user-1", first)).toBe("JBSWY3DP");
    expect(openSecret(pepper, "user-1", second)).toBe("JBSWY3DP");
  });

  it("stay closed to another owner and under another key", () => {
    const sealed = sealSecret(pepper, "user-1", "JBSWY3DP");
    expect(openSecret(pepper, "user-2", sealed)).toBeNull();
    expect(openSecret(other, "user-1", sealed)).toBeNull();
  });

  it("stay closed once a single byte was changed, cut off or never sealed", () => {
    const sealed = sealSecret(pepper, "user-1", "JBSWY3DP");
    const bytes = Buffer.from(sealed.slice(4), "base64url");
    for (let i = 0; i < bytes.length; i++) {
      const altered = Buffer.from(bytes);
      altered[i] = (altered[i] ?? 0) ^ 1;
      expect(openSecret(pepper, "user-1", `box$${altered.toString("base64url")}`)).toBeNull();
    }
    for (const text of [sealed.slice(0, 20), sealed.slice(4), "", "JBSWY3DP"])
      expect(openSecret(pepper, "user-1", text)).toBeNull();
  });
});
