import type { EvidenceWire } from "@/lib/contracts/evidence";
import type { RedactionCounts } from "@/lib/domain/records";
import { present } from "./record-parts";

type ShownEvidence = {
  evidenceId: string;
  path: string;
  kind: string;
  projectId: string;
  sourceId: string;
  incidentId: string | null;
  draftId: string | null;
  contentType: string;
  content: Record<string, unknown>;
  sha256: string;
  verified: boolean;
  redactions: RedactionCounts;
  createdAtMs: number;
  expiresAtMs: number | null;
};

export function evidenceToWire(evidence: ShownEvidence): EvidenceWire {
  return {
    evidence_id: evidence.evidenceId,
    reference: evidence.path,
    kind: evidence.kind,
    project_id: evidence.projectId,
    source_id: evidence.sourceId,
    content_type: evidence.contentType,
    content: evidence.content,
    sha256: evidence.sha256,
    verified: evidence.verified,
    redactions: { ...evidence.redactions },
    created_at_ms: evidence.createdAtMs,
    ...present({
      incident_id: evidence.incidentId,
      draft_id: evidence.draftId,
      expires_at_ms: evidence.expiresAtMs,
    }),
  };
}
