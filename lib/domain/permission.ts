import type { Actor, Role, TokenKind } from "./actor";

/** What somebody may want to do. Each verb names one of these. */
export type Permission =
  | "read"
  | "report"
  | "intake"
  | "ingestEvents"
  /** Say for a runtime who acts in it, with which tools, behind which gates. */
  | "registerSubjects"
  | "decide"
  | "publish"
  | "breakGlass"
  | "reviewBreakGlass"
  | "silence"
  | "triage"
  | "delete"
  | "configure"
  | "manageKeys"
  | "testDestination"
  /** Measure and reassess governance, and read what was found. */
  | "assess"
  /** See who has access: people, their roles and sessions, invitations and tokens. */
  | "readAccess"
  | "manageAccess"
  /** Read, export and verify the audit ledger. */
  | "readAudit"
  /** A person's own account: password, second factor, sessions. Never a program's. */
  | "ownAccount"
  | "work";

export type PermissionDecision =
  | { allowed: true }
  | {
      allowed: false;
      reason:
        | "agent_may_not"
        | "key_may_only_report"
        | "service_may_not"
        | "role_may_not"
        | "scope_may_not"
        | "person_required"
        | "system_only";
    };

const byRole: Record<Role, readonly Permission[]> = {
  viewer: ["read"],
  auditor: ["read", "assess", "readAccess", "readAudit", "reviewBreakGlass"],
  triager: ["read", "report", "triage"],
  approver: ["read", "report", "decide", "publish", "silence", "triage"],
  admin: [
    ...(["read", "report", "decide", "publish", "silence", "triage", "delete"] as const),
    ...(["configure", "manageKeys", "testDestination", "assess", "readAccess", "manageAccess"] as const),
    "readAudit",
    "registerSubjects",
    ...(["breakGlass", "reviewBreakGlass"] as const),
  ],
};

/** No program stands in for a person here (D-19). */
export const ofPersons: readonly Permission[] = ["ownAccount", "breakGlass", "reviewBreakGlass"];

const byService: readonly Permission[] = [
  ...(["read", "report", "ingestEvents", "registerSubjects", "publish", "triage"] as const),
];
const byAgent: readonly Permission[] = ["read", "report", "triage"];

/**
 * May `actor` do this, on this project when one is concerned? A project role adds to the global one; it never
 * takes away. A record of no project (null) is open to global roles alone, as it is in lists. Where no record is
 * concerned at all (undefined) only the global role counts, except for reading lists, which are filtered.
 */
export function decidePermission(
  actor: Actor,
  permission: Permission,
  projectId?: string | null,
): PermissionDecision {
  switch (actor.kind) {
    case "system":
      return { allowed: true };
    case "intakeKey":
      return permission === "intake" ? { allowed: true } : { allowed: false, reason: "key_may_only_report" };
    case "agent":
      if (ofPersons.includes(permission)) return { allowed: false, reason: "person_required" };
      if (!byAgent.includes(permission)) return { allowed: false, reason: "agent_may_not" };
      return withinScopes(actor.scopes, permission);
    case "token":
      if (permission === "work") return { allowed: false, reason: "system_only" };
      if (ofPersons.includes(permission)) return { allowed: false, reason: "person_required" };
      if (actor.tokenKind === "service" && !byService.includes(permission))
        return { allowed: false, reason: "service_may_not" };
      return withinScopes(actor.scopes, permission);
    case "user": {
      if (permission === "ownAccount") return { allowed: true };
      const roles = [actor.role, projectId ? roleOn(actor.projectRoles, projectId) : null];
      if (permission === "read" && projectId === undefined) roles.push(...Object.values(actor.projectRoles));
      const allowed = roles.some((role) => role && byRole[role].includes(permission));
      return allowed ? { allowed: true } : { allowed: false, reason: "role_may_not" };
    }
  }
}

/** Scopes narrow what the kind may do and never widen it; none at all means all of it. */
function withinScopes(scopes: readonly Permission[], permission: Permission): PermissionDecision {
  return scopes.length === 0 || scopes.includes(permission)
    ? { allowed: true }
    : { allowed: false, reason: "scope_may_not" };
}

/** Ids of projects are people's words: one called `constructor` has no role by being called so. */
function roleOn(projectRoles: Readonly<Record<string, Role>>, projectId: string): Role | null {
  return Object.hasOwn(projectRoles, projectId) ? (projectRoles[projectId] ?? null) : null;
}

/** The projects an actor's lists are limited to; null means every project and unbound records too. */
export function readableProjects(actor: Actor): readonly string[] | null {
  if (actor.kind === "intakeKey") return [];
  if (actor.kind !== "user" || actor.role) return null;
  return Object.keys(actor.projectRoles);
}

/** The projects whose records an actor may do this to; null means every project and unbound records too. */
export function projectsHolding(actor: Actor, permission: Permission): readonly string[] | null {
  if (actor.kind !== "user") return decidePermission(actor, permission).allowed ? null : [];
  if (decidePermission(actor, permission, null).allowed) return null;
  return Object.keys(actor.projectRoles).filter((id) => decidePermission(actor, permission, id).allowed);
}

/** Roles that hold a permission, for telling somebody who could do it. */
export function rolesHolding(permission: Permission): Role[] {
  if (permission === "ownAccount") return Object.keys(byRole) as Role[];
  return (Object.keys(byRole) as Role[]).filter((role) => byRole[role].includes(permission));
}

export const everyPermission: readonly Permission[] = [
  "read",
  "report",
  "intake",
  "ingestEvents",
  "registerSubjects",
  "decide",
  "publish",
  "breakGlass",
  "reviewBreakGlass",
  "silence",
  "triage",
  "delete",
  "configure",
  "manageKeys",
  "testDestination",
  "assess",
  "readAccess",
  "manageAccess",
  "readAudit",
  "ownAccount",
];

/** What an actor may do everywhere, for showing it. */
export function heldPermissions(actor: Actor): Permission[] {
  return everyPermission.filter((permission) => decidePermission(actor, permission).allowed);
}

export const permissionsOfRole = (role: Role): readonly Permission[] => byRole[role];

/** Everything that a token of this kind can be allowed: what its scopes may name. `intake` is for scoped keys. */
export function permissionsOfKind(kind: TokenKind): readonly Permission[] {
  if (kind === "agent") return byAgent;
  return kind === "service"
    ? byService
    : everyPermission.filter((each) => each !== "intake" && !ofPersons.includes(each));
}
