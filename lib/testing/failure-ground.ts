import type { Inspection, ReportedFrame, TriageSubject } from "@/lib/domain/triage";

/** What inspecting leaves of a trace whose frames were all found; the first is where it broke. */
export function inspectionOf(frames: ReadonlyArray<[path: string, line: number, name?: string]>): Inspection {
  return {
    ...{ lookedAt: [], windows: [], mentions: [], logNeighbours: [], findings: [] },
    frames: frames.map(
      ([path, line, name], depth): ReportedFrame => ({
        ...{ text: `${path}:${line}`, depth, origin: "app", function: name ?? null, reportedPath: path },
        ...{ line, state: "resolved", path },
      }),
    ),
  };
}

/** A failure as triage is given it, seen first at `firstSeenAtMs`. */
export function subjectOf(
  title: string,
  firstSeenAtMs: number,
  lastGoodAtMs: number | null = null,
): TriageSubject {
  return {
    ...{ draftId: "d", incidentId: "i", fingerprint: "f", repo: "local/unassigned", projectId: null },
    ...{ title, detail: title, excerpt: [title], evidenceRefs: [], eventType: "log.error", component: null },
    ...{ source: null, level: "error", riskLevel: null, environment: {}, firstSeenAtMs },
    ...{ lastSeenAtMs: firstSeenAtMs, lastGoodAtMs },
  };
}
