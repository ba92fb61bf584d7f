import { queryOptions, useQuery } from "@tanstack/react-query";
import type { SessionWire } from "@/lib/contracts/status";
import { api } from "@/lib/paths";
import { getJson } from "./api-error";
import { keys } from "./keys";

/** Who is signed in and what they may do. Roles change rarely: read once in a while, not on every focus. */
export function sessionQuery() {
  return queryOptions({
    queryKey: keys.session,
    queryFn: ({ signal }) => getJson<SessionWire>(api.session(), signal),
    staleTime: 60_000,
  });
}

export type PermissionState =
  | { allowed: true; known: true }
  | { allowed: false; known: boolean; role: string | undefined };

/** May the caller do this? Not before the answer is there: `known` tells waiting from refused. */
export function usePermission(permission: string): PermissionState {
  const session = useQuery(sessionQuery()).data;
  if (session?.permissions.includes(permission)) return { allowed: true, known: true };
  return { allowed: false, known: session !== undefined, role: session?.role };
}
