import { definitionOf, functionAt } from "./suspect-blocks";
import { type Configured, configuredBy } from "./suspect-configured";
import type { Edit } from "./suspect-edit";
import { makersOf, propertiesOf } from "./suspect-makers";
import { messageNamesOf, messageOf } from "./suspect-message";
import { decay, type Place, placesOf } from "./suspect-place";
import { calledIn, namesIn, type Token, tokensOf } from "./suspect-tokens";
import { type FailureKind, failureKindOf } from "./suspect-traits";
import type { Inspection, TriageSubject } from "./triage";

/** What is compared with what commits changed. Weights say how near to the failure a name stands, up to 1. */
export type FailurePicture = {
  kind: FailureKind;
  places: Place[];
  /** Names the message speaks of. */
  messageNames: ReadonlySet<string>;
  /** Names of the failing lines and of the functions around them. */
  names: ReadonlyMap<string, number>;
  /** Functions called there. */
  called: ReadonlyMap<string, number>;
  /** Names of constants and settings used there. */
  used: ReadonlyMap<string, number>;
  /** Functions that make a value which is wrong on the failing lines. */
  makers: ReadonlyMap<string, number>;
  /** What the failing code reads of configuration. */
  configured: Configured;
  /** Libraries that frames of the trace lie in. */
  libraries: ReadonlySet<string>;
};

const constructors = /^(?:__init__|__new__|__post_init__|constructor|initialize|init)$/;

/** How near to the failure the function is called that an edit lies in; of a constructor, its class. */
export function calledWeight(
  { called }: Pick<FailurePicture, "called">,
  edit: { functionName: string | null; className: string | null },
): number {
  const { functionName, className } = edit;
  if (functionName === null) return 0;
  const ofClass = className !== null && constructors.test(functionName) ? (called.get(className) ?? 0) : 0;
  return Math.max(called.get(functionName) ?? 0, ofClass);
}

/** How near to the failure the constant, the class or the field is used of which an edit changed what it is given. */
export function usedWeight({ used }: Pick<FailurePicture, "used">, edit: Edit): number {
  const names = edit.functionName === null ? [edit.constantName, edit.className] : fieldsGiven(edit);
  return Math.max(0, ...names.map((name) => (name === null ? 0 : (used.get(name) ?? 0))));
}

/** Fields that the edit, within a function, gives another value than they were given there: `this.x = …`, `@x = …`. */
function fieldsGiven({ removed, added }: Edit): string[] {
  const given = (lines: readonly string[]) =>
    lines.slice(0, 40).flatMap((line) => /^\s*(?:\w+\.|@)(\w{1,80})\s*=(?![=>~])/.exec(line)?.[1] ?? []);
  const after = new Set(given(added));
  return given(removed).filter((name) => after.has(name));
}

/** The paths whose content and history are asked for, the most telling first. */
export function pathsInQuestion(inspection: Inspection): string[] {
  const resolved = inspection.frames.filter((frame) => frame.path !== null).sort((a, b) => a.depth - b.depth);
  const paths = [
    ...resolved.filter((frame) => frame.origin === "app").map((frame) => frame.path as string),
    ...inspection.windows.map((window) => window.path),
    ...inspection.mentions.map((mention) => mention.path),
  ];
  return [...new Set(paths)].slice(0, 20);
}

/**
 * Puts together where it failed and what it speaks of. `files` are those of HEAD, by path: the ones in question and others in
 * which the functions called there may be defined.
 */
