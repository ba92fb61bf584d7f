import type { AuthorityInventory } from "./authority-inventory";
import { effectiveDestinations, type MonitorConfig } from "./config";
import type { AffectedObject } from "./posture";
import { bindSource } from "./source-binding";

/** Who should act on something, and how that is known. `none`: nobody is named anywhere, which is said plainly. */
export type Owner = {
  assigned: boolean;
  /** People's words as they were configured or registered; `unassigned` where there is none. */
  name: string;
  basis: "source_owner" | "project_owner" | "registered_creator" | "destination_sources" | "none";
};

/** What an owner is looked for. */
export type OwnedObject = {
  kind: string;
  id: string;
  projectId?: string | null;
  sourceId?: string | null;
  destinationId?: string | null;
  automationId?: string | null;
};
export type OwnerOf = (object: OwnedObject | undefined) => Owner;

export const unassigned: Owner = { assigned: false, name: "unassigned", basis: "none" };

/** What a finding or a result is about, as an owner is looked for. */
export const ownedOf = ({ kind, id, projectId, sourceId, destinationId, automationId }: AffectedObject) => ({
  ...{ kind, id, projectId, sourceId, destinationId, automationId },
});

/**
 * Owners out of the configuration and the registered subjects that the reader sees: a source's own owner, else its project's; an automation's
 * creator; of a destination whoever owns the sources that are bound to it, since a destination has no owner of its own.
 */
export function ownersOf(
  config: MonitorConfig,
  { inventory }: Pick<AuthorityInventory, "inventory">,
): OwnerOf {
  const seen = new Set(inventory.monitoredSources.map((each) => each.projectId));
  const projects = new Map(
    config.monitoredProjects.filter((each) => seen.has(each.projectId)).map((each) => [each.projectId, each]),
  );
  const creators = new Map(inventory.automationSpecs.map((each) => [each.automationId, each.creatorId]));
  const byDestination = destinationOwners(config, [...projects.values()]);

  function ofSource(projectId: string, sourceId: string | null | undefined): Owner {
    const project = projects.get(projectId);
    const source = project?.logSources.find((each) => each.sourceId === sourceId);
    const own = source?.dataReadiness.sourceOwner?.trim();
    if (own) return { assigned: true, name: own, basis: "source_owner" };
    const whole = project?.dataReadiness.sourceOwner?.trim();
    return whole ? { assigned: true, name: whole, basis: "project_owner" } : unassigned;
  }

  return (object) => {
    if (!object) return unassigned;
    if (object.projectId) return ofSource(object.projectId, object.sourceId);
    const automationId = object.automationId ?? (object.kind === "automation" ? object.id : null);
    const creator = automationId ? creators.get(automationId)?.trim() : null;
    if (creator) return { assigned: true, name: creator, basis: "registered_creator" };
    const destinationId = object.destinationId ?? (object.kind === "destination" ? object.id : null);
    const names = destinationId ? byDestination.get(destinationId) : undefined;
    if (names?.length) return { assigned: true, name: names.join(", "), basis: "destination_sources" };
    return object.kind === "project" ? ofSource(object.id, null) : unassigned;
  };
}

function destinationOwners(
  config: MonitorConfig,
  projects: MonitorConfig["monitoredProjects"],
): Map<string, string[]> {
  const owners = new Map<string, Set<string>>();
  const known = new Set(effectiveDestinations(config).map((each) => each.destinationId));
  for (const project of projects) {
    for (const source of [null, ...project.logSources]) {
      const bound = bindSource(project, source);
      const name = (source?.dataReadiness.sourceOwner ?? project.dataReadiness.sourceOwner)?.trim();
      if (!name) continue;
      for (const id of [...bound.allowedDestinationIds, ...bound.defaultDestinationIds]) {
        if (known.has(id)) owners.set(id, (owners.get(id) ?? new Set()).add(name));
      }
    }
  }
  return new Map([...owners].map(([id, names]) => [id, [...names].sort()]));
}
