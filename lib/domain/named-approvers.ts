import { type Reason, reason } from "./reason";

/** One setting that names who may approve: `count` of the people in `approvers`, by their ids, must have said so. */
export type NamedDemand = {
  /** "Route Pay" */
  who: string;
  count: number;
  approvers: readonly string[];
  why: Reason;
};

/** How far one such setting has come. */
export type NamedProgress = NamedDemand & {
  /** Those of its people whose approval counts. */
  approved: string[];
  missing: number;
};

/** An approval counts for every list that its giver is on, and for no other. */
export function progressOf(
  demands: readonly NamedDemand[],
  approvedIds: ReadonlySet<string>,
): NamedProgress[] {
  return demands.map((demand) => {
    const approved = demand.approvers.filter((id) => approvedIds.has(id));
    return { ...demand, approved, missing: Math.max(0, demand.count - approved.length) };
  });
}

/**
 * How many more people are enough for all lists, taking whoever is on most of those that are not full first. Only for
 * saying so: whether the gate opens is each list's own count.
 */
export function enoughMore(progress: readonly NamedProgress[]): number {
  const open = progress.map(({ approvers, approved, missing }) => ({
    left: new Set(approvers.filter((id) => !approved.includes(id))),
    missing,
  }));
  let people = 0;
  for (;;) {
    const unmet = open.filter((each) => each.missing > 0);
    const next = mostNamed(unmet.map(({ left }) => left));
    // A list with nobody left on it: each that it still lacks would be somebody else.
    if (next === null) return people + unmet.reduce((sum, each) => sum + each.missing, 0);
    people += 1;
    for (const each of unmet) if (each.left.delete(next)) each.missing -= 1;
  }
}

function mostNamed(lists: readonly ReadonlySet<string>[]): string | null {
  const times = new Map<string, number>();
  for (const list of lists) for (const id of list) times.set(id, (times.get(id) ?? 0) + 1);
  let best: string | null = null;
  for (const [id, count] of times) if (best === null || count > (times.get(best) ?? 0)) best = id;
  return best;
}

/**
 * Would an approval of this person bring the gate nearer? Whoever is on a list that is not full yet always; anybody else only
 * while more people are needed than the lists will bring.
 */
export function isAskedOf(userId: string, progress: readonly NamedProgress[], missingOfAll: number): boolean {
  const unmet = progress.filter((each) => each.missing > 0);
  if (unmet.some((each) => each.approvers.includes(userId))) return true;
  return missingOfAll > enoughMore(progress);
}

/** What is known of a named person, held against one draft. */
export type ApproverStanding = "may" | "disabled" | "gone" | "not_entitled" | "author";
export type NamedPerson = { userId: string; name: string; standing: ApproverStanding };

const whyNot: Record<Exclude<ApproverStanding, "may">, string> = {
  disabled: "is disabled",
  gone: "has no account any more",
  not_entitled: "may not approve here",
  author: "wrote this",
};

const everyWord = (people: number) => (people < 2 ? "" : people === 2 ? "both " : "all ");

/** "One of Ada and Ben must approve", "2 of Ada, Ben and Cyd must approve", "Ada must approve". */
export function namedWords(names: readonly string[], count: number): string {
  const all = wordList(names);
  if (count >= names.length) return `${all} must ${everyWord(names.length)}approve`;
  return `${count === 1 ? "One" : count} of ${all} must approve`;
}

/** The lists that the people on them cannot fill as things are, each with who cannot and what would help. */
export function deadEnds(
  progress: readonly NamedProgress[],
  personOf: (userId: string) => NamedPerson,
): Reason[] {
  return progress.flatMap(({ approvers, approved, missing, why, count }) => {
    const people = approvers.map(personOf);
    const able = people.filter(({ userId, standing }) => standing === "may" && !approved.includes(userId));
    if (able.length >= missing) return [];
    const words = namedWords(
      people.map(({ name }) => name),
      count,
    );
    const message = `${words}, and that cannot be: ${obstacles(people, approved)}. Name others where this is set, or ask for fewer`;
    return [
      reason("approvers_unreachable", message, { ...why.fields, of: why.code, able: able.length, missing }),
    ];
  });
}

function obstacles(people: readonly NamedPerson[], approved: readonly string[]): string {
  const said = people.flatMap(({ userId, name, standing }) =>
    standing === "may" || approved.includes(userId) ? [] : `${name} ${whyNot[standing]}`,
  );
  return said.length > 0 ? wordList(said) : "there are too few of them";
}

/** Why people must approve, with those who are named by their names, as a record keeps it. */
export function withNames(
  because: readonly Reason[],
  demands: readonly NamedDemand[],
  nameOf: (userId: string) => string,
): Reason[] {
  return because.map((why) => {
    const demand = demands.find((each) => each.why === why);
    if (!demand) return why;
    const { who, count, approvers } = demand;
    return { ...why, message: `${who} asks for ${count} of ${wordList(approvers.map(nameOf))}` };
  });
}

export function wordList(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

/** Those whose approval a record asks for; null where anybody who may decide can bring it nearer. */
export function askedPeople(need: {
  count: number;
  named: readonly NamedDemand[];
}): ReadonlySet<string> | null {
  const progress = progressOf(need.named, new Set());
  if (need.named.length === 0 || need.count > enoughMore(progress)) return null;
  return new Set(need.named.flatMap((each) => each.approvers));
}
