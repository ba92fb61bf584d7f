import { type Evidence, findEvidence, findEvidenceOfBytes } from "@/lib/db/evidence-store";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import {
  artifactReference,
  type EvidenceReference,
  parseEvidenceReference,
} from "@/lib/domain/evidence-reference";
import { authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

export type ShownEvidence = Evidence & {
  projectId: string;
  sourceId: string;
  /** Its content, hashed again, is still what its hash says. */
  verified: boolean;
};

/**
 * A piece of evidence by its reference, as it was kept: redacted. Read-only; what retention is about to take is gone.
 *
 * @throws AppError invalid `evidence_reference_invalid`; not_found `evidence_not_found`, also for a project that the actor
 * may not read and when its time is over; forbidden.
 */
export async function getEvidence(
  ctx: Context,
  { reference }: { reference: string },
): Promise<ShownEvidence> {
  const wanted = parseEvidenceReference(reference);
  if (!wanted) {
    const message =
      "reference: write tandem://incident-monitor/<project>/evidence/<source>/<file>, or .../logs/...";
    throw new AppError("invalid", "evidence_reference_invalid", message, { field: "reference" });
  }
  const { projectId, sourceId } = wanted;
  const missing = new AppError(
    "not_found",
    "evidence_not_found",
    "There is no such evidence, or its time is over",
    {
      reference,
    },
  );
  await authorizeRecord(ctx, "read", { kind: "evidence", id: reference, projectId }, missing);
  const found = await findWanted(ctx, wanted);
  if (!found) throw missing;
  const verified = sha256Hex(canonicalJson(found.content)) === found.sha256;
  return { ...found, projectId, sourceId, verified };
}

async function findWanted(ctx: Context, wanted: EvidenceReference): Promise<Evidence | null> {
  const { projectId, sourceId } = wanted;
  if (wanted.kind === "artifact") {
    return findEvidence(ctx.db, artifactReference(projectId, sourceId, wanted.file), ctx.nowMs);
  }
  const { offsetStart, offsetEnd } = wanted;
  const pathPrefix = artifactReference(projectId, sourceId, "");
  return findEvidenceOfBytes(ctx.db, { pathPrefix, offsetStart, offsetEnd }, ctx.nowMs);
}
