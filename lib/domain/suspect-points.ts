import { classOf, definitionOf } from "./suspect-blocks";
import { dealtWith } from "./suspect-bystander";
import { configuredWeight } from "./suspect-configured";
import type { Edit } from "./suspect-edit";
import { addedExitOf, wasNotTaken } from "./suspect-exit";
import { calledWeight, type FailurePicture, usedWeight } from "./suspect-failure";
import type { Lineage } from "./suspect-lineage";
import { redefinedNames } from "./suspect-meaning";
import type { Nature } from "./suspect-nature";
import { decay, type Place } from "./suspect-place";
import type { SuspectRule } from "./suspect-rules";
import { namesIn } from "./suspect-tokens";
import { fitsFailure, missingFrom, traitsOf } from "./suspect-traits";

/** Points by the name of the rule that gave them. */
export type Points = { rules: Map<SuspectRule, number>; total: number };

/** What surrounds one edit: how it is connected to the failure, and what is said of names in the commits looked at. */
export type EditContext = {
  picture: FailurePicture;
  lineage: Lineage | undefined;
  /** The places whose function history says that this edit changed them. */
  inFunctionOf: readonly Place[];
  /** The nearest place in the same file. */
  sameFile: Place | null;
  /** How rare a changed name is among the commits looked at: 0 (in all of them) to 1. */
  rarity: (name: string) => number;
  /** Names the commit as a whole took away more often than it added them. */
  lostNames: ReadonlySet<string>;
  /** Lines the commit as a whole added, trimmed. */
  addedLines: ReadonlySet<string>;
  /** What is left of its points where it brought the code in the first place. */
  introductionKeeps: number;
  /** The commit brought new source files. */
  createsFiles: boolean;
};

/** How much of its points an edit keeps that leaves the program as it was. */
const keeps: Readonly<Record<Nature, number>> = {
  layout: 0.03,
  comment: 0.03,
  documentation: 0.03,
  test: 0.08,
  logging: 0.1,
  bystander: 0.1,
  rewriting: 0.05,
  rename: 0.1,
  move: 0.1,
  imports: 0.5,
  code: 1,
};

export const manifests =
  /(?:^|\/)(?:package(?:-lock)?\.json|yarn\.lock|pnpm-lock\.yaml|requirements[^/]*\.txt|constraints[^/]*\.txt|Pipfile(?:\.lock)?|poetry\.lock|uv\.lock|pyproject\.toml|setup\.(?:py|cfg)|go\.(?:mod|sum)|Gemfile(?:\.lock)?|[^/]+\.gemspec|pom\.xml|[^/]*\.gradle(?:\.kts)?|libs\.versions\.toml|Cargo\.(?:toml|lock)|composer\.(?:json|lock))$/;

/** Points of one edit. The rules and their numbers are described in docs/triage-rules.md. */
export function pointsOf(edit: Edit, nature: Nature, context: EditContext): Points {
  const rules = new Map<SuspectRule, number>();
  const give = (rule: SuspectRule, points: number) => {
    if (points > 0) rules.set(rule, Math.max(rules.get(rule) ?? 0, points));
  };
  givePlace(edit, context, give);
  giveNames(edit, context, give);
  giveLibrary(edit, context, give);
  giveMaking(edit, context, give);
  const connected = sum(rules);
  if (connected >= 4 && nature === "code") giveTraits(edit, context, connected, give);
  const factor = keepsOf(edit, nature, context, rules) * sharedBlame(edit, context);
  if (factor !== 1) for (const [rule, points] of rules) rules.set(rule, points * factor);
  return { rules, total: sum(rules) };
}

/** What merely connects new files to the rest shares in how little the new files are suspected. */
function sharedBlame(edit: Edit, { introductionKeeps, createsFiles }: EditContext): number {
  if (isIntroduction(edit)) return introductionKeeps;
  return createsFiles && isAddition(edit) ? 0.5 : 1;
}

type Give = (rule: SuspectRule, points: number) => void;
const sum = (rules: ReadonlyMap<SuspectRule, number>): number =>
  [...rules.values()].reduce((total, each) => total + each, 0);

