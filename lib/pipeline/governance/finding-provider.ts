import type { FoundFinding, ReassessmentScope } from "@/lib/domain/reassessment";
import type { Context } from "../context";

/**
 * One source of what a reassessment finds. It reads and changes nothing, and what it gives holds ids, codes and paths alone:
 * the same finding has the same fingerprint whenever it is found.
 */
export type FindingProvider = {
  name: string;
  find: (ctx: Context, scope: ReassessmentScope) => Promise<FoundFinding[]>;
};
