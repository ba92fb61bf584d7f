import { describe, expect, it } from "vitest";
import type { ConfigWire } from "@/lib/contracts/config";
import { everyKeyOfConfig } from "@/lib/testing/configs";
import { describeConfig } from "./describe-config";
import { describeChanges } from "./described";

const config: ConfigWire = { ...everyKeyOfConfig, updated_at_ms: 1 };

type Leaf = { path: (string | number)[]; value: unknown };

/** Every value of the configuration that could change by itself. Ids name a row, and routes are another page's. */
function leavesOf(value: unknown, path: Leaf["path"] = []): Leaf[] {
  const name = path.at(-1);
  if (name === "routes" || name === "updated_at_ms" || String(name).endsWith("_id")) return [];
  const isList = Array.isArray(value) && value.some((item) => typeof item === "object");
  const isGroup = !Array.isArray(value) && typeof value === "object" && value !== null;
  if (!isList && !isGroup) return [{ path, value }];
  return Object.entries(value as object).flatMap(([key, inner]) =>
    leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Values of the wire's enums, where another text would be none of them. */
const words: Record<string, readonly unknown[]> = {
  kind: ["webhook", "mcp_tool"],
  source_kind: ["ci", "agent_runtime"],
  format: ["auto", "json"],
  minimum_level: ["error", "warn"],
  start_position: ["end", "beginning"],
  approval_policy: ["never", "always"],
  approval_binding: ["draft", "content"],
  provider_preference: ["auto", "arcade"],
  high_risk_destination_kinds: [["telemetry"]],
};

function another(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 3_600_000;
  if (Array.isArray(value)) return [...value, "another"];
  return value === null ? 3_600_000 : `${value}-another`;
}

function withLeaf(path: Leaf["path"], value: unknown): ConfigWire {
  // Not structuredClone: rows of the fixture share their parts.
  const copy = JSON.parse(JSON.stringify(config)) as Record<string | number, unknown>;
  let at = copy;
  for (const step of path.slice(0, -1)) at = at[step] as typeof copy;
  at[path.at(-1) as string] = value;
  return copy as unknown as ConfigWire;
}

describe("no change goes unseen before it is saved", () => {
  const leaves = leavesOf(config);
  it("sees the whole configuration", () => expect(leaves.length).toBeGreaterThan(80));

  it.each(leaves.map(({ path, value }) => [path.join("."), path, value] as const))("%s", (_, path, value) => {
    const next = words[String(path.at(-1))]?.find((word) => word !== value) ?? another(value);
    const changes = describeChanges(describeConfig(config), describeConfig(withLeaf(path, next)));
    expect(changes).toHaveLength(1);
  });
});

it("an order that changed and nothing else is a change", () => {
  const routes = ["b", "a"].map((route_id) => ({ ...config.routes[0], route_id, name: route_id }));
  const of = (rows: typeof routes) => describeConfig({ routes: rows as ConfigWire["routes"] });
  expect(describeChanges(of(routes), of(routes.toReversed()))).toEqual([
    {
      ...{ key: "order:Route", kind: "changed", subjectKind: "Order of", subject: "routes" },
      fields: [{ label: "Order", before: "b, a", after: "a, b" }],
    },
  ]);
});
