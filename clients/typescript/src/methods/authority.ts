import { type CallOptions, segment, type Transport } from "../transport.js";
import type {
  AuthorityGraph,
  AuthorityRegistered,
  AuthorityRegistrations,
  AuthoritySubjectsInput,
} from "../types/authority.js";
import type { AuthorityInventory } from "../types/security.js";

const base = "/incident-monitor/security";
const subjects = `${base}/authority-subjects`;

/** `ifMatch`: only over the generation with this ETag; `ifNoneMatch: "*"`: only where there is none yet. */
export type PutAuthoritySubjectsOptions = CallOptions & { ifMatch?: string; ifNoneMatch?: "*" };

export function authorityMethods(transport: Transport) {
  return {
    /** Who and what may act here. */
    getAuthorityInventory: (options?: CallOptions): Promise<AuthorityInventory> =>
      transport.json({ method: "GET", path: `${base}/authority-inventory` }, options),

    /** Who or what may publish where, and through which approval. */
    getAuthorityGraph: (options?: CallOptions): Promise<AuthorityGraph> =>
      transport.json({ method: "GET", path: `${base}/authority-graph` }, options),

    listAuthoritySubjects: (options?: CallOptions): Promise<AuthorityRegistrations> =>
      transport.json({ method: "GET", path: subjects }, options),

    /** Registers all that a runtime has, over what it said before. Names alone, never a value. */
    putAuthoritySubjects: (
      input: AuthoritySubjectsInput,
      options: PutAuthoritySubjectsOptions = {},
    ): Promise<AuthorityRegistered> =>
      transport.json(
        {
          method: "PUT",
          path: subjects,
          body: input,
          headers: { "if-match": options.ifMatch, "if-none-match": options.ifNoneMatch },
        },
        options,
      ),

    deleteAuthoritySubjects: async (
      runtimeId: string,
      options?: CallOptions,
    ): Promise<{ runtime_id: string; removed: true }> =>
      transport.json({ method: "DELETE", path: `${subjects}/${segment(runtimeId, "runtimeId")}` }, options),
  };
}
