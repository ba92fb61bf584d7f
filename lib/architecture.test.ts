import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createApi, isApiPath, openApiDocument } from "@/lib/api/app";
import { apiRoutes } from "@/lib/api/routes";
import { adapterFor } from "@/lib/destinations/registry";
import { destinationKinds } from "@/lib/domain/config";
import { importViolations, roomless } from "@/lib/testing/architecture/import-table";
import {
  badNames,
  isBadName,
  lineCountMax,
  lineCountOf,
  testLineCountMax,
} from "@/lib/testing/architecture/naming";
import {
  browserFetch,
  httpOutsideNet,
  sharedWrites,
  unguardedReads,
} from "@/lib/testing/architecture/sanctioned";
import { readSourceFiles, repositoryRoot, type SourceFile } from "@/lib/testing/architecture/source-files";
import {
  authorizes,
  callersOf,
  isVerbFile,
  reachesAuthorize,
  recordsAudit,
  writesOf,
} from "@/lib/testing/architecture/verbs";

const files = readSourceFiles();
const production = files.filter((file) => !file.isTest);
const under = (folder: string) => production.filter((file) => file.path.startsWith(folder));
const pathsOf = (found: readonly SourceFile[]) => found.map((file) => file.path);

describe("rooms (house.md, section 2)", () => {
  it("the scanner sees the repository", () => {
    expect(pathsOf(files)).toContain("lib/pipeline/drafts/approve-draft.ts");
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(1_000);
  });

  it("imports only what the table allows", () => {
    expect(importViolations(files)).toEqual([]);
  });

  it("every file belongs to a room", () => {
    expect(roomless(files)).toEqual([]);
  });

  it.each([
    ["lib/domain/x.ts", "zod", null],
    ["lib/domain/x.ts", "@/lib/db/client", "lib/db/client"],
    ["lib/pipeline/drafts/x.ts", "@/lib/contracts/draft", "lib/contracts/draft"],
    ["lib/auth/x.ts", "../pipeline/context", "lib/pipeline/context"],
    ["lib/api/routes/x.ts", "@/lib/domain/actor", "lib/domain/actor"],
    ["components/x/y.tsx", "@/lib/actions/drafts", "lib/actions/drafts"],
    ["app/(panel)/page.tsx", "@/lib/api/app", "lib/api/app"],
    ["lib/db/x.ts", "@/lib/testing/database", "lib/testing/database"],
    ["lib/wire/x.ts", "@/lib/env", "lib/env"],
  ])("would refuse %s importing %s", (path, specifier, resolved) => {
    const imports = [{ specifier, path: resolved, typeOnly: false, names: ["x"] }];
    const file: SourceFile = { path, text: "", code: "", isTest: false, imports };
    expect(importViolations([file])).not.toEqual([]);
  });

  it("the domain takes time and chance as arguments", () => {
    const impure =
      /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\s*\)|\bperformance\.|\bprocess\.|\bglobalThis\b|\bcrypto\./;
    expect(pathsOf(under("lib/domain/").filter((file) => impure.test(file.code)))).toEqual([]);
  });
});

