import type {
  ConfigHistoryQuery,
  ConfigHistoryWire,
  ConfigRevisionWire,
} from "@/lib/contracts/config-history";
import type { ActorRef } from "@/lib/domain/actor";
import type { ConfigChange } from "@/lib/domain/config-diff";
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

export function listConfigRevisionsFromQuery(query: ConfigHistoryQuery) {
  return { page: pageFromQuery(query), filter: { search: given(query.q), ...spanFromQuery(query) } };
}
