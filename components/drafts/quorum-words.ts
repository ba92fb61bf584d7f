import type { DraftReviewWire } from "@/lib/contracts/review";
import { listWords } from "./draft-words";

type Quorum = DraftReviewWire["approval"]["quorum"];

/** Does it take more than one person, or has somebody approved already? */
export const isShared = (quorum: Quorum): boolean => quorum.needed > 1 || quorum.counted.length > 0;

/** "1 of 2" */
export const shareWords = (quorum: Quorum): string => `${quorum.counted.length} of ${quorum.needed}`;

/** "by Ada; 1 more from somebody else" */
export function quorumWords(quorum: Quorum, myId: string | undefined): string {
  const names = quorum.counted.map(({ actor }) => (actor.id === myId ? "you" : actor.name));
  const missing = `${quorum.missing} more`;
  if (names.length === 0)
    return `${quorum.needed === 1 ? "One person" : `${quorum.needed} different people`} must approve`;
  const by = `by ${listWords(names)}`;
  return quorum.missing === 0 ? by : `${by}; ${missing} from somebody else`;
}

type Named = Quorum["named"][number];

/** "One of Ada and Ben must approve: Ben has", one sentence for each setting that names people. */
export function namedWords({ people, count, missing }: Named, myId: string | undefined): string {
  const called = (each: Named["people"][number]) => (each.user_id === myId ? "you" : each.name);
  const must =
    count >= people.length
      ? `${sentence(listWords(people.map(called)))} must ${["", "", "both "][people.length] ?? "all "}approve`
      : `${count === 1 ? "One" : count} of ${listWords(people.map(called))} must approve`;
  const done = people.filter((each) => each.approved).map(called);
  if (done.length === 0) return must;
  return missing === 0
    ? `${must}; ${listWords(done)} did`
    : `${must}; ${listWords(done)} did, ${missing} more`;
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

const standingWords: Record<Named["people"][number]["standing"], string> = {
  may: "",
  disabled: "disabled",
  gone: "account removed",
  not_entitled: "may not approve here",
  author: "wrote this",
};

/** "Ben: disabled" for each named person who cannot approve, once. */
export function namedTroubles(named: readonly Named[]): string[] {
  const people = named.flatMap((each) => each.people).filter((each) => each.standing !== "may");
  return [...new Set(people.map((each) => `${each.name}: ${standingWords[each.standing]}`))];
}

/** The button of somebody whose approval is one of several: "Approve 2 payloads, 1 of 2…" */
export function nthWords(quorum: Quorum): string {
  return quorum.needed > 1 ? ` (${quorum.counted.length + 1} of ${quorum.needed})` : "";
}

/** The setting that a reason comes from, and where it is changed; null where it is the record's own. */
export function originOf(reason: {
  code: string;
  fields?: Record<string, unknown>;
}): { word: string; kind: "route" | "source" | "destination" | "safety"; id?: string } | null {
  const id = (name: string) =>
    typeof reason.fields?.[name] === "string" ? String(reason.fields[name]) : undefined;
  if (reason.code.startsWith("route_")) return { word: "route", kind: "route", id: id("routeId") };
  if (reason.code.startsWith("source_")) return { word: "source", kind: "source", id: id("projectId") };
  if (reason.code.startsWith("project_")) return { word: "project", kind: "source", id: id("projectId") };
  if (reason.code === "destination_requires")
    return { word: "destination", kind: "destination", id: id("destinationId") };
  const safety = ["risk_", "high_risk_", "critical_risk_", "global_", "destination_kind"];
  return safety.some((prefix) => reason.code.startsWith(prefix))
    ? { word: "safety defaults", kind: "safety" }
    : null;
}
