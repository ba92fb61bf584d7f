import { describe, expect, it } from "vitest";
import { operationKey } from "@/lib/api/openapi-operations";
import { apiRoutes } from "@/lib/api/routes";
import { departures } from "./departures";
import { jsonEndpoints } from "./json-endpoints";

const endpoints = jsonEndpoints();

describe("endpoints as data", () => {
  it("are every route that ends", () => {
    const ending = apiRoutes.filter((route) => route.contentType !== "text/event-stream");
    expect(endpoints.map(operationKeyOf).sort()).toEqual(ending.map(operationKey).sort());
  });

  it.each(endpoints.filter((each) => each.body).map((each) => [operationKeyOf(each), each] as const))(
    "%s takes its sample",
    (key, { sample }) => {
      const route = apiRoutes.find((each) => operationKey(each) === key);
      const schema = route?.bodyShape ?? route?.body;
      expect(schema && departures(schema, sample)).toEqual([]);
    },
  );

  it("have their schemas in place", () => {
    expect(JSON.stringify(endpoints)).not.toContain("$ref");
    const report = endpoints.find((each) => each.operationId === "report");
    expect(report?.body?.anyOf?.[0]?.properties?.report?.properties?.title).toBeDefined();
  });
});

const operationKeyOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
