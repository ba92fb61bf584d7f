import type {
  ConfigDeleteResponseWire,
  DestinationPutWire,
  LogSourcePutWire,
  ProjectPutWire,
  RoutePutWire,
} from "@/lib/contracts/config-resource";
import type { MonitorConfig } from "@/lib/domain/config";
import type { ConfigChange } from "@/lib/domain/config-diff";
import type { Issue } from "@/lib/domain/config-issue";
import type {
  ConfigListRef,
  ConfigResource,
  ConfigResourceRef,
  ConfigResourceWrite,
} from "@/lib/domain/config-resource";
import { camelKeys, snakeKeys } from "./casing";

/** The wire's keys of a kind: of one row, of a list, and of its id. */
const names = {
  destination: { one: "destination", many: "destinations", id: "destination_id" },
  route: { one: "route", many: "routes", id: "route_id" },
  project: { one: "project", many: "projects", id: "project_id" },
  log_source: { one: "log_source", many: "log_sources", id: "source_id" },
} as const;
type Kind = keyof typeof names;

type PutBodies = {
  destination: DestinationPutWire;
  route: RoutePutWire;
  project: ProjectPutWire;
  log_source: LogSourcePutWire;
};

/** Ids are stored trimmed, so they are looked for trimmed. */
export function configListFromPath(kind: Kind, params: Record<string, string>): ConfigListRef {
  return kind === "log_source" ? { kind, projectId: params.project_id?.trim() ?? "" } : { kind };
}

export function configResourceFromPath(kind: Kind, params: Record<string, string>): ConfigResourceRef {
  return { ...configListFromPath(kind, params), id: params[names[kind].id]?.trim() ?? "" };
}

/** The name of the body's id when it says another one than the path does; null when the two agree. */
export function contradictedId(kind: Kind, { id }: ConfigResourceRef, body: object): string | null {
  const field = names[kind].id;
  const said = (body as Record<string, unknown>)[field];
  return typeof said === "string" && said.trim() !== id ? field : null;
}

export function configWriteFromWire<K extends Kind>(
  kind: K,
  ref: ConfigResourceRef,
  body: PutBodies[K],
): ConfigResourceWrite {
  const given = camelKeys({ ...body, [names[kind].id]: ref.id });
  return { ...ref, given } as unknown as ConfigResourceWrite;
}

export function configResourceToWire(kind: Kind, resource: ConfigResource) {
  return { [names[kind].one]: snakeKeys(resource) };
}

export function configResourcesToWire(kind: Kind, resources: readonly ConfigResource[]) {
  return { [names[kind].many]: resources.map((row) => snakeKeys(row)), count: resources.length };
}

type Outcome = { config: MonitorConfig; changes: ConfigChange[]; warnings: Issue[] };

/** What every change of the configuration answers besides itself. */
export function configOutcomeToWire(outcome: Omit<Outcome, "config">, dryRun: boolean) {
  return { dry_run: dryRun, diff: outcome.changes, warnings: outcome.warnings };
}

export function configPutToWire(
  kind: Kind,
  put: Outcome & { resource: ConfigResource; created: boolean },
  dryRun: boolean,
) {
  return {
    ...configResourceToWire(kind, put.resource),
    created: put.created,
    updated_at_ms: put.config.updatedAtMs,
    ...configOutcomeToWire(put, dryRun),
  };
}

export function configDeleteToWire(
  outcome: Outcome & { alsoChanged: ConfigChange[] },
  dryRun: boolean,
): ConfigDeleteResponseWire {
  return {
    ok: true,
    deleted: 1,
    also_changed: outcome.alsoChanged,
    updated_at_ms: outcome.config.updatedAtMs,
    ...configOutcomeToWire(outcome, dryRun),
  };
}
