import type { ActorRef } from "./actor";

/**
 * Who wrote what an approver reads. Authors are the person who reported it by hand (typed it into the panel, or sent it
 * signed in), and the person who last edited its content or its summary, or handed in what a triage run found. Asking for triage, a replay, a recheck or a
 * publish writes nothing, and neither does deciding; a program or a token is nobody's author.
 */
export type AuthorFacts = {
  /** Of the sighting that made the incident, or the one that it was taken out of: the draft has its words. */
  reporter: ActorRef | null;
  /** Of the newest edit that a person made. */
  lastEditor: ActorRef | null;
};

export type Authorship = "reported" | "edited";

/** What this actor wrote of it; null when nothing. */
export function authorshipOf(actor: ActorRef, facts: AuthorFacts): Authorship | null {
  if (actor.kind !== "user") return null;
  if (isSame(facts.lastEditor, actor)) return "edited";
  return isSame(facts.reporter, actor) ? "reported" : null;
}

const isSame = (one: ActorRef | null, other: ActorRef) => one?.kind === other.kind && one.id === other.id;
