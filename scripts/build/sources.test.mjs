import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashSchema, hashSources } from "./sources.mjs";

let root;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-sources-"));
  write("server.ts", "1");
  write("lib/domain/draft.ts", "1");
  write("prisma/schema/schema.prisma", "1");
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function write(relative, text) {
  fs.mkdirSync(path.dirname(path.join(root, relative)), { recursive: true });
  fs.writeFileSync(path.join(root, relative), text);
}

describe("hashSources", () => {
  it.each([
    ["a changed file", () => write("lib/domain/draft.ts", "2")],
    ["a new file", () => write("app/page.tsx", "")],
    ["a removed file", () => fs.rmSync(path.join(root, "server.ts"))],
    [
      "a renamed file",
      () => fs.renameSync(path.join(root, "lib/domain/draft.ts"), path.join(root, "lib/domain/drafts.ts")),
    ],
    ["a new lockfile", () => write("package-lock.json", "{}")],
  ])("notices %s", (_, change) => {
    const before = hashSources(root);
    change();
    expect(hashSources(root)).not.toBe(before);
  });

  it.each([
    ["the time of a file", () => fs.utimesSync(path.join(root, "server.ts"), 1, 1)],
    ["a test", () => write("lib/domain/draft.test.ts", "")],
    ["a test's support", () => write("lib/testing/factory.ts", "")],
    ["generated code", () => write("lib/db/generated/client.ts", "")],
    ["documentation", () => write("docs/architecture.md", "")],
  ])("is not moved by %s", (_, change) => {
    const before = hashSources(root);
    change();
    expect(hashSources(root)).toBe(before);
  });

  it("knows the schema apart from the rest", () => {
    const before = hashSchema(root);
    write("server.ts", "2");
    expect(hashSchema(root)).toBe(before);
    write("prisma/schema/schema.prisma", "2");
    expect(hashSchema(root)).not.toBe(before);
  });
});
