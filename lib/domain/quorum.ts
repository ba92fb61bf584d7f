import type { ActorRef } from "./actor";
import type { ApprovalNeed } from "./approval-need";
import { peopleOnly } from "./approval-need";
import { enoughMore, type NamedProgress, progressOf } from "./named-approvers";

/** One approval that stands, as far as counting goes. */
export type Grant = {
  approvalId: string;
  actor: ActorRef;
  digest: string;
  expiresAtMs: number | null;
  breakGlass: boolean;
};

/** How far the approvals of one digest have come. */
export type Quorum<Standing extends Grant = Grant> = {
  /** May what the digest covers leave, as far as approval goes? */
  open: boolean;
  /** How many different people it takes, how many of them have said so, how many are missing. */
  needed: number;
  missing: number;
  counted: Standing[];
  /** How far each setting that names people has come with those who are counted. */
  named: NamedProgress[];
  /** When the gate closes by itself: the earliest end of what counts. null without one. */
  endsAtMs: number | null;
};

/**
 * Counts the approvals of one digest. A person counts once, however often they said it; one whose time is over, that is of
 * another digest, or whose giver may no longer decide counts for nothing; a token counts only where one approval of anybody
 * suffices (D-19). Each setting that names people is met by approvals of its own people alone. One that broke the glass
 * opens alone.
 */
export function countQuorum<Standing extends Grant>(
  grants: readonly Standing[],
  need: ApprovalNeed,
  now: { digest: string; nowMs: number; isEntitled: (actor: ActorRef) => boolean },
): Quorum<Standing> {
  const standing = grants.filter((grant) => grant.digest === now.digest && !hasLapsed(grant, now.nowMs));
  const asked = Math.max(1, need.count);
  const glass = standing.find((grant) => grant.breakGlass);
  if (glass)
    return {
      ...{ open: true, needed: asked, missing: 0, counted: [glass], endsAtMs: glass.expiresAtMs },
      named: progressOf(need.named, idsOf([glass])),
    };
  const persons = new Map<string, Standing>();
  for (const grant of standing) {
    if (peopleOnly(need) && grant.actor.kind !== "user") continue;
    if (!now.isEntitled(grant.actor)) continue;
    persons.set(`${grant.actor.kind}:${grant.actor.id}`, grant);
  }
  const counted = [...persons.values()];
  const named = progressOf(need.named, idsOf(counted));
  const missing = Math.max(0, asked - counted.length, enoughMore(named));
  const open = counted.length >= asked && named.every((each) => each.missing === 0);
  const needed = Math.max(asked, counted.length + missing);
  return { open, needed, missing, counted, named, endsAtMs: earliestEnd(counted) };
}

/** Of people alone: a setting names nobody else. */
const idsOf = (grants: readonly Grant[]): ReadonlySet<string> =>
  new Set(grants.flatMap(({ actor }) => (actor.kind === "user" ? actor.id : [])));

export function hasLapsed(grant: Pick<Grant, "expiresAtMs">, nowMs: number): boolean {
  return grant.expiresAtMs !== null && grant.expiresAtMs <= nowMs;
}

function earliestEnd(grants: readonly Grant[]): number | null {
  const ends = grants.flatMap((grant) => grant.expiresAtMs ?? []);
  return ends.length > 0 ? Math.min(...ends) : null;
}
