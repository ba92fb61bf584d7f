import { incidentListQuerySchema } from "@/lib/contracts/incident";
import { filtersFrom, type SearchParams } from "@/lib/contracts/search-filters";
import { type IncidentFilters, incidentFilterKeys } from "@/lib/queries/incidents";

/** The filters of the list as its URL says them; what is not understood narrows nothing. */
export const incidentFiltersFrom = (params: SearchParams): IncidentFilters =>
  filtersFrom(incidentListQuerySchema, incidentFilterKeys, params);