describe("effects", () => {
  const sql = /\bpool\.query\b|\$(?:queryRaw|executeRaw|transaction)|\bprisma\.\w/;

  it("only the stores speak to the database", () => {
    const speaking = production.filter(
      (file) => /^(?:lib|app|components)\//.test(file.path) && sql.test(file.code),
    );
    expect(pathsOf(speaking).filter((path) => !path.startsWith("lib/db/"))).toEqual([]);
  });

  it("raw SQL lies in files that say so", () => {
    const raw = under("lib/db/").filter((file) =>
      /\bpool\.query\b|\$(?:queryRaw|executeRaw)/.test(file.code),
    );
    const named =
      /(?:-store|-sql|-rows|\/rows|\/list-query|\/change-(?:feed|listener)|\/client|\/transaction)\.ts$/;
    expect(pathsOf(raw).filter((path) => !named.test(path))).toEqual([]);
  });

  it("lib/net is the only way out", () => {
    const library = /^(?:node:)?(?:https?|http2|net|tls|undici|axios|got|node-fetch)$/;
    const reaching = production.filter(
      (file) =>
        file.imports.some((each) => !each.typeOnly && library.test(each.specifier)) ||
        (/(?<![.\w$])fetch\s*\(/.test(file.code) && !browserFetch.test(file.path)),
    );
    const outside = pathsOf(reaching).filter(
      (path) => !path.startsWith("lib/net/") && !httpOutsideNet.test(path),
    );
    expect(outside).toEqual([]);
  });
});

describe("verbs", () => {
  const verbs = files.filter(isVerbFile);
  const writers = verbs.filter((file) => writesOf(file).length > 0);

  /** A caller that is itself a shared write answers for its own callers in its own row. */
  const unauthorized = (callers: readonly SourceFile[]) =>
    callers.filter((each) => !authorizes(each) && sharedWrites[each.path]?.authorizedBy !== "callers");

  it.each(writers.map((file) => [file.path, file] as const))(
    "%s authorizes and records audit",
    (path, file) => {
      const { authorizedBy, auditedBy } = sharedWrites[path] ?? {
        authorizedBy: "itself",
        auditedBy: "itself",
      };
      // A refusal is recorded before anybody is authorized: `authorize` is no caller in this sense.
      const callers = callersOf(path, files).filter((each) => each.path !== "lib/pipeline/authorize.ts");
      if (authorizedBy === "callers") expect(pathsOf(unauthorized(callers))).toEqual([]);
      else expect(authorizes(file), "calls authorize or requireDraft").toBe(true);

      const unaudited = auditedBy === "callers" ? callers.filter((each) => !recordsAudit(each)) : [];
      expect(pathsOf(unaudited)).toEqual([]);
      if (auditedBy === "statement") expect(file.code).toMatch(/\baudit:/);
      if (auditedBy === "itself") expect(recordsAudit(file), "calls recordAudit").toBe(true);
    },
  );

  it("what is sanctioned still exists and still writes", () => {
    expect(Object.keys(sharedWrites).sort()).toEqual(
      pathsOf(writers.filter((file) => file.path in sharedWrites)).sort(),
    );
  });

  it("every verb that an edge calls authorizes", () => {
    const edges = production.filter((file) => /^(?:lib\/(?:api|actions|workers)\/|app\/)/.test(file.path));
    const called = new Set(
      edges.flatMap((file) =>
        file.imports.flatMap((each) =>
          each.path?.startsWith("lib/pipeline/") && !each.typeOnly ? [each.path] : [],
        ),
      ),
    );
    const unguarded = [...called].filter(
      (path) => !reachesAuthorize(path, files) && !(path in unguardedReads),
    );
    expect(unguarded).toEqual([]);
  });
});

describe("the API", () => {
  const named = apiRoutes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const);

  it.each(named)("%s names its auth and its schemas", (_, route) => {
    expect(isApiPath(route.path.replaceAll(/\{\w+\}/g, "x"))).toBe(true);
    expect(["public", "actor", "intake", "link", "signature"]).toContain(route.auth.kind);
    if (route.auth.kind === "actor") expect(route.auth.permission).toMatch(/^[a-zA-Z]+$/);
    expect(route.response.safeParse, "a response schema").toBeTypeOf("function");
    if (["post", "put", "patch"].includes(route.method)) {
      expect(route.body ?? route.rawBody, "a body schema, or rawBody").toBeTruthy();
    }
    expect(route.summary.length).toBeGreaterThan(5);
  });

  it("changes nothing without a credential", () => {
    const open = apiRoutes.filter((route) => route.auth.kind === "public" && route.method !== "get");
    expect(open.map((route) => route.path)).toEqual([]);
  });

  it("declares each route once, and documents it", () => {
    const keys = named.map(([key]) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const documented = Object.entries(openApiDocument(createApi()).paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(keys.sort());
  });
});

describe("destinations", () => {
  const registry = files.find((file) => file.path === "lib/destinations/registry.ts");

  it.each(destinationKinds)("%s has an adapter", (kind) => {
    expect(adapterFor(kind).kind).toBe(kind);
  });

  it("every adapter has its test beside it, and all pass the shared table", () => {
    const adapters = (registry?.imports ?? []).flatMap((each) =>
      each.typeOnly || !each.path ? [] : [each.path],
    );
    const contract = files.find((file) => file.path === "lib/destinations/contract.test.ts");
    expect(contract?.code).toMatch(/\bdestinationKinds\b/);
    const untested = adapters.filter((path) => !existsSync(join(repositoryRoot, `${path}.test.ts`)));
    expect(untested).toEqual([]);
  });
});

describe("server actions", () => {
  const actions = under("lib/actions/").filter((file) => !file.path.endsWith("/define-action.ts"));

  it.each(actions.map((file) => [file.path, file] as const))("%s exports only defined actions", (_, file) => {
    expect(file.text.trimStart()).toMatch(/^"use server";/);
    const defined = [...file.code.matchAll(/const (\w+) = defineAction\(/g)].map(([, name]) => name);
    const exported = [...file.code.matchAll(/^export (?!type\b)(.*)$/gm)].map(([, rest]) => rest);
    const called = [...file.code.matchAll(/^export async function \w+\([^)]*\)[^{]*\{\s*return (\w+)\(/gm)];
    expect(called.map(([, name]) => name).filter((name) => !defined.includes(name))).toEqual([]);
    expect(called.length).toBe(exported.length);
  });

  it("are declared nowhere else", () => {
    const declaring = production.filter((file) => /^\s*["']use server["'];?\s*$/m.test(file.text));
    expect(pathsOf(declaring).filter((path) => !path.startsWith("lib/actions/"))).toEqual([]);
  });
});

describe("names and sizes", () => {
  it("names are kebab-case and say something", () => {
    expect(files.flatMap((file) => badNames(file).map((name) => `${file.path}: ${name}`))).toEqual([]);
    expect(
      ["string-utils", "new-routing", "routing-v2", "common", "approveDraft"].filter((x) => !isBadName(x)),
    ).toEqual([]);
  });

  it("files stay readable", () => {
    const long = files.filter((file) => lineCountOf(file) > (file.isTest ? testLineCountMax : lineCountMax));
    expect(long.map((file) => `${file.path}: ${lineCountOf(file)}`)).toEqual([]);
  });

  it("pages are wiring", () => {
    const pages = under("app/").filter((file) => file.path.endsWith("/page.tsx"));
    expect(pathsOf(pages.filter((file) => lineCountOf(file) > 60))).toEqual([]);
  });
});
