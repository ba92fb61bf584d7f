import { describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/client";
import type { GivenDestination } from "@/lib/domain/config-defaults";
import { aConfig, aDestination } from "@/lib/testing/configs";
import { actors, testContext } from "@/lib/testing/context";
import { exerciseMcp, exerciseReadiness, exerciseWebhooks } from "./exercise-controls";

// None of these three may read a database, so there is none.
const ctx = testContext(null as unknown as Database, actors.admin());
const hook = (fields: Partial<GivenDestination> = {}) =>
  aDestination({
    ...{ destinationId: "hook", name: "Hook", kind: "webhook" },
    ...{ webhookUrl: "https://hooks.example.com/in", webhookSecretRef: "env:TANDEM_HOOK_SECRET" },
    ...fields,
  });
const ground = (...destinations: ReturnType<typeof aDestination>[]) => ({
  ...{ config: aConfig({ destinations }), readiness: new Map(), mcpServers: new Map() },
});

describe("controls that are tried without a database", () => {
  it.each<[string, Partial<GivenDestination>]>([
    ["as configured by default", {}],
    [
      "opted in to private networks and plain http",
      { config: { allow_private_networks: true, allow_insecure_http: true } },
    ],
    ["restricted to its own host", { config: { allowed_hosts: ["hooks.example.com"] } }],
  ])("a webhook %s refuses every dangerous address", (_, fields) => {
    expect(exerciseWebhooks(ctx, ground(hook(fields)))).toMatchObject([{ tried: 5, letThrough: [] }]);
  });

  it("what is disabled or no webhook is not tried", () => {
    expect(exerciseWebhooks(ctx, ground(hook({ enabled: false }), aDestination()))).toEqual([]);
  });

  it("a destination whose readiness nobody knows is refused by the router", () => {
    expect(exerciseReadiness(ctx, ground(hook()))).toMatchObject([
      { ready: false, missing: ["readiness_unknown"], refused: true },
    ]);
  });

  it("a tool that nobody named is not to be had", () => {
    const row = aDestination({
      destinationId: "crm",
      name: "CRM",
      kind: "mcp_tool",
      mcpServer: "crm",
      mcpTool: "note",
    });
    expect(exerciseMcp(ground(row))).toMatchObject([{ destinationId: "crm", opensUnnamed: false }]);
  });
});
