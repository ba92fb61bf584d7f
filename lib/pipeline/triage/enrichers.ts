import { filedBeforeFindings } from "@/lib/domain/filed-before";
import { similarRecords } from "@/lib/domain/similar-records";
import type { Finding, LookedAt, SimilarRecord, TriageLimits } from "@/lib/domain/triage";
import { proposeFix } from "@/lib/domain/triage-proposal";
import { inspectFailure } from "@/lib/triage/inspect-failure";
import { openLineReader } from "@/lib/triage/line-reader";
import { readHistory } from "@/lib/triage/read-history";
import { validateFailure } from "@/lib/triage/validate-failure";
import { askDestinations } from "./ask-destinations";
import { askModel } from "./ask-model";
import type { PhaseGround, PhaseWork } from "./phase-work";
import { readKnown } from "./read-duplicates";
import { candidatesOf, factsOfFailure } from "./similar-candidates";

/** The four phases by rules alone (D-22): reads of the project, its history, our own records and the draft's trackers. A model only adds an opinion. */
export const enrichers: PhaseWork = {
  inspect: ({ subject, root, allowedRoots, refusedFolders, logNeighbours }, limits) =>
    inspectFailure({ subject, root, allowedRoots, refusedFolders, logNeighbours }, limits),
  research: async (ground, limits) => {
    const [read, known, asked] = await Promise.all([
      readHistoryOf(ground, limits),
      readSimilar(ground),
      askDestinations(ground, limits),
    ]);
    return {
      lookedAt: [...read.lookedAt, known.lookedAt, ...(asked ? [] : [askedNobody])],
      history: read.history,
      similar: known.similar,
      ...(asked && { filedBefore: asked }),
      findings: [...read.findings, ...known.findings, ...filedBeforeFindings(asked ?? [])],
    };
  },
  validate: async ({ subject, root, allowedRoots, refusedFolders, done }, { signal, deadlineMs }) => {
    const { inspect, research } = needs(done, "inspect", "research");
    const read = await openLineReader({ root, allowedRoots, refusedFolders }, { signal, deadlineMs });
    return validateFailure({ subject, inspection: inspect, research, root, read, signal });
  },
  propose: async (ground, limits) => {
    const found = needs(ground.done, "inspect", "research", "validate");
    const { inspect: inspection, research, validate: validation } = found;
    const proposal = proposeFix({ subject: ground.subject, inspection, research, validation });
    return askModel(ground, { ...found, propose: proposal }, proposal, limits);
  },
};

const askedNobody: LookedAt = {
  ...{ what: "issues at the destinations", outcome: "refused" },
  note: "The safety settings let triage ask no destination.",
};

const readHistoryOf = ({ subject, root, done }: PhaseGround, limits: TriageLimits) =>
  readHistory({ root, inspection: needs(done, "inspect").inspect, subject }, limits);

async function readSimilar(
  ground: PhaseGround,
): Promise<{ similar: SimilarRecord[]; lookedAt: LookedAt; findings: Finding[] }> {
  const { ctx, draft } = ground;
  const known = await readKnown(ctx, draft);
  const candidates = candidatesOf(draft, known);
  const failure = { ...factsOfFailure(draft), ownIds: [draft.draftId, draft.incidentId] };
  const similar = similarRecords(failure, candidates);
  const note = `${candidates.length} records of the same ${draft.content.projectId ? "project" : "repository"}`;
  return {
    similar,
    lookedAt: { what: "earlier failures, receipts and memory", outcome: "read", note },
    findings: similar.slice(0, 3).map(asFinding),
  };
}

const matchWords: Record<SimilarRecord["match"], string> = {
  same_fingerprint: "has the same fingerprint",
  same_marker: "carries this failure's own marker",
  same_exception_and_frames: "broke with the same exception in the same calls",
  same_exception: "broke with the same exception",
  similar_words: "is said in much the same words",
};

function asFinding(record: SimilarRecord): Finding {
  const isSame = record.match === "same_fingerprint" || record.match === "same_marker";
  const outcome = record.outcome ? ` What became of it: ${record.outcome}.` : "";
  const evidence: Finding["evidence"] =
    record.kind === "issue"
      ? [{ kind: "issue", reference: record.id, url: record.url }]
      : [{ kind: record.kind, id: record.id }];
  return {
    rule: `similar.${record.match}`,
    certainty: isSame ? "fact" : "inference",
    confidence: isSame ? "high" : record.match === "similar_words" ? "low" : "medium",
    statement: `The ${record.kind} "${record.title.replace(/\s+/g, " ").slice(0, 200)}" ${matchWords[record.match]}.${outcome}`,
    evidence,
  };
}

type Done = PhaseGround["done"];

/** Phases run in order and each is there when the next begins. */
function needs<Phase extends keyof Done>(done: Done, ...phases: Phase[]): Required<Pick<Done, Phase>> {
  const missing = phases.filter((phase) => done[phase] === undefined);
  if (missing.length > 0) throw new Error(`nothing was left by: ${missing.join(", ")}`);
  return done as Required<Pick<Done, Phase>>;
}
