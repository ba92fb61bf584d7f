import { git } from "./repository.mjs";

/** What triage is given of a case: the report and when it was seen, nothing of the truth. */
export function subjectOf({ seed, report, brokenAtMs, reportedAtMs, lastGoodAtMs }) {
  return {
    ...{
      draftId: `draft-${seed}`,
      incidentId: `incident-${seed}`,
      fingerprint: `case-${seed}`,
      repo: "acme/case",
    },
    ...{
      projectId: null,
      evidenceRefs: [],
      eventType: "error",
      source: null,
      level: "error",
      riskLevel: null,
    },
    ...{ environment: {}, ...report, firstSeenAtMs: brokenAtMs, lastSeenAtMs: reportedAtMs, lastGoodAtMs },
  };
}

/**
 * How a run did. The file triage names first is that of the first suspect's first change; without a suspect it is the
 * nearest frame that was found in the project. It is right where the planted change is in that file.
 */
export function scoreOf({ truth }, inspection, history) {
  const hashes = history.suspects.map(({ hash }) => hash);
  const place = hashes.indexOf(truth.commit);
  const frame = inspection.frames.find(({ state, origin }) => state === "resolved" && origin === "app");
  const file = history.suspects[0]?.changes[0]?.path ?? frame?.path ?? null;
  return {
    first: place === 0,
    firstThree: place >= 0 && place < 3,
    fileFirst: truth.files.includes(file),
    ...{ place: place + 1, file, frame: frame?.path ?? null, suspects: history.suspects.slice(0, 3) },
  };
}

/**
 * The two simplest answers, given more than triage gets: the failing file and line are taken from the truth, so that
 * neither a source map nor a path of the deployment stands in their way.
 */
export async function baselinesOf({ root, truth }) {
  const { failingFile: file, failingLine: line } = truth;
  const log = (await git(root, ["log", "-3", "--format=%H", "--", file])).trim().split("\n");
  const blame = await git(root, ["blame", "--porcelain", `-L${line},${line}`, "HEAD", "--", file]);
  const fileFirst = truth.files.includes(file);
  return {
    last: { first: log[0] === truth.commit, firstThree: log.includes(truth.commit), fileFirst },
    blame: { first: blame.slice(0, 40) === truth.commit, fileFirst },
  };
}
