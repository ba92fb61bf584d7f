import { configuredWeight } from "./suspect-configured";
import { type Edit, editsOf } from "./suspect-edit";
import type { FailurePicture } from "./suspect-failure";
import { calledWeight, usedWeight } from "./suspect-failure";
import type { CommitPatch } from "./suspect-patch";
import { decay } from "./suspect-place";
import { manifests } from "./suspect-points";

/** `near` are those of its edits that have to do with the failure. */
export type ConnectedCommit = { commit: CommitPatch; edits: Edit[]; near: Edit[] };

export type Connections = {
  /** Newest first. */
  connected: ConnectedCommit[];
  /** How rare a name is among what the commits changed: from 1 (in one of them) down to 0.1 (in all). */
  rarity: (name: string) => number;
};

/** So many are judged: judging reads every line as code, and this is done while others wait. */
const judgedCap = 50;
/** Of one commit, so that each takes a short while only: what is judged, and what is looked at beside it. */
const nearCharactersMax = 60_000;
const besideCharactersMax = 120_000;
const word = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** The commits that have to do with the failure at all, by what is cheap to see: where they changed something, and its words. */
export function connectedCommits(
  commits: readonly CommitPatch[],
  picture: FailurePicture,
  formerPaths: ReadonlyMap<string, ReadonlySet<string>>,
): Connections {
  const ofInterest = interestIn(picture);
  const pathWeights = new Map<string, number>();
  for (const [path, names] of formerPaths) {
    const depth = picture.places.find((place) => place.path === path)?.depth ?? 4;
    for (const name of names) pathWeights.set(name, Math.max(pathWeights.get(name) ?? 0, 3 * decay(depth)));
  }
  const commitsOfWord = new Map<string, number>();
  const looked = commits.map((commit, index) => {
    const edits = editsOf(commit);
    const words = new Set<string>();
    const near: Edit[] = [];
    let weight = 0;
    for (const edit of edits) {
      const found = wordsOf(edit, ofInterest);
      const own = Math.max(pathWeights.get(edit.path) ?? 0, weightOf(edit, picture));
      weight = Math.max(weight, own);
      if (own > 0 || found.size > 0) near.push(edit);
      for (const each of found) words.add(each);
    }
    for (const each of words) {
      commitsOfWord.set(each, (commitsOfWord.get(each) ?? 0) + 1);
      weight += ofInterest.get(each) ?? 0;
    }
    return {
      commit,
      edits: upTo(besideCharactersMax, near, edits),
      near: upTo(nearCharactersMax, near),
      weight,
      index,
    };
  });
  // Few commits tell little of how rare a name is.
  const count = Math.max(commits.length, 20) + 2;
  const whole = Math.log(count / 2);
  return {
    connected: looked
      .filter((each) => each.weight > 0)
      .sort((a, b) => b.weight - a.weight || a.index - b.index)
      .slice(0, judgedCap)
      .sort((a, b) => a.index - b.index),
    rarity: (name) =>
      Math.max(0.1, Math.log(count / (Math.max(1, commitsOfWord.get(name) ?? 1) + 1)) / whole),
  };
}

function interestIn(picture: FailurePicture): ReadonlyMap<string, number> {
  const interest = new Map(picture.names);
  for (const name of picture.messageNames) interest.set(name, 3);
  return interest;
}

function wordsOf({ removed, added }: Edit, interest: ReadonlyMap<string, number>): ReadonlySet<string> {
  const words = new Set<string>();
  for (const line of [...removed, ...added]) {
    for (const each of line.match(word) ?? []) if (interest.has(each)) words.add(each);
  }
  return words;
}

/** As many edits as fit, each once, those of the first list before the others. */
function upTo(charactersMax: number, ...lists: Array<readonly Edit[]>): Edit[] {
  let left = charactersMax;
  return [...new Set(lists.flat())].filter((edit) => {
    left -= edit.size;
    return left >= 0;
  });
}

function weightOf(edit: Edit, picture: FailurePicture): number {
  const isManifest = picture.libraries.size > 0 && manifests.test(edit.path);
  const made = edit.functionName === null ? 0 : (picture.makers.get(edit.functionName) ?? 0);
  const configured = configuredWeight(edit, picture.configured, picture.messageNames);
  return (
    3 * Math.max(calledWeight(picture, edit), usedWeight(picture, edit), made, configured, isManifest ? 1 : 0)
  );
}