/** Only the nearest connection counts. */
function givePlace(edit: Edit, { picture, lineage, inFunctionOf, sameFile }: EditContext, give: Give): void {
  const candidates: Array<[SuspectRule, number]> = [];
  if (lineage)
    candidates.push(["changed_failing_line", 36 * decay(lineage.place.depth) * 0.6 ** lineage.generation]);
  for (const place of inFunctionOf) {
    const rule = place.depth === 0 ? "changed_failing_function" : "changed_calling_function";
    // Outside functions, what stands close by need not have to do with it.
    candidates.push([rule, (place.functionName === null ? 10 : 20) * decay(place.depth)]);
  }
  const called = calledWeight(picture, edit);
  if (called > 0) candidates.push(["changed_called_function", 22 * called]);
  const used = usedWeight(picture, edit);
  if (used > 0) candidates.push(["changed_value_used_there", (isAddition(edit) ? 8 : 22) * used]);
  if (sameFile) candidates.push(["changed_same_file", 4 * decay(sameFile.depth)]);
  const best = candidates.sort((a, b) => b[1] - a[1])[0];
  if (best) give(best[0], best[1]);
  const nearest = inFunctionOf[0];
  if (nearest && !lineage && edit.around(4).includes(nearest.focus)) {
    give("beside_failing_line", 5 * decay(nearest.depth));
  }
}

function giveNames(edit: Edit, { picture, rarity, lostNames }: EditContext, give: Give): void {
  const lost = missingFrom(edit.removedTokens, edit.addedTokens);
  const gained = missingFrom(edit.addedTokens, edit.removedTokens);
  const changed = new Set(namesIn([...lost, ...gained]));
  const lostHere = new Set(namesIn(lost));
  for (const name of picture.messageNames) {
    if (!changed.has(name)) continue;
    if (lostHere.has(name) && lostNames.has(name)) give("removed_named_symbol", 26 * rarity(name));
    else give("touched_named_symbol", 15 * rarity(name));
  }
  giveFailingNames(edit, lostHere, { picture, rarity, lostNames }, give);
  let points = 0;
  const near = new Set(namesIn([...edit.removedTokens, ...edit.addedTokens]));
  for (const name of near) {
    const weight = picture.names.get(name) ?? 0;
    points += weight * rarity(name) * (changed.has(name) ? 7 : 2.5);
  }
  give("shares_names_with_failing_line", Math.min(16, points));
}

/** What the failing lines read: taken away under that name, or given another value. */
function giveFailingNames(
  edit: Edit,
  lostHere: ReadonlySet<string>,
  { picture, rarity, lostNames }: Pick<EditContext, "picture" | "rarity" | "lostNames">,
  give: Give,
): void {
  let best: [SuspectRule, number] | null = null;
  const consider = (rule: SuspectRule, points: number) => {
    if (points > (best?.[1] ?? 0)) best = [rule, points];
  };
  for (const name of lostHere) {
    const weight = picture.names.get(name) ?? 0;
    if (lostNames.has(name)) consider("removed_name_of_failing_line", 20 * weight * rarity(name));
  }
  const { changed, fresh } = redefinedNames(edit.removedTokens, edit.addedTokens);
  const valued = (name: string, points: number) => {
    for (const part of new Set([name, ...name.split(/[.-]/)])) {
      consider("changed_value_read_there", points * (picture.names.get(part) ?? 0) * rarity(part));
    }
  };
  for (const name of changed) valued(name, 18);
  // What is new was read by nobody before.
  for (const name of fresh) valued(name, 6);
  if (best) give(...(best as [SuspectRule, number]));
}

/** How the value that failed comes into being: by the function that makes it, by what is configured. */
function giveMaking(edit: Edit, { picture, inFunctionOf }: EditContext, give: Give): void {
  const made = edit.functionName === null ? 0 : (picture.makers.get(edit.functionName) ?? 0);
  if (made > 0 && inFunctionOf.every((place) => place.depth > 0)) give("makes_failing_value", 14 * made);
  const isOfValue = /^(?:missing_value|missing_name|wrong_type|range|arithmetic)$/.test(picture.kind);
  const configured = configuredWeight(edit, picture.configured, picture.messageNames);
  give("changed_configured_value", 30 * configured * (isOfValue ? 1 : 0.6));
}