export function pictureOf(
  inspection: Inspection,
  subject: TriageSubject,
  files: ReadonlyMap<string, string>,
  configurationFiles: readonly string[] = [],
): FailurePicture {
  const places = placesOf(inspection, files);
  const message = messageOf(subject);
  const messageNames = messageNamesOf(subject);
  const properties = propertiesOf(files);
  const calledBy = (tokens: readonly Token[], path: string) => [
    ...calledIn(tokens, path),
    ...tokens.filter((each) => each.isMember && properties.has(each.text)).map((each) => each.text),
  ];
  const names = new Map<string, number>();
  const called = new Map<string, number>();
  const used = new Map<string, number>();
  for (const place of places) {
    const weight = decay(place.depth);
    const focus = tokensOf([place.focus], place.path);
    raise(names, namesIn(focus), weight);
    raise(called, calledBy(focus, place.path), weight);
    raise(used, namesIn(focus), weight);
    const around = tokensOf(place.lines, place.path);
    raise(names, namesIn(around), weight * 0.3);
    raise(called, calledBy(around, place.path), weight * 0.55);
    raise(used, namesIn(around), weight * 0.55);
    if (place.functionName) raise(names, [place.functionName], weight * 0.5);
  }
  const makers = makersOf(places, messageNames, files);
  followCalls(files, called, used);
  for (const place of places) {
    const whole = tokensOf((files.get(place.path) ?? "").split("\n").slice(0, 3_000), place.path);
    raise(called, calledBy(whole, place.path), decay(place.depth) * 0.3);
  }
  return {
    kind: failureKindOf(message),
    places,
    ...{ messageNames, names, called, used, makers },
    configured: configuredBy(places, files, configurationFiles),
    libraries: librariesOf(inspection),
  };
}

const followedCap = 60;
/** Of all files together: reading them takes this process's time. */
const readCharactersMax = 1_000_000;

/** Twice: what the called functions call, and what they use. A value that is wrong in one place was made in another. */
function followCalls(
  files: ReadonlyMap<string, string>,
  called: Map<string, number>,
  used: Map<string, number>,
): void {
  const bodies = bodiesIn(files, called);
  for (const share of [0.7, 0.5]) {
    const known = [...called].filter(([name]) => bodies.has(name)).sort((a, b) => b[1] - a[1]);
    for (const [name, weight] of known.slice(0, followedCap)) {
      for (const body of bodies.get(name) ?? []) {
        raise(called, body.called, weight * share);
        raise(used, body.used, weight * share);
      }
    }
  }
}

type Body = { called: string[]; used: string[] };

/** What the functions of these files call and use, by the functions' names; the same name may be defined more than once. */
function bodiesIn(
  files: ReadonlyMap<string, string>,
  called: ReadonlyMap<string, number>,
): Map<string, Body[]> {
  const bodies = new Map<string, Body[]>();
  if (called.size === 0) return bodies;
  let left = readCharactersMax;
  for (const [path, content] of files) {
    left -= content.length;
    if (left < 0) continue;
    const lines = content.split("\n").slice(0, 3_000);
    for (const [index, line] of lines.entries()) {
      const name = definitionOf(line);
      const known = name === null ? undefined : bodies.get(name);
      if (name === null || (known?.length ?? 0) >= 3) continue;
      const block = functionAt(lines, index + 1);
      if (block?.fromLine !== index + 1) continue;
      const tokens = tokensOf(lines.slice(index + 1, Math.min(block.toLine, index + 120)), path);
      bodies.set(name, [...(known ?? []), { called: calledIn(tokens, path), used: namesIn(tokens) }]);
    }
  }
  return bodies;
}

const raise = (weights: Map<string, number>, names: readonly string[], weight: number) => {
  for (const name of names) weights.set(name, Math.max(weights.get(name) ?? 0, weight));
};

const libraryPlaces: readonly RegExp[] = [
  /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/,
  /(?:site|dist)-packages[\\/]([^\\/]+)[\\/.]/,
  /gems[\\/]([\w-]+?)-\d[^\\/]*[\\/]/,
  /pkg[\\/]mod[\\/](?:[^\\/]+[\\/])*([^\\/@]+)@/,
  /vendor[\\/]([\w.-]+[\\/][\w.-]+)[\\/]/,
];

function librariesOf(inspection: Inspection): ReadonlySet<string> {
  const libraries = new Set<string>();
  for (const frame of inspection.frames) {
    if (frame.origin !== "library") continue;
    const place = `${frame.reportedPath ?? ""} ${frame.text}`.slice(0, 1_000);
    for (const pattern of libraryPlaces) {
      const name = pattern.exec(place)?.[1];
      if (name) libraries.add(name.toLowerCase().replaceAll("_", "-"));
    }
  }
  for (const mention of inspection.mentions) {
    if (mention.because === "locks_dependency") libraries.add(mention.text.toLowerCase().slice(0, 100));
  }
  return libraries;
}
