import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import {
  aDestinationRow,
  aGate,
  aLogSourceRow,
  aNode,
  anAgent,
  anAutomation,
  anInventory,
  aProjectRow,
} from "@/lib/testing/inventories";
import type { AuthorityInventory, InventoryCounts } from "./authority-inventory";
import { cardsMarkdown } from "./card-markdown";
import { type CardMetadata, type CardVersion, noMetadata } from "./card-metadata";
import { cardSubjects, monitorCardId } from "./card-subject";
import { type CardGround, cardFindings, cardOfObject, deploymentCards } from "./deployment-card";
import { checkPosture } from "./posture-checks";

type Rows = Parameters<typeof anInventory>[0];
const counts = { destinations: 0 } as InventoryCounts;
const full: CardMetadata = {
  ...{ intendedPurpose: "p", businessOwner: "o", accountableTeam: "t", autonomyLevel: "a" },
  ...{ dataClassification: "d", approvalProtocol: "ap", escalationProtocol: "e", reviewCadenceDays: 30 },
  ...{ allowedActions: [], prohibitedActions: [], knownLimitations: [], residualRisks: [], evidenceRefs: [] },
  nextReassessmentAtMs: null,
};
const cardsOf = (rows: Rows, ground: Partial<CardGround> = {}) =>
  deploymentCards({
    inventory: { ...anInventory(rows), counts } as AuthorityInventory,
    ...{ stored: new Map(), given: { defaults: null, metadata: new Map() } },
    ...{ postureFindings: [], incidents: new Map(), evidencePacks: new Map(), nowMs: 0 },
    ...ground,
  });
const stored = (cardId: string, metadata: CardMetadata): [string, CardVersion] => [
  cardId,
  {
    ...{ cardId, version: 1, projectId: null, action: "saved", metadata, changes: [], describedAtMs: 0 },
    ...{ reviewedAtMs: null, actor: { kind: "user", id: "ada", name: "Ada" }, atMs: 0 },
  },
];
const idsOf = (rows: Rows) => cardSubjects(anInventory(rows).inventory, counts).map((each) => each.cardId);

describe("which cards there are", () => {
  it("case 138: of an empty system the monitor's alone, first as ever", () => {
    expect(idsOf({})).toEqual([monitorCardId]);
  });

  it("one of each automation, project and log source", () => {
    const monitoredSources = [aProjectRow(), aLogSourceRow(), aLogSourceRow({ sourceId: "project" })];
    expect(idsOf({ automationSpecs: [anAutomation()], monitoredSources })).toEqual([
      monitorCardId,
      "automation:nightly",
      "monitored_source:shop:project",
      "monitored_source:shop:api",
      "monitored_source:shop:source:project",
    ]);
  });

  it("what two runtimes register under one id is one card with the authority of both", () => {
    const tools = (...allowlist: string[]) => ({ toolPolicy: { allowlist, denylist: [] } });
    const automationSpecs = [
      anAutomation({
        agents: [anAgent(tools("read"))],
        nodes: [aNode({ gate: aGate(true) })],
        projectId: "shop",
      }),
      anAutomation({ agents: [anAgent(tools("send"))], runtimeId: "other", projectId: "bank" }),
    ];
    const [, card] = cardsOf({ automationSpecs });
    expect(card?.authority.tools).toEqual(["read", "send"]);
    expect(card?.authority.inventory).toMatchObject({ requiredGates: 1, runtimeIds: ["other", "runtime"] });
    expect(card?.projectId).toBeNull();
  });

  it.each([
    ["tandem_monitor", "tandem_self_monitoring"],
    ["tandem_runtime", "tandem_control_plane"],
    ["agent_runtime", "tandem_control_plane"],
    ["mcp_gateway", "tandem_control_plane"],
    ["external_app", "customer_owned_system"],
    ["ci", "customer_owned_system"],
    ["customer_system", "customer_owned_system"],
  ] as const)("a source of the kind %s belongs to %s", (sourceKind, boundary) => {
    const [, card] = cardsOf({ monitoredSources: [aProjectRow({ sourceKind })] });
    expect(card?.systemBoundary).toBe(boundary);
  });

  it("a source's destinations are its allow-list's, and all that are on without one", () => {
    const destinations = [
      aDestinationRow(),
      aDestinationRow({ destinationId: "local" }),
      aDestinationRow({ destinationId: "off", enabled: false }),
    ];
    const of = (row: Parameters<typeof aProjectRow>[0]) =>
      cardsOf({ destinations, monitoredSources: [aProjectRow(row)] })[1]?.authority.destinations;
    expect(of({ allowedDestinationIds: ["local", "off"] })).toEqual(["local"]);
    expect(of({ allowedDestinationIds: [], allowlistEnforced: false })).toEqual(["hook", "local"]);
    expect(of({ allowedDestinationIds: [], allowlistEnforced: true })).toEqual([]);
  });
});

