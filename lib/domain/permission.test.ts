import { describe, expect, it } from "vitest";
import { actors } from "@/lib/testing/context";
import type { Actor, Role } from "./actor";
import {
  decidePermission,
  everyPermission,
  heldPermissions,
  type Permission,
  type PermissionDecision,
  permissionsOfKind,
  permissionsOfRole,
  projectsHolding,
  readableProjects,
  rolesHolding,
} from "./permission";

const person = (role: Role | null, projectRoles: Record<string, Role> = {}): Actor =>
  actors.viewer({ role, projectRoles });

const all: Permission[] = [
  ...(["read", "report", "intake", "decide", "publish", "configure", "manageKeys"] as const),
  ...(["silence", "testDestination", "triage", "delete", "ingestEvents", "work"] as const),
  "registerSubjects",
  ...(["readAccess", "manageAccess", "readAudit"] as const),
];

it.each<[string, Actor, Permission[], string | null]>([
  ["viewer", person("viewer"), ["read"], "role_may_not"],
  ["auditor", person("auditor"), ["read", "readAccess", "readAudit"], "role_may_not"],
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
    ["read", "report", "publish", "triage", "ingestEvents", "registerSubjects"],
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

it.each<[string, Actor, Permission, PermissionDecision["allowed"] | string]>([
  ["no scopes: all of the kind's", actors.serviceToken(), "publish", true],
  ["a scope it has", actors.serviceToken({ scopes: ["read"] }), "read", true],
  ["a scope it lacks", actors.serviceToken({ scopes: ["read"] }), "publish", "scope_may_not"],
  [
    "a scope beyond the kind gives nothing",
    actors.serviceToken({ scopes: ["decide"] }),
    "decide",
    "service_may_not",
  ],
  [
    "an admin token is narrowed too",
    actors.adminToken({ scopes: ["read"] }),
    "manageAccess",
    "scope_may_not",
  ],
  ["never to the workers' work", actors.adminToken({ scopes: ["work"] }), "work", "system_only"],
  ["an agent's scope", actors.agentToken({ scopes: ["triage"] }), "triage", true],
  ["an agent without it", actors.agentToken({ scopes: ["triage"] }), "report", "scope_may_not"],
  ["an agent beyond its kind", actors.agentToken({ scopes: ["publish"] }), "publish", "agent_may_not"],
])("scopes: %s", (_, actor, permission, expected) => {
  const decision = decidePermission(actor, permission);
  expect(decision.allowed || decision.reason).toBe(expected);
});

it("access is over everything: a project's admin neither reads nor manages it", () => {
  for (const permission of ["readAccess", "manageAccess", "readAudit"] as const) {
    expect(decidePermission(person(null, { shop: "admin" }), permission).allowed).toBe(false);
  }
});

it("what a kind's scopes may name is what the kind may do", () => {
  const tokens = { admin: actors.adminToken(), service: actors.serviceToken(), agent: actors.agentToken() };
  for (const kind of ["admin", "service", "agent"] as const) {
    const may = everyPermission.filter((each) => decidePermission(tokens[kind], each).allowed);
    expect(permissionsOfKind(kind).toSorted()).toEqual(may.filter((each) => each !== "intake").toSorted());
  }
  expect(permissionsOfRole("auditor")).toEqual([
    "read",
    "assess",
    "readAccess",
    "readAudit",
    "reviewBreakGlass",
  ]);
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
  expect(heldPermissions(person("triager"))).toEqual(["read", "report", "triage", "ownAccount"]);
});

it("breaking the glass is an admin's, judging it an admin's or an auditor's, and neither is a program's", () => {
  expect([rolesHolding("breakGlass"), rolesHolding("reviewBreakGlass")]).toEqual([
    ["admin"],
    ["auditor", "admin"],
  ]);
  for (const permission of ["breakGlass", "reviewBreakGlass"] as const) {
    const token: Actor = { kind: "token", tokenId: "t", name: "ci", tokenKind: "admin", scopes: [] };
    expect(decidePermission(token, permission)).toEqual({ allowed: false, reason: "person_required" });
  }
});

it("an own account has every person, whatever their roles, and no program", () => {
  expect(decidePermission(person("viewer"), "ownAccount")).toEqual({ allowed: true });
  expect(decidePermission({ ...person("viewer"), role: null } as Actor, "ownAccount")).toEqual({
    allowed: true,
  });
  for (const token of [actors.adminToken(), actors.serviceToken()]) {
    expect(decidePermission(token, "ownAccount")).toEqual({ allowed: false, reason: "person_required" });
    expect(heldPermissions(token)).not.toContain("ownAccount");
  }
  expect(decidePermission(actors.agentToken(), "ownAccount")).toEqual({
    allowed: false,
    reason: "person_required",
  });
  expect(rolesHolding("ownAccount")).toContain("auditor");
});
