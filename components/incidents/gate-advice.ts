/** What to do about a gate that failed, by its key. */
const advice: Record<string, string> = {
  source_known: "Name what failed: a component, or the event.",
  type_classified: "Say what kind of failure it is: give the event, for example checkout.payment.failed.",
  confidence_recorded: "Say how sure the reporter is.",
  dedupe_checked: "Report it again in a moment.",
  evidence_present: "Add what happened, an evidence line from the log, or a link to the run.",
  destination_clear: "Say where it should go, or add a route.",
  risk_known: "Choose a severity.",
  not_routine_noise: "Progress, heartbeats and retries are no failures. Name the event after what failed.",
};

export function gateAdvice(key: string): string | undefined {
  return Object.hasOwn(advice, key) ? advice[key] : undefined;
}
