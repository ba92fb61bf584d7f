import { describe, expect, it } from "vitest";
import { actors } from "@/lib/testing/context";
import type { Actor, Role } from "./actor";
import {
  decidePermission,
  heldPermissions,
  type Permission,
  projectsHolding,
  readableProjects,
  rolesHolding,
} from "./permission";

const person = (role: Role | null, projectRoles: Record<string, Role> = {}): Actor =>
  actors.viewer({ role, projectRoles });

const all: Permission[] = [
  ...(["read", "report", "intake", "decide", "publish", "configure", "manageKeys"] as const),
  ...(["silence", "testDestination", "triage", "delete", "ingestEvents", "work"] as const),
];

it.each<[string, Actor, Permission[], string | null]>([
  ["viewer", person("viewer"), ["read"], "role_may_not"],
  ["auditor", person("auditor"), ["read"], "role_may_not"],
  ["triager", person("triager"), ["read", "report", "triage"], "role_may_not"],
  [
    "approver",
    person("approver"),
    ["read", "report", "decide", "publish", "silence", "triage"],
    "role_may_not",
  ],
  [
    "admin",
    person("admin"),
    all.filter((each) => !["intake", "ingestEvents", "work"].includes(each)),
    "role_may_not",
  ],
  ["nobody in particular", person(null), [], "role_may_not"],
  [
    "service token",
    actors.serviceToken(),
    ["read", "report", "publish", "triage", "ingestEvents"],
    "service_may_not",
  ],
  ["agent token", actors.agentToken(), ["read", "report", "triage"], "agent_may_not"],
  ["intake key", actors.intakeKey(), ["intake"], "key_may_only_report"],
  ["system", actors.system(), all, null],
])("%s", (_, actor, allowed, refusal) => {
  for (const permission of all) {
    const decision = decidePermission(actor, permission);
    expect([permission, decision.allowed]).toEqual([permission, allowed.includes(permission)]);
    const expected = actor.kind === "token" && permission === "work" ? "system_only" : refusal;
    if (!decision.allowed) expect(decision.reason).toBe(expected);
  }
});

it("an admin token may do all but the system's own work", () => {
  for (const permission of all) {
    const decision = decidePermission(actors.adminToken(), permission);
    expect(decision).toEqual(
      permission === "work" ? { allowed: false, reason: "system_only" } : { allowed: true },
    );
  }
});

describe("project roles", () => {
  const approverOfShop = person("viewer", { shop: "approver" });
  const onlyShop = person(null, { shop: "triager" });

  it.each<[string, Actor, Permission, string | null | undefined, boolean]>([
    ["adds on its project", approverOfShop, "decide", "shop", true],
    ["not on another", approverOfShop, "decide", "bank", false],
    ["not where no project is concerned", approverOfShop, "decide", null, false],
    ["never takes away", person("admin", { shop: "viewer" }), "decide", "shop", true],
    ["opens lists, which are filtered", onlyShop, "read", undefined, true],
    ["opens no record of another project", onlyShop, "read", "bank", false],
    ["opens no record of no project", onlyShop, "read", null, false],
    ["a global role opens records of no project", approverOfShop, "read", null, true],
    ["reports to its project", onlyShop, "report", "shop", true],
    ["a project called like an object's member is no role", onlyShop, "read", "toString", false],
  ])("%s", (_, actor, permission, projectId, allowed) => {
    expect(decidePermission(actor, permission, projectId).allowed).toBe(allowed);
  });

  it.each<[string, Actor, readonly string[] | null]>([
    ["a global role sees every project", approverOfShop, null],
    ["a project role sees its projects", onlyShop, ["shop"]],
    ["nobody in particular sees none", person(null), []],
    ["a token sees every project", actors.serviceToken(), null],
    ["a key sees none", actors.intakeKey(), []],
  ])("readableProjects: %s", (_, actor, projects) => {
    expect(readableProjects(actor)).toEqual(projects);
  });
});

it.each<[string, Actor, readonly string[] | null]>([
  ["an admin everywhere", person("admin"), null],
  ["an admin of a project there", person("viewer", { shop: "admin", bank: "approver" }), ["shop"]],
  ["an approver nowhere", person("approver"), []],
  ["an admin token everywhere", actors.adminToken(), null],
  ["a service token nowhere", actors.serviceToken(), []],
  ["an agent nowhere", actors.agentToken(), []],
  ["a key nowhere", actors.intakeKey({ projectId: "shop" }), []],
])("who may delete: %s", (_, actor, projects) => {
  expect(projectsHolding(actor, "delete")).toEqual(projects);
});

it("tells who could, and what one may", () => {
  expect(rolesHolding("decide")).toEqual(["approver", "admin"]);
  expect(rolesHolding("work")).toEqual([]);
  expect(rolesHolding("delete")).toEqual(["admin"]);
  expect(heldPermissions(person("triager"))).toEqual(["read", "report", "triage"]);
});
