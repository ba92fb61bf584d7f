import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

const directive = (policy: string, name: string) =>
  policy.split("; ").find((part) => part.startsWith(`${name} `)) ?? "";

it("gives scripts and style elements the nonce, and eval to development alone", () => {
  const production = contentSecurityPolicy("abc", false);
  expect(directive(production, "script-src")).toBe("script-src 'nonce-abc' 'strict-dynamic'");
  expect(directive(production, "style-src")).toMatch(/^style-src 'self' 'nonce-abc' /);
  expect(production).not.toContain("unsafe-eval");
  const development = contentSecurityPolicy("abc", true);
  expect(directive(development, "script-src")).toContain("'unsafe-eval'");
  // A nonce or a hash would switch 'unsafe-inline' off.
  expect(directive(development, "style-src")).toBe("style-src 'self' 'unsafe-inline'");
});

it("knows the styles of the installed sonner", () => {
  const source = readFileSync("node_modules/sonner/dist/index.mjs", "utf8");
  const literal = /^__insertCSS\((".*")\);?$/m.exec(source)?.[1] ?? '""';
  const styles = JSON.parse(literal) as string;
  expect(styles).not.toBe("");
  const allowed = directive(contentSecurityPolicy("abc", false), "style-src");
  for (const text of ["", styles]) {
    expect(allowed).toContain(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  }
});
