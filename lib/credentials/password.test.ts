import { scryptSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { passwordLengthMax } from "@/lib/domain/password-rules";
import { hashPassword, verifyPassword } from "./password";

const cheapHash = (password: string, N: number) => {
  const salt = Buffer.from("0123456789abcdef");
  const key = scryptSync(password, salt, 32, { N, r: 8, p: 1 });
  return `scrypt$${N}$8$1$${salt.toString("base64url")}$${key.toString("base64url")}`;
};

describe("hashPassword", () => {
  it("names its cost and never makes the same hash twice", async () => {
    const [one, other] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
    expect(one).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(other);
  });

  it("refuses what it could not check again", async () => {
    await expect(hashPassword("x".repeat(passwordLengthMax + 1))).rejects.toThrow(RangeError);
  });
});

describe("verifyPassword", () => {
  it("knows the right one from a wrong one", async () => {
    const hash = await hashPassword("correct horse");
    expect(await verifyPassword("correct horse", hash)).toEqual({ matches: true, needsRehash: false });
    expect(await verifyPassword("Correct horse", hash)).toEqual({ matches: false });
    expect(await verifyPassword("", hash)).toEqual({ matches: false });
  });

  it("takes one text for one whatever its code points", async () => {
    const hash = await hashPassword("caf\u00e9");
    expect(await verifyPassword("cafe\u0301", hash)).toMatchObject({ matches: true });
  });

  it("asks for a new hash where the old one was cheaper", async () => {
    expect(await verifyPassword("old", cheapHash("old", 2 ** 14))).toEqual({
      matches: true,
      needsRehash: true,
    });
  });

  it("does not match beyond the length it looks at", async () => {
    const hash = await hashPassword("x".repeat(passwordLengthMax));
    expect(await verifyPassword("x".repeat(passwordLengthMax + 1), hash)).toEqual({ matches: false });
  });

  it.each([
    ["no hash", null],
    ["an empty one", ""],
    ["another kind", "$2b$10$abcdefghijklmnopqrstuuJ7bqVQ6fAVAVZ5Ck4OeiIUzTnmVaYXG"],
    ["a cost that would occupy the machine", cheapHash("x", 1024).replace("$1024$", "$2097152$")],
    ["a cost that is no power of two", cheapHash("x", 1024).replace("$1024$", "$1000$")],
  ])("matches nothing against %s", async (_, stored) => {
    expect(await verifyPassword("x", stored)).toEqual({ matches: false });
  });

  it("takes as long for somebody unknown as for a wrong password", async () => {
    const hash = await hashPassword("correct horse");
    const timed = async (stored: string | null) => {
      const startedAt = performance.now();
      await verifyPassword("wrong", stored);
      return performance.now() - startedAt;
    };
    const known = Math.min(await timed(hash), await timed(hash));
    const unknown = Math.min(await timed(null), await timed(null));
    expect(unknown).toBeGreaterThan(known / 4);
  });
});
