import { useQuery } from "@tanstack/react-query";
import type { RedactionProfileWire, RetentionProfileWire } from "@/lib/contracts/config-safety";
import { configQuery } from "@/lib/queries/config-query";

export type KnownProfiles = {
  redaction: readonly RedactionProfileWire[];
  retention: readonly RetentionProfileWire[];
};

/** Profiles that are saved under Safety defaults. The page has the configuration already; nothing is asked again. */
export function useKnownProfiles(): KnownProfiles {
  const safety = useQuery(configQuery()).data?.safety_defaults;
  return { redaction: safety?.redaction_profiles ?? [], retention: safety?.retention_profiles ?? [] };
}
