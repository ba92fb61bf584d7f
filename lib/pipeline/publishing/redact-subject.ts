import type { Destination, MonitorConfig } from "@/lib/domain/config";
import type { PayloadSubject } from "@/lib/domain/payload";
import { outboundProfileName } from "@/lib/domain/redaction-profile";
import { profileNamed } from "@/lib/redaction/profiles";
import { redactJson } from "@/lib/redaction/redact-json";

/**
 * The second redaction, on the way out, with the destination's own profile (D-14): what was stored under a milder
 * profile, or before a rule was learned, does not leave. Ids and digests are ours and stay as they are.
 */
export function redactSubject(
  subject: PayloadSubject,
  destination: Destination,
  config: MonitorConfig,
): PayloadSubject {
  const profile = profileNamed(outboundProfileName(destination, config), config.safetyDefaults);
  const { draft, incident } = subject;
  const redacted = redactJson(
    { ...draft, incidentTitle: incident.title, issueDraft: subject.issueDraft },
    profile,
  ).value as PayloadSubject["draft"] & { incidentTitle: string; issueDraft: PayloadSubject["issueDraft"] };
  const { incidentTitle, issueDraft, ...text } = redacted;
  return {
    ...subject,
    draft: {
      ...text,
      draftId: draft.draftId,
      incidentId: draft.incidentId,
      evidenceDigest: draft.evidenceDigest,
      triageRunId: draft.triageRunId,
      qualityGate: draft.qualityGate,
    },
    incident: { ...incident, title: incidentTitle },
    issueDraft,
  };
}