function giveLibrary(edit: Edit, { picture }: EditContext, give: Give): void {
  if (picture.libraries.size === 0 || !manifests.test(edit.path)) return;
  const text = [...edit.removed, ...edit.added].join("\n").toLowerCase().replaceAll("_", "-");
  for (const library of picture.libraries) {
    if (library !== "" && text.includes(library) && /\d/.test(text)) give("bumped_library_in_trace", 24);
  }
}

function giveTraits(edit: Edit, { picture }: EditContext, connected: number, give: Give): void {
  const traits = traitsOf(edit);
  // What is only loosely connected is not made a suspect by the kind of its edit.
  const share = Math.min(1, connected / 16);
  if (traits.has("removed_guard")) give("removed_guard", 9 * share);
  else if (traits.has("dropped_await") || traits.has("reordered")) give("changed_order", 8 * share);
  else if (traits.has("changed_operator") || traits.has("changed_number"))
    give("changed_condition_or_number", 6 * share);
  if (traits.has("small_edit")) give("small_edit", 3 * share);
  if (fitsFailure(traits, picture.kind)) give("fits_the_failure", 7 * share);
}

function keepsOf(
  edit: Edit,
  nature: Nature,
  context: EditContext,
  rules: ReadonlyMap<SuspectRule, number>,
): number {
  // It wrote the failing line as it is: then it is no bystander, even if all that does is to log.
  const isItself = context.lineage?.generation === 0 && context.lineage.place.depth === 0;
  if (isItself && (nature === "logging" || nature === "bystander")) return 1;
  if (nature === "bystander" && isReadThere(edit, context)) return 1;
  // A name that the message misses and this took away: complete here, and still missing elsewhere.
  if (nature === "rename" && rules.has("removed_named_symbol")) return 1;
  // What moved is still looked for where it was.
  const isNamed = rules.has("removed_named_symbol") || rules.has("touched_named_symbol");
  if (nature === "move" && isNamed && movesNamed(edit, context)) return 1;
  if (nature === "imports" && context.picture.kind === "import") return 1;
  return nature === "code" ? keepsOfExit(edit, context, rules) : keeps[nature];
}

/** A way out that was added can only keep what follows from being reached, and what it raises is its own. */
function keepsOfExit(
  edit: Edit,
  { lineage, inFunctionOf }: EditContext,
  rules: ReadonlyMap<SuspectRule, number>,
): number {
  if (lineage || rules.has("touched_named_symbol")) return 1;
  const exit = addedExitOf(edit);
  if (exit === null) return 1;
  if (wasNotTaken(exit, edit, inFunctionOf)) return keeps.bystander;
  return exit.raises ? 0.4 : 1;
}

/** Is it what the message misses that is now elsewhere, rather than code that speaks of it? */
function movesNamed(edit: Edit, { picture: { kind, messageNames } }: EditContext): boolean {
  if (!/^(?:import|missing_name)$/.test(kind)) return false;
  if (edit.ofName || edit.functionName === null) return true;
  return [...edit.removed, ...edit.added].some((line) =>
    messageNames.has(definitionOf(line) ?? classOf(line) ?? ""),
  );
}

/** Do lines of the places that its commit did not bring speak of what the added ones deal with? */
function isReadThere(edit: Edit, { picture: { places }, addedLines }: EditContext): boolean {
  const names = new Set(namesIn(dealtWith(edit)));
  const others = places.flatMap((place) => place.lines.filter((line) => !addedLines.has(line.trim())));
  return others.some((line) =>
    (line.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).some((name) => names.has(name)),
  );
}

/** Everything that was there still is: an entry more, a line more. */
const isAddition = (edit: Edit): boolean =>
  missingFrom(edit.removedTokens, edit.addedTokens).length === 0 &&
  edit.addedTokens.length > edit.removedTokens.length;

/** It wrote the function, or the file, in the first place: it worked until something else changed, more often than not. */
export const isIntroduction = (edit: Edit): boolean =>
  edit.fileKind === "created" ||
  (edit.removedTokens.length === 0 && edit.added.some((line) => definitionOf(line) !== null));
