import type { StateName } from "@/components/state/state-map";
import type { ReadinessControlWire, ReadinessGroupWire } from "@/lib/contracts/readiness";

export const groupWords: Record<ReadinessGroupWire, { title: string; about: string }> = {
  shipped_evidence: {
    title: "Shipped evidence",
    about: "What this product records by itself, and whether it is fresh and without grave findings.",
  },
  deployment_policy: {
    title: "Deployment policy",
    about: "What is set on this deployment, and what may happen without a person.",
  },
  customer_owned_custody: {
    title: "Customer-owned custody",
    about: "What lies with you and cannot be seen from here. Nothing is said of it but who vouches for it.",
  },
  response_duties: {
    title: "Response duties",
    about: "Who is told, who decides, and whether anything waits for them.",
  },
};

type Look = { state: StateName; word: string };

/** What the customer owns is told by who vouches for it, never as met. */
export function lookOfControl({ state, acknowledgement }: ReadinessControlWire): Look {
  if (state === "met") return { state: "approved", word: "Met" };
  if (state === "attention") return { state: "notReady", word: "Attention" };
  if (state === "not_evaluable") return { state: "neverRead", word: "Not evaluable" };
  if (acknowledgement === null) return { state: "reviewDue", word: "Yours to vouch for" };
  return acknowledgement.lapsed
    ? { state: "approvalExpired", word: "Vouched for, lapsed" }
    : { state: "noApproval", word: "Vouched for" };
}

/** Does somebody have to do something? As the counts have it. */
export const isOpenControl = ({ state, acknowledgement }: ReadinessControlWire): boolean =>
  state === "customer_owned" ? acknowledgement === null || acknowledgement.lapsed : state !== "met";
