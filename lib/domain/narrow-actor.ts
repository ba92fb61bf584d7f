import type { Actor } from "./actor";
import { type Permission, projectsHolding } from "./permission";

/**
 * The actor as far as a permission reaches: somebody who may do it on some projects sees these alone while they do it, whatever else
 * they may read. `projects` null: everywhere.
 */
export function narrowedTo(
  actor: Actor,
  permission: Permission,
): { actor: Actor; projects: readonly string[] | null } {
  const projects = projectsHolding(actor, permission);
  if (actor.kind !== "user" || projects === null) return { actor, projects };
  const projectRoles = Object.fromEntries(
    Object.entries(actor.projectRoles).filter(([id]) => projects.includes(id)),
  );
  return { actor: { ...actor, role: null, projectRoles }, projects };
}
