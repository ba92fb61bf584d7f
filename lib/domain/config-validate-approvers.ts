import type { ProjectRoles } from "./access";
import type { Role } from "./actor";
import type { LogSource, MonitorConfig, MonitoredProject } from "./config";
import type { ConfigChecks, Findings } from "./config-issue";
import { namedWords, wordList } from "./named-approvers";
import { decidePermission } from "./permission";
import { normaliseKey } from "./text";

/** Somebody whom a setting names, as far as it decides whether they may approve. */
export type ApproverPerson = {
  userId: string;
  name: string;
  disabled: boolean;
  role: Role | null;
  projectRoles: ProjectRoles;
};

/** One setting that names who may approve. */
export type NamedSetting = {
  kind: "route" | "project" | "source" | "high_risk" | "critical_risk";
  /** In wire words, with the field: `routes[0].approvers`. */
  path: string;
  /** The same setting in another version of the configuration, wherever it stands there. */
  key: string;
  /** "Route Pay", as people know it. */
  words: string;
  ids: { routeId?: string; projectId?: string; sourceId?: string };
  count: number;
  approvers: readonly string[];
  /** The projects of the records that it can be about; null: those of no project. */
  projects: readonly (string | null)[];
};

export function namedSettings(config: NamingConfig): NamedSetting[] {
  const all = [...config.monitoredProjects.map((each) => each.projectId), null];
  const found: NamedSetting[] = [];
  const name = (
    asks: { count: number | undefined; approvers: readonly string[] | undefined },
    setting: Omit<NamedSetting, "count" | "approvers">,
  ) => {
    if (asks.approvers?.length) found.push({ ...setting, count: asks.count ?? 1, approvers: asks.approvers });
  };
  config.routes.forEach((route, index) => {
    name(asksOf(route), {
      ...{ kind: "route", path: `routes[${index}].approvers`, key: `route ${route.routeId}` },
      ...{ words: `Route ${route.name}`, ids: { routeId: route.routeId } },
      projects: matchedProjects(route.matchProjectIds, all),
    });
  });
  config.monitoredProjects.forEach((project, index) => {
    const { projectId } = project;
    const path = `monitored_projects[${index}]`;
    name(asksOf(project), {
      ...{ kind: "project", path: `${path}.approvers`, key: `project ${projectId}` },
      ...{ words: `Project ${projectId}`, ids: { projectId }, projects: [projectId] },
    });
    project.logSources.forEach((source, place) => {
      const { sourceId } = source;
      name(asksOf(source), {
        ...{ kind: "source", path: `${path}.log_sources[${place}].approvers` },
        ...{ key: `source ${JSON.stringify([projectId, sourceId])}`, words: `Source ${sourceId}` },
        ...{ ids: { projectId, sourceId }, projects: [projectId] },
      });
    });
  });
  const safety = config.safetyDefaults;
  const risk = { ids: {}, projects: all };
  name(
    { count: safety.approvalsRequiredHighRisk, approvers: safety.approversHighRisk },
    {
      ...{ ...risk, kind: "high_risk", path: "safety_defaults.approvers_high_risk" },
      ...{ key: "high", words: "High risk" },
    },
  );
  name(
    { count: safety.approvalsRequiredCriticalRisk, approvers: safety.approversCriticalRisk },
    {
      ...{ ...risk, kind: "critical_risk", path: "safety_defaults.approvers_critical_risk" },
      ...{ key: "critical", words: "Critical risk" },
    },
  );
  return found;
}

/** Everybody whom a configuration names, once. */
export const namedPeople = (config: NamingConfig): string[] => [
  ...new Set(namedSettings(config).flatMap((each) => each.approvers)),
];

export type NamingConfig = Pick<MonitorConfig, "routes" | "monitoredProjects" | "safetyDefaults">;

const asksOf = (row: Pick<MonitoredProject | LogSource, "approvalsRequired" | "approvers">) => ({
  count: row.approvalsRequired,
  approvers: row.approvers,
});

