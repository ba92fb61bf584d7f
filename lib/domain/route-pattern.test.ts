import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePattern, matchesGlob } from "./route-pattern";

describe("regular expressions", () => {
  it.each([
    ["found anywhere", "time.?out", "connection Time-Out after 3 s", true],
    ["anchored", "^payments-", "the payments-worker", false],
    ["anchored at the end", "worker$", "payments-Worker", true],
    ["case counts when asked for", "(?-i)Timeout", "timeout", false],
    ["a class", "e[0-9]{3}", "E404", true],
    ["the dot stops at a line's end", "a.b", "a\nb", false],
  ])("%s: %s in %j", (_, pattern, text, expected) => {
    const compiled = compilePattern(pattern);
    expect(compiled.ok && compiled.finds(text)).toBe(expected);
  });

  it.each([
    ["(ab", 1, "missing closing )"],
    ["x(y(z)", 2, "missing closing )"],
    ["a\\)b)c", 5, "unexpected )"],
    ["[)]a)", 5, "unexpected )"],
    ["ab[cd", 3, "missing closing ]"],
    ["x[z-a]", 3, "invalid character class range"],
    ["ab**", 3, "invalid nested repetition operator"],
    ["a{2000}", 2, "invalid repeat count"],
    ["((a{100}){99}){98}", 10, "invalid repeat count"],
    ["a(?=b)", 2, "invalid or unsupported Perl syntax"],
    ["a\\1", 2, "invalid escape sequence"],
    ["ab\\", 3, "trailing backslash at end of expression"],
    ["  ", 1, "is blank"],
  ])("%j is refused at character %i: %s", (pattern, position, message) => {
    expect(compilePattern(pattern)).toEqual({ ok: false, fault: { message, position } });
  });

  it("what would take too many steps is refused, however short it is written", () => {
    for (const pattern of ["(.{0,1000})z", "(a?){300}a{300}", "(\\pL{1,50}){1,20}z"]) {
      const compiled = compilePattern(pattern);
      expect(compiled).toMatchObject({
        ok: false,
        fault: { message: expect.stringMatching(/^is too large/) },
      });
    }
  });

  it("catastrophic patterns answer fast: time grows with the text and no faster", () => {
    const long = "x".repeat(20_000);
    for (const pattern of ["(x+x+)+y", "(x|xx)+$y", "^(\\w+\\s?)*$", "(.*x){20}y", "([a-z]+)*\\d"]) {
      const compiled = compilePattern(pattern);
      if (!compiled.ok) throw new Error(pattern);
      const startedAt = performance.now();
      compiled.finds(long);
      // A backtracking engine would not come back in this universe's time.
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    }
  });

  it("never throws, whatever the pattern", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string(), (pattern, text) => {
        const compiled = compilePattern(pattern);
        if (compiled.ok) compiled.finds(text);
        else {
          expect(compiled.fault.position).toBeGreaterThanOrEqual(1);
          expect(compiled.fault.position).toBeLessThanOrEqual(Math.max(1, pattern.length));
        }
      }),
    );
  });
});

describe("globs", () => {
  it.each([
    ["payments-*", "payments-worker", true],
    ["payments-*", "the payments-worker", false],
    ["*-worker", "payments-worker", true],
    ["*pay*work*", "the payments-worker", true],
    ["api-?", "api-1", true],
    ["api-?", "api-", false],
    ["*", "", true],
    ["a*b*c", "abbc", true],
    ["a*b*c", "acb", false],
    ["a.c", "abc", false],
    ["a[b]c", "a[b]c", true],
    ["**a", "bca", true],
    ["", "a", false],
  ])("%j and %j: %s", (glob, text, expected) => {
    expect(matchesGlob(glob, text)).toBe(expected);
  });

  it("agrees with the expression it stands for", () => {
    const letters = fc.stringMatching(/^[ab*?]{0,8}$/);
    fc.assert(
      fc.property(letters, fc.stringMatching(/^[ab]{0,12}$/), (glob, text) => {
        const expression = new RegExp(
          `^${glob.replaceAll("*", ".*").replaceAll("?", ".")}$`.replace(/(\.\*)+/g, ".*"),
        );
        expect(matchesGlob(glob, text)).toBe(expression.test(text));
      }),
    );
  });

  it("stays fast on text made to make it go back", () => {
    const startedAt = performance.now();
    expect(matchesGlob(`${"*a".repeat(100)}b`, "a".repeat(10_000))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
