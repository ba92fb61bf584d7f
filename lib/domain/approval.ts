import type { ApprovalNeed } from "./approval-need";
import { canonicalJson } from "./canonical-json";
import type { Destination, MonitorConfig } from "./config";
import type { ApprovalFacet, DraftContent } from "./draft";
import { type Reason, reason } from "./reason";
import type { RouteDecision } from "./routing";

export type Sha256 = (text: string) => string;

/**
 * What never voids an approval, in one place (D-06): it is left out of every digest below.
 * delivery id, idempotency key, times, draft status, approval fields, occurrence count, last seen.
 */
export type ApprovalBasis = {
  /** Digest per content field of the draft, so that a change can be named. */
  draft: Record<string, string>;
  /** Digest of each covered destination's row. */
  destinations: Record<string, string>;
  /** Digest of each frozen payload. */
  payloads: Record<string, string>;
  policy: string;
};

export type FrozenPayload = { destinationId: string; digest: string };

/** The parts an approval binds, each as a digest; `digestOf` is the one value people see. */
export function approvalBasis(
  content: DraftContent,
  destinations: readonly Destination[],
  payloads: readonly FrozenPayload[],
  policyVersion: string,
  sha256: Sha256,
): ApprovalBasis {
  const draft: Record<string, string> = {};
  for (const [name, value] of Object.entries(content)) {
    if (value !== undefined && value !== null) draft[name] = sha256(canonicalJson(value));
  }
  return {
    draft,
    destinations: Object.fromEntries(
      destinations.map((row) => [row.destinationId, destinationDigest(row, sha256)]),
    ),
    payloads: Object.fromEntries(payloads.map((payload) => [payload.destinationId, payload.digest])),
    policy: policyVersion,
  };
}

/** Of the settings that decide where and how something leaves, rules of redaction among them; renaming, tagging and switching off are not among them. */
export function destinationDigest(row: Destination, sha256: Sha256): string {
  const { name: _name, routeTags: _tags, enabled: _enabled, ...rest } = row;
  return sha256(canonicalJson(rest));
}

export function digestOf(basis: ApprovalBasis, sha256: Sha256): string {
  return sha256(canonicalJson(basis));
}

/**
 * A hash of the values that decided this draft: the winning route, those that joined it, their policies, the source's policy and the safety
 * defaults that were read (destinations have their own digests). Not the config's version: unrelated edits void nothing.
 */
export function policyVersionOf(
  decision: RouteDecision,
  sourcePolicy: string | null,
  config: MonitorConfig,
  sha256: Sha256,
): string {
  const safety = config.safetyDefaults;
  const joined = decision.contributors.slice(1).map((each) => [each.routeId, each.approvalPolicy]);
  const rules = peopleRulesOf(decision.approval);
  return sha256(
    canonicalJson({
      route: decision.winner.routeId,
      routePolicy: decision.winner.approvalPolicy,
      ...(joined.length > 0 && { joined }),
      sourcePolicy,
      ...(rules && { rules }),
      global: config.requireApprovalForNewIssues,
      highRisk: [
        safety.requireApprovalForHighRisk,
        safety.highRiskCategories,
        safety.highRiskDestinationKinds,
        safety.minimumRiskLevel ?? null,
      ],
    }),
  );
}

/** How many and who, where that is more than one of anybody: an approval given under less does not carry over. */
function peopleRulesOf({ count, named, authorMayNot, stepUp }: ApprovalNeed) {
  if (count <= 1 && named.length === 0 && authorMayNot.length === 0 && stepUp.length === 0) return null;
  return {
    ...{ count, authorMayNot: authorMayNot.length > 0, stepUp: stepUp.length > 0 },
    // Naming somebody, or nobody more, is another policy; the order that they are written in is none.
    ...(named.length > 0 && { named: named.map((each) => [each.count, each.approvers.toSorted()]) }),
  };
}

/** What differs between what was approved and what would leave now, for the destinations asked about; empty if nothing. */
export function changesSince(
  approved: ApprovalBasis,
  current: ApprovalBasis,
  binding: "content" | "draft",
): Reason[] {
  const found: Reason[] = [];
  for (const id of Object.keys(current.payloads)) {
    if (!(id in approved.payloads)) {
      found.push(
        reason("destination_not_approved", `${id} was not among the approved destinations`, {
          destinationId: id,
        }),
      );
      continue;
    }
    if (approved.destinations[id] !== current.destinations[id]) {
      found.push(reason("destination_changed", `The settings of ${id} changed`, { destinationId: id }));
    }
    if (binding === "content" && approved.payloads[id] !== current.payloads[id]) {
      found.push(reason("payload_changed", `What would be sent to ${id} changed`, { destinationId: id }));
    }
  }
  if (approved.policy !== current.policy) {
    found.push(reason("policy_changed", "The policy that decided this draft changed"));
  }
  if (binding === "content") {
    const names = new Set([...Object.keys(approved.draft), ...Object.keys(current.draft)]);
    for (const name of names) {
      if (approved.draft[name] !== current.draft[name]) {
        found.push(reason("draft_changed", `The draft's ${name} changed`, { field: name }));
      }
    }
  }
  return found;
}

/** May somebody decide now? Looks at the facet, never at the wire's word (D-04, W-40). */
export function decidable(facet: ApprovalFacet): Reason | null {
  switch (facet) {
    case "required":
    case "voided":
    case "expired":
      return null;
    case "granted":
      return reason("already_approved", "This draft is approved already");
    case "denied":
      return reason("already_denied", "This draft was denied");
    case "not_required":
      return reason("approval_not_required", "No policy asks for approval of this draft");
  }
}

/** May this draft be published as far as approval goes? `required` is what policy says now. */
export function publishable(facet: ApprovalFacet, required: boolean): "yes" | "needs_approval" | "denied" {
  if (facet === "denied") return "denied";
  if (facet === "granted") return "yes";
  return required || facet !== "not_required" ? "needs_approval" : "yes";
}
