import { describe, expect, it } from "vitest";
import { actors } from "@/lib/testing/context";
import type { ProjectRoles } from "./access";
import {
  type AccessDecision,
  decidePasswordReset,
  decideToken,
  decideTokenEnd,
  decideUserChange,
  grantedBy,
} from "./access-rules";
import type { Actor, Role, TokenKind } from "./actor";
import type { Permission } from "./permission";

const code = (decision: AccessDecision) => (decision.ok ? null : decision.reason.code);
const standing = (
  role: Role | null,
  projectRoles: ProjectRoles = {},
  disabledAtMs: number | null = null,
) => ({
  ...{ userId: "user-ada", role, projectRoles, disabledAtMs },
});
type Standing = ReturnType<typeof standing>;

const ada = actors.admin({ userId: "user-ada" });
const bob = actors.admin({ userId: "user-bob" });
const narrowed = actors.adminToken({ scopes: ["readAccess", "manageAccess", "read", "assess", "readAudit"] });

describe("what may become of a person", () => {
  it.each<[string, Actor, Standing, Standing | null, number, string | null]>([
    ["an admin is demoted while another stays", bob, standing("admin"), standing("viewer"), 1, null],
    ["the last admin is not demoted", bob, standing("admin"), standing("viewer"), 0, "last_admin"],
    ["nor disabled", bob, standing("admin"), standing("admin", {}, 1), 0, "last_admin"],
    ["nor removed", actors.adminToken(), standing("admin"), null, 0, "last_admin"],
    [
      "nor left with projects only",
      bob,
      standing("admin"),
      standing(null, { shop: "admin" }),
      0,
      "last_admin",
    ],
    ["a disabled admin is not the last one", bob, standing("admin", {}, 1), null, 0, null],
    ["enabling needs no other admin", bob, standing("admin", {}, 1), standing("admin"), 0, null],
    ["the last admin may still be renamed", ada, standing("admin"), standing("admin"), 0, null],
    ["somebody else is removed", bob, standing("viewer"), null, 0, null],
    ["nobody removes themselves", ada, standing("admin"), null, 5, "own_account"],
    ["nor disables themselves", ada, standing("admin"), standing("admin", {}, 1), 5, "own_account"],
    ["an admin steps down", ada, standing("admin"), standing("approver"), 1, null],
    ["nobody raises their own role", ada, standing("viewer"), standing("admin"), 1, "own_role_raised"],
    ["not sideways either", ada, standing("approver"), standing("auditor"), 1, "own_role_raised"],
    [
      "nor on a project",
      ada,
      standing("viewer", { shop: "triager" }),
      standing("viewer", { shop: "approver" }),
      1,
      "own_role_raised",
    ],
    [
      "a project role that adds nothing raises nothing",
      ada,
      standing("approver"),
      standing("approver", { shop: "viewer" }),
      1,
      null,
    ],
    [
      "a project called like an object's member is a project",
      ada,
      standing(null, {}),
      standing(null, { constructor: "viewer" } as unknown as ProjectRoles),
      1,
      "own_role_raised",
    ],
    ["others are raised", bob, standing("viewer"), standing("admin"), 0, null],
    ["a narrowed token gives what it holds", narrowed, standing(null), standing("auditor"), 0, null],
    ["and no more", narrowed, standing("viewer"), standing("triager"), 0, "grants_more_than_held"],
    ["taking away needs nothing", narrowed, standing("approver"), standing(null), 0, null],
    [
      "a role that stays is not given",
      narrowed,
      standing("approver", { shop: "viewer" }),
      standing("approver", { shop: "auditor" }),
      0,
      null,
    ],
  ])("%s", (_, actor, user, after, otherAdmins, refusal) => {
    expect(code(decideUserChange({ actor, user, after, otherAdmins }))).toBe(refusal);
  });

  it("what roles give is counted once, over everything and per project", () => {
    expect(grantedBy({ role: null, projectRoles: { shop: "viewer", bank: "auditor" } })).toEqual([
      "read",
      "assess",
      "readAccess",
      "readAudit",
      "reviewBreakGlass",
    ]);
  });
});

describe("whose password may be reset", () => {
  it.each<[string, Actor, Standing, boolean, string | null]>([
    ["an admin makes a link for anybody else", bob, standing("admin"), true, null],
    ["not for themselves", ada, standing("admin"), true, "own_account"],
    ["nor for who may not sign in", bob, standing("viewer", {}, 1), true, "user_disabled"],
    ["nor for who has no password", bob, standing("viewer"), false, "no_password"],
    ["a token that may everything, too", actors.adminToken(), standing("admin"), true, null],
    ["a narrowed one for who may no more than it", narrowed, standing("viewer"), true, null],
    ["not for who may more", narrowed, standing("approver"), true, "grants_more_than_held"],
    ["on a project either", narrowed, standing(null, { shop: "admin" }), true, "grants_more_than_held"],
  ])("%s", (_, actor, user, hasPassword, refusal) => {
    expect(code(decidePasswordReset({ actor, user, hasPassword }))).toBe(refusal);
  });
});

describe("which tokens may be made", () => {
  it.each<[string, Actor, TokenKind, Permission[], string | null]>([
    ["a person makes any kind", ada, "admin", [], null],
    ["a service may take events, which no person does", ada, "service", ["ingestEvents"], null],
    ["a scope that the kind never has", ada, "agent", ["read", "publish"], "token_scope_beyond_kind"],
    ["a service decides nothing", ada, "service", ["decide"], "token_scope_beyond_kind"],
    ["the workers' own work is nobody's", ada, "admin", ["work"], "token_scope_beyond_kind"],
    ["a scoped key's way in is no token's", ada, "admin", ["intake"], "token_scope_beyond_kind"],
    ["an admin token makes any", actors.adminToken(), "admin", [], null],
    ["a narrowed one makes one as narrow", narrowed, "admin", ["read"], null],
    ["not one that may everything", narrowed, "admin", [], "grants_more_than_held"],
    ["not through another kind", narrowed, "service", [], "grants_more_than_held"],
  ])("%s", (_, actor, kind, scopes, refusal) => {
    expect(code(decideToken(actor, { kind, scopes }))).toBe(refusal);
  });

  it("the host's own token is ended at the host", () => {
    expect(code(decideTokenEnd({ bootstrap: true }))).toBe("token_is_hosts");
    expect(code(decideTokenEnd({ bootstrap: false }))).toBeNull();
  });
});
