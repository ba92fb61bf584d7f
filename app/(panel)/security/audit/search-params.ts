import { auditListQuerySchema } from "@/lib/contracts/audit";
import type { AuditFilters } from "@/lib/queries/audit";

const { limit, cursor, ...shape } = auditListQuerySchema.shape;

/** The filters of the list as its URL says them; what is not understood narrows nothing. */
export function auditFiltersFrom(params: Record<string, string | string[] | undefined>): AuditFilters {
  const read = Object.entries(shape).map(([name, schema]) => [
    name,
    schema.catch(undefined).parse(params[name] || undefined),
  ]);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as AuditFilters;
}