describe("what holds of a field", () => {
  const owner = (businessOwner: string): CardMetadata => ({ ...noMetadata, businessOwner });
  const layers = {
    card: new Map([[monitorCardId, owner("card")]]),
    target: new Map([["incident_monitor", owner("target")]]),
  };
  it.each<[string, Partial<CardGround>, string | null]>([
    ["nothing said", {}, null],
    ["a default", { given: { defaults: owner("default"), metadata: new Map() } }, "default"],
    [
      "stored before a default",
      {
        given: { defaults: owner("default"), metadata: new Map() },
        stored: new Map([stored(monitorCardId, owner("stored"))]),
      },
      "stored",
    ],
    [
      "sent for the target before stored",
      {
        given: { defaults: null, metadata: layers.target },
        stored: new Map([stored(monitorCardId, owner("stored"))]),
      },
      "target",
    ],
    [
      "sent for the card before its target",
      { given: { defaults: null, metadata: new Map([...layers.target, ...layers.card]) } },
      "card",
    ],
  ])("%s", (_, ground, expected) => {
    expect(cardsOf({}, ground)[0]?.metadata.businessOwner).toBe(expected);
  });

  it("the inventory knows a purpose and nothing else", () => {
    const [card] = cardsOf({});
    expect(card?.metadata).toEqual({ ...noMetadata, intendedPurpose: expect.stringContaining("failures") });
  });
});

describe("findings", () => {
  it("case 138: the owner fields are high, the rest medium, and full metadata has none", () => {
    const findings = cardFindings(cardsOf({}), sha256Hex);
    expect(findings.map((each) => [each.affected.field, each.severity])).toEqual([
      ["business_owner", "high"],
      ["accountable_team", "high"],
      ["autonomy_level", "medium"],
      ["data_classification", "medium"],
      ["approval_protocol", "medium"],
      ["escalation_protocol", "high"],
      ["review_cadence_days", "medium"],
    ]);
    expect(findings[0]?.findingId).toBe(`deployment_card_missing:${monitorCardId}:business_owner`);
    const given = { defaults: full, metadata: new Map() };
    expect(cardFindings(cardsOf({}, { given }), sha256Hex)).toEqual([]);
  });

  it("their fingerprints stay whatever else changes, and differ from one another", () => {
    const before = cardFindings(cardsOf({}), sha256Hex);
    const after = cardFindings(cardsOf({ monitoredSources: [aProjectRow()] }, { nowMs: 9 }), sha256Hex);
    const printsOf = (list: typeof before) => list.map((each) => each.fingerprint);
    expect(printsOf(after).slice(0, before.length)).toEqual(printsOf(before));
    expect(new Set(printsOf(after)).size).toBe(after.length);
  });

  it("a stored card whose day is over is one", () => {
    const cards = cardsOf({}, { stored: new Map([stored(monitorCardId, full)]), nowMs: 31 * 86_400_000 });
    expect(cardFindings(cards, sha256Hex).map((each) => each.findingId)).toEqual([
      `deployment_card_overdue:${monitorCardId}`,
    ]);
  });
});

describe("what is linked", () => {
  it("case 138: posture findings by whole ids: `shop` is no part of `shop-2` (W-60)", () => {
    const monitoredSources = ["shop", "shop-2"].map((projectId) =>
      aProjectRow({ projectId, tenantId: projectId === "shop-2" ? null : "acme" }),
    );
    const rows = { monitoredSources };
    const { findings: postureFindings } = checkPosture(anInventory(rows), {}, sha256Hex);
    const cards = cardsOf(rows, { postureFindings });
    const linked = cards.map((card) => [card.cardId, card.linked.postureFindings.map((each) => each.ruleId)]);
    expect(linked).toEqual([
      [monitorCardId, []],
      ["monitored_source:shop:project", []],
      ["monitored_source:shop-2:project", ["missing_tenant_context"]],
    ]);
  });

  it.each([
    [{ kind: "project", id: "shop" } as const, "monitored_source:shop:project"],
    [
      { kind: "log_source", id: "shop/api", projectId: "shop", sourceId: "api" } as const,
      "monitored_source:shop:api",
    ],
    [{ kind: "node", id: "nightly/act", automationId: "nightly" } as const, "automation:nightly"],
    [{ kind: "agent", id: "reader" } as const, null],
    [{ kind: "destination", id: "shop" } as const, monitorCardId],
    [{ kind: "safety_defaults", id: "safety_defaults" } as const, monitorCardId],
  ])("%j is of the card %s", (object, cardId) => {
    expect(cardOfObject(object)).toBe(cardId);
  });
});

it("the document has a section for each card, and no text in it can act", () => {
  const given = { defaults: { ...full, businessOwner: "@ada <b>\n# Not a heading" }, metadata: new Map() };
  const cards = cardsOf({ monitoredSources: [aProjectRow()] }, { given });
  const text = cardsMarkdown(cards, cardFindings(cardsOf({}), sha256Hex), {
    generatedAtMs: 0,
    tenant: "local/local",
  });
  expect(text.match(/^## /gm)).toHaveLength(3);
  expect(text).not.toMatch(/^# Not/m);
  expect(text).not.toContain("@ada");
  expect(text).toContain("- Generated: 1970-01-01T00:00:00.000Z");
});
