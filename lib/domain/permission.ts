import type { Actor, Role } from "./actor";

/** What somebody may want to do. Each verb names one of these. */
export type Permission =
  | "read"
  | "report"
  | "intake"
  | "ingestEvents"
  | "decide"
  | "publish"
  | "silence"
  | "triage"
  | "delete"
  | "configure"
  | "manageKeys"
  | "testDestination"
  | "work";

export type PermissionDecision =
  | { allowed: true }
  | {
      allowed: false;
      reason: "agent_may_not" | "key_may_only_report" | "service_may_not" | "role_may_not" | "system_only";
    };

const byRole: Record<Role, readonly Permission[]> = {
  viewer: ["read"],
  auditor: ["read"],
  triager: ["read", "report", "triage"],
  approver: ["read", "report", "decide", "publish", "silence", "triage"],
  admin: [
    ...(["read", "report", "decide", "publish", "silence", "triage", "delete"] as const),
    ...(["configure", "manageKeys", "testDestination"] as const),
  ],
};

const byService: readonly Permission[] = ["read", "report", "ingestEvents", "publish", "triage"];
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
      return byAgent.includes(permission) ? { allowed: true } : { allowed: false, reason: "agent_may_not" };
    case "token":
      if (permission === "work") return { allowed: false, reason: "system_only" };
      if (actor.tokenKind === "admin") return { allowed: true };
      return byService.includes(permission)
        ? { allowed: true }
        : { allowed: false, reason: "service_may_not" };
    case "user": {
      const roles = [actor.role, projectId ? roleOn(actor.projectRoles, projectId) : null];
      if (permission === "read" && projectId === undefined) roles.push(...Object.values(actor.projectRoles));
      const allowed = roles.some((role) => role && byRole[role].includes(permission));
      return allowed ? { allowed: true } : { allowed: false, reason: "role_may_not" };
    }
  }
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
  return (Object.keys(byRole) as Role[]).filter((role) => byRole[role].includes(permission));
}

const everyPermission: readonly Permission[] = [
  "read",
  "report",
  "intake",
  "ingestEvents",
  "decide",
  "publish",
  "silence",
  "triage",
  "delete",
  "configure",
  "manageKeys",
  "testDestination",
];

/** What an actor may do everywhere, for showing it. */
export function heldPermissions(actor: Actor): Permission[] {
  return everyPermission.filter((permission) => decidePermission(actor, permission).allowed);
}
