import { isOfDestination } from "./filed-before";
import type { Finding, PhaseArtifacts } from "./triage";

/** What some phases left; a phase that did not run, or was not answered, is absent. */
export type FoundArtifacts = Partial<PhaseArtifacts>;

/** The statement can be checked somewhere else than in the report that made it. */
export const isBacked = ({ evidence }: Finding): boolean => evidence.some((each) => each.kind !== "report");

/**
 * Findings that stand: those of every phase, and the claims that held. What was refuted proves nothing, and what a tracker holds
 * anybody may have written there.
 */
export function standingFindings(artifacts: FoundArtifacts): Finding[] {
  const { inspect, research, validate, propose } = artifacts;
  return [
    ...(inspect?.findings ?? []),
    ...(research?.findings ?? []).filter((each) => !isOfDestination(each)),
    ...(validate?.findings ?? []),
    ...(validate?.claims ?? []).filter((claim) => claim.verdict === "holds"),
    ...(propose?.findings ?? []),
  ];
}

/** Paths of the project that were read or blamed: never one that a report or a proposal merely names. */
export function foundPaths(artifacts: FoundArtifacts): Set<string> {
  const { inspect, research } = artifacts;
  const paths = new Set<string>();
  for (const frame of inspect?.frames ?? []) {
    if (frame.state === "resolved" && frame.path) paths.add(frame.path);
  }
  for (const { path } of [...(inspect?.windows ?? []), ...(inspect?.mentions ?? [])]) paths.add(path);
  for (const { path } of research?.history.blamed ?? []) paths.add(path);
  for (const suspect of research?.history.suspects ?? []) {
    for (const { path } of suspect.changes) paths.add(path);
  }
  for (const finding of standingFindings(artifacts)) {
    if (finding.certainty === "model") continue;
    for (const each of finding.evidence) if (each.kind === "code") paths.add(each.path);
  }
  return paths;
}

/** Names by which a sentence can be known to speak of something found: files, functions, commits. */
export function foundNames(artifacts: FoundArtifacts): Set<string> {
  const names = new Set<string>();
  for (const path of foundPaths(artifacts)) {
    names.add(path);
    addLong(path.slice(path.lastIndexOf("/") + 1), 5);
  }
  for (const { enclosing } of artifacts.inspect?.windows ?? []) addLong(enclosing?.name, 4);
  for (const frame of artifacts.inspect?.frames ?? []) {
    if (frame.state === "resolved") addLong(frame.function, 4);
  }
  for (const { hash } of artifacts.research?.history.suspects ?? []) addLong(hash.slice(0, 7), 7);
  return names;

  function addLong(name: string | null | undefined, length: number) {
    if (name && name.length >= length && /^[\w$]/.test(name)) names.add(name);
  }
}

/** The text names one of them as a word of its own: `settle` is not named by `settlement`. A commit may be named longer. */
export function namesOneOf(text: string, names: Iterable<string>): boolean {
  for (const name of names) {
    const mayGoOn = /^[0-9a-f]{7}$/.test(name);
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
      const before = text[at - 1] ?? " ";
      const after = text[at + name.length] ?? " ";
      if (!/[\w$]/.test(before) && (mayGoOn || !/[\w$]/.test(after))) return true;
    }
  }
  return false;
}

/** Whether a model wrote this: a model's finding says it, or everything that stands behind the proposal is a model's. */
export function isModelText(text: string, artifacts: FoundArtifacts): boolean {
  const said = text.trim();
  const ofModel = standingFindings(artifacts).filter(
    ({ certainty, statement }) => certainty === "model" && statement.trim() !== "",
  );
  return ofModel.some(({ statement }) => said.includes(statement.trim()) || statement.includes(said));
}

/** Nothing but a model's findings stands behind the proposal. */
export function isModelProposal({ propose }: FoundArtifacts): boolean {
  const findings = propose?.findings ?? [];
  return findings.length > 0 && findings.every(({ certainty }) => certainty === "model");
}
