import type { Inspection, ReportedFrame, Research, SuspectCommit, TriageSubject } from "@/lib/domain/triage";
import { type ToldFailure, toldFailures } from "./triage-failures";

/** A failure of one language with its project: what was reported, the files, and the commit that brought it. */
export type TriageCase = {
  language: string;
  subject: TriageSubject;
  inspection: Inspection;
  research: Research;
  /** The project's files, by path. */
  files: Record<string, string>;
  at: { path: string; line: number };
  suspectHash: string;
};

const day = 86_400_000;
export const firstSeenAtMs = Date.UTC(2026, 2, 5, 9, 30);
export const suspectHash = "ab12cd3e4f5061728394a5b6c7d8e9f001122334";
export const headHash = "0f9e8d7c6b5a49382716f5e4d3c2b1a098765432";

export const triageCases: readonly TriageCase[] = toldFailures.map(makeCase);

/** A fresh copy: a test may bend it. */
export const triageCase = (language: string): TriageCase =>
  structuredClone(triageCases.find((each) => each.language === language) as TriageCase);

function makeCase(given: ToldFailure): TriageCase {
  const lines = given.source.split("\n");
  const lineOf = (start: string, after = 0) =>
    lines.findIndex((line, index) => index >= after && line.trim().startsWith(start)) + 1;
  const line = lineOf(given.failing);
  const fromLine = lineOf(given.block.from);
  const trace = given.trace.replaceAll("<line>", String(line));
  const changedAt = lineOf(given.changedAt);
  const frames = framesOf(given, line);
  const suspect: SuspectCommit = {
    hash: suspectHash,
    author: "Ada",
    authoredAtMs: firstSeenAtMs - 2 * day,
    committedAtMs: firstSeenAtMs - 2 * day,
    subject: "Simplify",
    rank: 1,
    score: 90,
    confidence: "high",
    because: ["changed_failing_line"],
    changes: [
      {
        path: given.path,
        fromLine: changedAt,
        toLine: changedAt + Math.max(given.added.length, 1) - 1,
        removed: given.removed,
        added: given.added,
      },
    ],
  };
  return {
    language: given.language,
    at: { path: given.path, line },
    suspectHash,
    files: { [given.path]: given.source, ...given.others },
    subject: {
      draftId: "draft_1",
      incidentId: "incident_1",
      fingerprint: "f".repeat(64),
      repo: "acme/shop",
      projectId: "shop",
      title: given.title,
      detail: "",
      excerpt: trace.split("\n"),
      evidenceRefs: [],
      eventType: "error",
      component: null,
      source: null,
      level: "error",
      riskLevel: null,
      environment: {},
      firstSeenAtMs,
      lastSeenAtMs: firstSeenAtMs + day,
      lastGoodAtMs: null,
    },
    inspection: {
      lookedAt: [{ what: given.path, outcome: "read" }],
      frames,
      windows: [
        {
          path: given.path,
          language: given.language,
          fromLine: 1,
          focusLine: line,
          lines,
          enclosing: {
            name: given.block.name,
            kind: "function",
            fromLine,
            toLine: lineOf(given.block.to, line),
          },
        },
      ],
      mentions: [],
      logNeighbours: [],
      findings: [],
    },
    research: {
      lookedAt: [{ what: "git history", outcome: "read" }],
      history: {
        state: "read",
        head: {
          hash: headHash,
          author: "Ada",
          authoredAtMs: firstSeenAtMs - day,
          committedAtMs: firstSeenAtMs - day,
          subject: "Release",
        },
        suspects: [suspect],
        blamed: given.added.length > 0 ? [{ path: given.path, line: changedAt, hash: suspectHash }] : [],
      },
      similar: [],
      findings: [],
    },
  };
}

function framesOf(given: ToldFailure, line: number): ReportedFrame[] {
  const isInLibrary = given.language === "dotnet";
  const library: ReportedFrame = {
    text: "at System.Collections.Generic.Dictionary`2.get_Item(TKey key)",
    depth: 0,
    origin: "runtime",
    function: "System.Collections.Generic.Dictionary`2.get_Item",
    reportedPath: null,
    line: null,
    state: "not_looked_for",
    path: null,
  };
  const own: ReportedFrame = {
    text: `${given.function} ${given.reportedPath}:${line}`,
    depth: isInLibrary ? 1 : 0,
    origin: "app",
    function: given.function,
    reportedPath: given.reportedPath,
    line,
    state: "resolved",
    path: given.path,
  };
  const caller: ReportedFrame = {
    text: 'File "/srv/app/billing/api.py", line 3, in post_invoice',
    depth: 1,
    origin: "app",
    function: "post_invoice",
    reportedPath: "/srv/app/billing/api.py",
    line: 3,
    state: "resolved",
    path: "billing/api.py",
  };
  return [...(isInLibrary ? [library] : []), own, ...(given.language === "python" ? [caller] : [])];
}
