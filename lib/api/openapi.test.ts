import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { departures } from "@/lib/testing/departures";
import { createApi, openApiDocument } from "./app";
import { responseExamples } from "./openapi-answers";
import { problemExamples, requestExamples } from "./openapi-examples";
import { isNamedOperation, operationKey, operationOf, tags } from "./openapi-operations";
import { contractModules, referencesIn } from "./openapi-schemas";
import type { ApiRoute } from "./route";
import { apiRoutes } from "./routes";

const api = createApi();
const document = openApiDocument(api);
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    key: `${method.toUpperCase()} ${path}`,
    method,
    path,
    operation,
  })),
);
const byOperation = (id: string): ApiRoute => {
  const found = apiRoutes.find((route) => operationOf(route).id === id);
  if (!found) throw new Error(`no route is called ${id}`);
  return found;
};

describe("the document", () => {
  it("is OpenAPI 3.1, by the official schema, and every reference leads somewhere", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect([valid, validator.version]).toEqual([true, "3.1"]);
    const schemas = new Set(Object.keys(document.components.schemas));
    const used = referencesIn(document).filter((name) => !name.includes("/"));
    expect(used.filter((name) => !schemas.has(name) && !isShared(name))).toEqual([]);
  });

  it("has every route and nothing else", () => {
    expect(operations.map(({ key }) => key).sort()).toEqual(apiRoutes.map(operationKey).sort());
  });

  it("has no schema that nothing refers to", () => {
    const used = new Set(referencesIn(document));
    expect(Object.keys(document.components.schemas).filter((name) => !used.has(name))).toEqual([]);
  });

  it("names the records: reports, incidents, drafts, posts and problems", () => {
    for (const name of ["Submission", "Incident", "Draft", "Post", "Problem", "Config", "IntakeKey"])
      expect(document.components.schemas).toHaveProperty(name);
  });

  it("knows every module of contracts", () => {
    const files = readdirSync(join(import.meta.dirname, "..", "contracts")).filter((name) =>
      /^(?!.*\.test\.).*\.ts$/.test(name),
    );
    const withoutSchemas = [
      "action.ts",
      "config-json-schema.ts",
      "queue-words.ts",
      "search-filters.ts",
      "status-words.ts",
    ];
    const known = Object.keys(contractModules).map((name) => `${name}.ts`);
    expect(files.filter((name) => !withoutSchemas.includes(name)).sort()).toEqual(known.sort());
  });

  it("holds no credential", () => {
    expect(JSON.stringify(document)).not.toMatch(
      /tim_(?:token|intake)_[A-Za-z0-9]{16}|Bearer [\w-]{20}|-----BEGIN/,
    );
  });
});

describe("operations", () => {
  it.each(apiRoutes.map((route) => [operationKey(route), route] as const))(
    "%s has a name, a tag and words",
    (key, route) => {
      expect(isNamedOperation(route), "a row in lib/api/openapi-operations.ts").toBe(true);
      const found = operations.find((each) => each.key === key)?.operation;
      expect(found?.tags).toHaveLength(1);
      expect(tags.map(({ name }) => name)).toContain(found?.tags[0]);
      const silent = found?.parameters?.filter((each) => !each.description).map((each) => each.name) ?? [];
      expect(silent, "parameters without words in lib/api/openapi-operations.ts").toEqual([]);
    },
  );

  it("are called each by its own name", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(apiRoutes.map((route) => [operationKey(route), route] as const))(
    "%s says what it refuses",
    (key, route) => {
      const found = operations.find((each) => each.key === key)?.operation;
      const statuses = Object.keys(found?.responses ?? {});
      expect(statuses).toContain("default");
      expect(found?.security.length === 0).toBe(["public", "link"].includes(route.auth.kind));
      if (route.auth.kind !== "public") expect(statuses).toEqual(expect.arrayContaining(["401", "429"]));
      if (route.auth.kind === "actor") expect(statuses).toContain("403");
      if (route.body) expect(statuses).toEqual(expect.arrayContaining(["400", "413", "415", "422"]));
      const own = Object.values(route.errors ?? {}).flatMap((each) => (each ? [each] : []));
      for (const [status, code] of own) {
        expect(JSON.stringify(found?.responses[status]), `${status} names ${code}`).toContain(code);
      }
    },
  );

  it("are tagged by noun, the last tag being for the rest", () => {
    const used = new Set(operations.flatMap(({ operation }) => operation.tags));
    expect(tags.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe("examples", () => {
  it.each(Object.entries(requestExamples))("the request of %s is one that its route takes", (id, example) => {
    const route = byOperation(id);
    const schema = route.bodyShape ?? route.body;
    expect(schema && departures(schema, example)).toEqual([]);
  });

  it.each(Object.entries(responseExamples))("the answer of %s is one that its route gives", (id, example) => {
    expect(departures(byOperation(id).response, example)).toEqual([]);
  });

  it("of refusals name their status' own code and a request", () => {
    for (const example of Object.values(problemExamples)) {
      expect(example).toMatchObject({ error: expect.any(String), code: expect.stringMatching(/^[A-Z_]+$/) });
    }
  });
});

describe("GET /openapi.json", () => {
  it("is generated once and public, with an ETag that answers 304", async () => {
    expect(openApiDocument(api)).toBe(document);
    const first = await api.request("http://localhost/openapi.json");
    expect([first.status, first.headers.get("cache-control")]).toEqual([200, "public, max-age=300"]);
    expect(await first.json()).toEqual(document);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    const again = await api.request("http://localhost/openapi.json", {
      headers: { "if-none-match": `"other", W/${etag}` },
    });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    const changed = await api.request("http://localhost/openapi.json", {
      headers: { "if-none-match": '"x"' },
    });
    expect(changed.status).toBe(200);
  });

  it("answers no other method", async () => {
    const post = await api.request("http://localhost/openapi.json", { method: "POST" });
    expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });
});

/** Responses and headers are components too. */
function isShared(reference: string): boolean {
  const { responses, headers } = document.components as Record<string, Record<string, unknown>>;
  return reference in { ...responses, ...headers };
}
