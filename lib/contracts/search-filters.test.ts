import { describe, expect, it } from "vitest";
import { incidentFilterKeys } from "@/lib/queries/incidents";
import { postFilterKeys } from "@/lib/queries/posts";
import { incidentListQuerySchema } from "./incident";
import { postListQuerySchema } from "./post";
import { filtersFrom } from "./search-filters";

describe("a list's filters in its URL", () => {
  it.each([
    [{}, {}],
    [
      { risk: "high", source: "ci", destination: "pager", fingerprint: "fp1", since: "2026-06-01" },
      { risk: "high", source: "ci", destination: "pager", fingerprint: "fp1", since: "2026-06-01" },
    ],
    [
      { status: "held", attention: "muted" },
      { status: "held", attention: "muted" },
    ],
    [{ risk: "grave", since: "soon", until: "99999999999999999", q: "", project: undefined }, {}],
    [{ severity: ["high", "low"], fingerprint: "x".repeat(301), limit: "7", cursor: "x" }, {}],
  ])("incidents: %j", (params, filters) => {
    expect(filtersFrom(incidentListQuerySchema, incidentFilterKeys, params)).toEqual(filters);
  });

  it.each([
    [
      { status: "failed", destination_id: "pager", project: "shop", severity: "low" },
      { status: "failed", destination_id: "pager", project: "shop", severity: "low" },
    ],
    [{ status: "gone", until: "2026-07-01" }, { until: "2026-07-01" }],
  ])("receipts: %j", (params, filters) => {
    expect(filtersFrom(postListQuerySchema, postFilterKeys, params)).toEqual(filters);
  });
});
