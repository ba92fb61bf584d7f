import type { CandidateDraft } from "./draft";
import type { Draft, Incident } from "./records";
import { riskRank as rankOf } from "./severity";

/** Rows of a list that a record keeps at most; the union of a repeat's lists with its own stops there. */
const listMax = 50;

/**
 * Would this repeat change anything of the record but its counts? It may fill gaps and raise the risk (D-08) and
 * overwrites nothing else (case 31). A draft that somebody decided, or of which something was queued, takes nothing.
 */
export function addsToRecord(
  known: { incident: Incident; draft: Draft | null },
  candidate: CandidateDraft,
  approval: "required" | "not_required",
): boolean {
  if (addsTo(known.incident, candidate)) return true;
  const { draft } = known;
  const open = draft !== null && (draft.approval === "required" || draft.approval === "not_required");
  if (!open || draft.newestDelivery) return false;
  return (approval === "required" && draft.approval === "not_required") || addsTo(draft.content, candidate);
}

type Gaps = Pick<Incident, "evidenceRefs" | "externalCorrelationIds" | "attributes"> & {
  component?: string | null;
  level?: string | null;
  riskCategory?: string | null;
  riskLevel: string | null;
};

function addsTo(own: Gaps, { content, riskRank }: CandidateDraft): boolean {
  return (
    riskRank > rankOf(own.riskLevel) ||
    fills(own.component, content.component) ||
    fills(own.level, content.level) ||
    fills(own.riskCategory, content.riskCategory) ||
    extendsList(own.evidenceRefs, content.evidenceRefs) ||
    extendsList(own.externalCorrelationIds, content.externalCorrelationIds) ||
    Object.keys(content.attributes).some((name) => !Object.hasOwn(own.attributes, name))
  );
}

const fills = (own: string | null | undefined, theirs: string | undefined) =>
  (own === null || own === undefined) && theirs !== undefined;

function extendsList(own: readonly string[], theirs: readonly string[]): boolean {
  return own.length < listMax && theirs.some((row) => !own.includes(row));
}
