import type {
  ConfigHistoryQuery,
  ConfigHistoryWire,
  ConfigKeyWire,
  ConfigRevisionWire,
} from "@/lib/contracts/config-history";
import type { ActorRef } from "@/lib/domain/actor";
import type { ConfigChange } from "@/lib/domain/config-diff";
import { type CamelName, camelName } from "./casing";
import { given, pageFromQuery, spanFromQuery } from "./list-query";
import { present } from "./record-parts";

type Revision = {
  version: number;
  createdAtMs: number;
  actor: ActorRef;
  summary: string;
  changes: ConfigChange[];
};

export function configRevisionToWire(revision: Revision): ConfigRevisionWire {
  return {
    version: revision.version,
    at_ms: revision.createdAtMs,
    actor: revision.actor,
    summary: revision.summary,
    diff: revision.changes,
  };
}

export function configHistoryToWire(list: {
  revisions: Revision[];
  total: number;
  nextCursor: string | null;
}): ConfigHistoryWire {
  return {
    revisions: list.revisions.map(configRevisionToWire),
    count: list.revisions.length,
    total: list.total,
    ...present({ next_cursor: list.nextCursor }),
  };
}

/** The keys a restore is limited to; undefined: all. */
export function restoredKeys(body: {
  keys?: ConfigKeyWire[] | null;
}): CamelName<ConfigKeyWire>[] | undefined {
  return body.keys?.map((key) => camelName(key) as CamelName<ConfigKeyWire>);
}

export function listConfigRevisionsFromQuery(query: ConfigHistoryQuery) {
  const filter = { search: given(query.q), keys: given(query.keys)?.split(","), ...spanFromQuery(query) };
  return { page: pageFromQuery(query), filter };
}
