import type { SafetyDefaults } from "@/lib/domain/config";
import type { RedactionCounts } from "@/lib/domain/records";
import type { RuntimeEvent } from "@/lib/domain/runtime-event";
import { profileNamed } from "@/lib/redaction/profiles";
import { redactFields } from "@/lib/redaction/redact-fields";

export type RedactedEvent = { event: RuntimeEvent; redactions: RedactionCounts };

/**
 * Redacts whole events before anything of them is cut or put together: a secret that a bound cuts in two would not be
 * known for one any more, and a member's name tells more than the text it ends up in (W-62).
 */
export async function redactEvents(
  events: readonly RuntimeEvent[],
  safety: SafetyDefaults,
): Promise<RedactedEvent[]> {
  const profile = profileNamed(safety.redactionProfile, safety);
  const redacted = await redactFields(events, { structural: ["type", "occurredAtMs"] }, profile);
  return redacted.map((item) => ({
    event: item.value,
    redactions: Object.fromEntries(item.redactions.map((each) => [each.kind, each.count])),
  }));
}
