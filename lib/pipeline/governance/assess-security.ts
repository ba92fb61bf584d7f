import { authorize } from "../authorize";
import type { Context } from "../context";
import { notAvailable } from "../not-available";

/** Every call of the security layer (contract 10). */
export type SecurityCall =
  | "authority_inventory"
  | "posture_checks"
  | "assessment_probes"
  | "assessment_report"
  | "deployment_cards"
  | "scenario_packs"
  | "governance_metrics"
  | "reassessments";

/** What anybody who reads may ask for; everything else of the layer is the administrator's. */
const readable: readonly SecurityCall[] = ["authority_inventory", "posture_checks"];

/**
 * The security layer comes with a later version: who may not call it is told so, everybody else that it is not there.
 *
 * @throws AppError forbidden, not_available.
 */
export async function assessSecurity(ctx: Context, call: SecurityCall): Promise<never> {
  const permission = readable.includes(call) ? "read" : "configure";
  await authorize(ctx, permission, { kind: "security", id: call });
  throw notAvailable("security");
}
