import type { IdentityPart } from "./fingerprint";

/** One part of two identities side by side; null: that one has no such part. */
export type ComparedPart = {
  name: IdentityPart["name"];
  own: string | null;
  other: string | null;
  agrees: boolean;
};

export type Comparison = {
  parts: ComparedPart[];
  /** 0 to 100: the weight of what agrees in the weight of all that either has. */
  alike: number;
};

const weights: Partial<Record<IdentityPart["name"], number>> = { type: 3, template: 3, frames: 3, cause: 2 };
const weightOf = (name: IdentityPart["name"]) => weights[name] ?? 1;

/** What agrees and what differs of two identities, in the order of the first. Messages and frames count by their share. */
export function compareIdentities(own: readonly IdentityPart[], other: readonly IdentityPart[]): Comparison {
  const names = [...new Set([...own, ...other].map((part) => part.name))];
  const parts = names.map((name): ComparedPart => {
    const left = valueOf(own, name);
    const right = valueOf(other, name);
    return { name, own: left, other: right, agrees: left !== null && left === right };
  });
  const all = parts.reduce((sum, part) => sum + weightOf(part.name), 0);
  const agreed = parts.reduce((sum, part) => sum + weightOf(part.name) * shareOf(part), 0);
  return { parts, alike: all === 0 ? 0 : Math.round((agreed / all) * 100) };
}

const valueOf = (parts: readonly IdentityPart[], name: IdentityPart["name"]) =>
  parts.find((part) => part.name === name)?.value ?? null;

function shareOf({ name, own, other, agrees }: ComparedPart): number {
  if (agrees) return 1;
  if (own === null || other === null) return 0;
  if (name === "frames") return overlap(own.split(" < "), other.split(" < "));
  if (name === "template" || name === "cause") return overlap(wordsOf(own), wordsOf(other));
  return 0;
}

const wordsOf = (text: string) => (text.toLowerCase().match(/[\p{L}_<>]{2,40}/gu) ?? []).slice(0, 60);

function overlap(left: readonly string[], right: readonly string[]): number {
  const a = new Set(left);
  const b = new Set(right);
  if (a.size === 0 || b.size === 0) return 0;
  const shared = [...a].filter((each) => b.has(each)).length;
  return shared / (a.size + b.size - shared);
}

const leastAlike = 30;
const candidatesMax = 10;

/** The most alike first, then the more often seen; what has little in common is left out. */
export function mergeCandidates<
  Candidate extends { incidentId: string; identity: readonly IdentityPart[]; occurrenceCount: number },
>(
  of: readonly IdentityPart[],
  candidates: readonly Candidate[],
): { candidate: Candidate; comparison: Comparison }[] {
  return candidates
    .map((candidate) => ({ candidate, comparison: compareIdentities(of, candidate.identity) }))
    .filter(({ comparison }) => comparison.alike >= leastAlike)
    .sort(
      (a, b) =>
        b.comparison.alike - a.comparison.alike ||
        b.candidate.occurrenceCount - a.candidate.occurrenceCount ||
        (a.candidate.incidentId < b.candidate.incidentId ? -1 : 1),
    )
    .slice(0, candidatesMax);
}
