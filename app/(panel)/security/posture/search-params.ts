import { postureQuerySchema } from "@/lib/contracts/posture";
import type { PostureFilters } from "@/lib/queries/posture";

const { disabled_rules, min_severity } = postureQuerySchema.shape;

/** What this look leaves out, as its address says it; what is not understood narrows nothing. */
export function postureFiltersFrom(params: Record<string, string | string[] | undefined>): PostureFilters {
  return {
    disabled_rules: disabled_rules.catch(undefined).parse(params.disabled_rules || undefined),
    min_severity: min_severity.catch(undefined).parse(params.min_severity || undefined),
  };
}
