import { incidentListQuerySchema } from "@/lib/contracts/incident";
import type { IncidentFilters } from "@/lib/queries/incidents";

const { q, severity, project, status } = incidentListQuerySchema.shape;

/** The filters of the list as its URL says them; what is not understood narrows nothing. */
export function incidentFiltersFrom(params: Record<string, string | string[] | undefined>): IncidentFilters {
  return {
    q: q.catch(undefined).parse(params.q || undefined),
    severity: severity.catch(undefined).parse(params.severity),
    project: project.catch(undefined).parse(params.project || undefined),
    status: status.catch(undefined).parse(params.status),
  };
}
