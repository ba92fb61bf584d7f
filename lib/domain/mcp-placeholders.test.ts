import { describe, expect, it } from "vitest";
import { schemaFaults } from "./json-schema";
import { fillLate, fillMapping, isPlaceholder, mappingOutline, placeholderNames } from "./mcp-placeholders";

const values = new Map<string, string | readonly string[]>([
  ["$draft.title", "Checkout times out"],
  ["$draft.route_tags", ["payments"]],
]);

describe("filling a mapping", () => {
  it("takes placeholders from the record and everything else as it is, however deep", () => {
    const mapping = {
      title: "$draft.title",
      fixed: "plain $draft.title words",
      number: 5,
      nothing: null,
      deep: { tags: "$draft.route_tags", list: ["$draft.title", { flag: true }] },
    };
    expect(fillMapping(mapping, values)).toEqual({
      arguments: {
        title: "Checkout times out",
        fixed: "plain $draft.title words",
        number: 5,
        nothing: null,
        deep: { tags: ["payments"], list: ["Checkout times out", { flag: true }] },
      },
      late: [],
      unknown: [],
    });
  });

  it("leaves out a member without a value and keeps the place of an item", () => {
    const filled = fillMapping({ model: "$draft.model", list: ["$draft.model", "x"] }, values);
    expect(filled.arguments).toEqual({ list: [null, "x"] });
  });

  it("names every placeholder that nothing has, once", () => {
    const filled = fillMapping({ a: "$secret", b: ["$draft.nobody", "$secret"], c: "$toString" }, values);
    expect(filled.unknown).toEqual(["$draft.nobody", "$secret", "$toString"]);
  });

  it("fills in what was open, and only there", () => {
    const mapping = {
      key: "$idempotency_key",
      all: [{ seen: "$incident.occurrence_count" }],
      title: "$draft.title",
    };
    const filled = fillMapping(mapping, new Map([["$draft.title", "$idempotency_key"]]));
    expect(filled.arguments).toEqual({ key: null, all: [{ seen: null }], title: "$idempotency_key" });
    const late = { $idempotency_key: "k-1", "$incident.occurrence_count": 3 };
    expect(fillLate(filled.arguments, filled.late, late)).toEqual({
      ...{ key: "k-1", all: [{ seen: 3 }], title: "$idempotency_key" },
    });
    expect(filled.arguments).toMatchObject({ key: null });
  });

  it("a path that leads through the prototype changes nothing", () => {
    const late = [{ path: ["__proto__", "polluted"], placeholder: "$idempotency_key" }];
    fillLate({}, late, { $idempotency_key: "x" });
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("outlining a mapping", () => {
  it("stands for types, so that a schema can judge it before there is a draft", () => {
    const schema = {
      type: "object",
      properties: { title: { type: "string" }, tags: { type: "array" }, seen: { type: "number" } },
    };
    const fits = { title: "$draft.title", tags: "$draft.route_tags", seen: "$incident.occurrence_count" };
    expect(schemaFaults(schema, mappingOutline(fits).outline)).toEqual([]);
    const wrong = mappingOutline({ title: "$draft.route_tags", tags: "$nobody" });
    expect(schemaFaults(schema, wrong.outline).map(({ path }) => path)).toEqual(["title", "tags"]);
    expect(wrong.unknown).toEqual(["$nobody"]);
  });
});

it("knows the placeholders of the reference and no others", () => {
  const shared =
    "risk_level risk_category actor model tool_name action policy approval_state blast_radius " +
    "external_correlation_ids evidence_refs id status title detail";
  const draft =
    "draft_id fingerprint repo confidence expected_destination project_id log_source_id source_kind tenant_id " +
    "workspace_id event_schema_version route_tags triage_run_id evidence_digest";
  const words: Record<string, string> = {
    draft: `${shared} ${draft}`,
    incident: `${shared} incident_id event_type source component level occurrence_count`,
    destination: "id kind route_id route_match_reason target_ref",
    mcp: "server tool namespaced_tool schema_hash",
    evidence: "digest",
  };
  const named = Object.entries(words).flatMap(([root, names]) =>
    names.split(" ").map((name) => `$${root}.${name}`),
  );
  expect([...placeholderNames].sort()).toEqual([...named, "$idempotency_key"].sort());
  expect(placeholderNames.every(isPlaceholder)).toBe(true);
});