/** A route that names projects is about those; one that names none, about every record. */
function matchedProjects(ids: readonly string[], all: readonly (string | null)[]): (string | null)[] {
  if (ids.length === 0) return [...all];
  const wanted = ids.map(normaliseKey);
  return all.filter((id) => id !== null && wanted.includes(normaliseKey(id)));
}

/** Why too few of a setting's people may approve; null where enough of them may. `nowhere`: of no record it is about. */
export function unmetSetting(
  setting: NamedSetting,
  personOf: (userId: string) => ApproverPerson | null,
): { nowhere: boolean; message: string } | null {
  const { approvers, count, projects } = setting;
  const people = approvers.map((id) => ({ id, person: personOf(id) }));
  const able = (project: string | null) =>
    people.filter(({ person }) => person && mayApprove(person, project)).length;
  // One that no project is like is met by whoever may decide anything; the route is dead for another reason.
  const places = projects.length > 0 ? projects : [null];
  const short = places.filter((project) => able(project) < count);
  if (short.length === 0) return null;
  const nowhere = short.length === places.length;
  const names = people.map(({ id, person }) => person?.name ?? id);
  const where = nowhere ? "" : ` for ${wordList(short.slice(0, 5).map(placeWords))}`;
  const why = obstacles(people, short);
  const message = `${namedWords(names, count)}, and that cannot be${where}: ${why}. Name others, give them the role, or ask for fewer`;
  return { nowhere, message };
}

export function mayApprove(person: ApproverPerson, project: string | null): boolean {
  if (person.disabled) return false;
  const actor = { kind: "user", email: "", sessionId: "", stepUpAtMs: null, ...person } as const;
  return decidePermission(actor, "decide", project).allowed;
}

function obstacles(
  people: readonly { id: string; person: ApproverPerson | null }[],
  short: readonly (string | null)[],
): string {
  const said = people.flatMap(({ id, person }) => {
    if (!person) return `${id} has no account`;
    if (person.disabled) return `${person.name} is disabled`;
    return short.some((project) => !mayApprove(person, project))
      ? `${person.name} may not approve there`
      : [];
  });
  return said.length > 0 ? wordList(said) : "it names fewer people than it asks for";
}

const placeWords = (project: string | null) =>
  project === null ? "records of no project" : `project ${project}`;

/**
 * Lists that can never be met are refused when somebody writes them. One that was stored and cannot be met any more, since
 * somebody left, is a warning: it must not keep everything else from being saved, and the gate stays shut.
 */
export function validateApprovers(config: NamingConfig, checks: ConfigChecks, found: Findings): void {
  const { personOf, storedNames } = checks;
  const before = new Map((storedNames ? namedSettings(storedNames) : []).map((each) => [each.key, each]));
  for (const setting of namedSettings(config)) {
    const { path, approvers } = setting;
    const was = before.get(setting.key);
    // Met before, by the people of now: then it is this change that leaves too few.
    const isCaused = !isSame(was, setting) || (personOf && was && !unmetSetting(was, personOf)?.nowhere);
    const say = isCaused ? found.error.bind(found) : found.warn.bind(found);
    if (!personOf) {
      const { count } = setting;
      if (approvers.length < count) say(path, "approvers_too_few", tooFew(approvers.length, count));
      continue;
    }
    approvers.forEach((id, index) => {
      if (!personOf(id)) say(`${path}[${index}]`, "approver_unknown", `No person has the id ${id}`);
    });
    const unmet = unmetSetting(setting, personOf);
    if (!unmet) continue;
    if (unmet.nowhere) say(path, "approvers_too_few", unmet.message);
    else found.warn(path, "approvers_too_few", unmet.message);
  }
}

const tooFew = (named: number, count: number) => `${count} people must approve, and it names ${named}`;

function isSame(before: NamedSetting | undefined, now: NamedSetting): boolean {
  const left = before?.approvers.toSorted().join("\n");
  return before?.count === now.count && left === now.approvers.toSorted().join("\n");
}
