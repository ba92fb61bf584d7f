import type { RouteLintWire } from "@/lib/contracts/route-lint";
import type { RouteFinding } from "@/lib/domain/route-lint";
import { snakeKeys } from "./casing";

/** Keys that a finding is not about are absent. */
export function routeLintToWire(findings: readonly RouteFinding[]): RouteLintWire {
  return { findings: findings.map((finding) => snakeKeys(finding)), count: findings.length };
}
