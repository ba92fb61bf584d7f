/** Whose text is to be forgotten now: one incident's, all of a project's or of one of its sources, or what names a person. */
export type ErasureSubject =
  | { kind: "incident"; incidentId: string }
  | { kind: "source"; projectId: string; sourceId: string | null }
  | { kind: "person"; person: string };

/** Shorter words are in too many texts to mean a person. */
export const personLengthMin = 4;

/** What is kept of it on record: of a person only that one was named, never who. */
export function erasureOnRecord(subject: ErasureSubject): { [key: string]: string } {
  switch (subject.kind) {
    case "incident":
      return { kind: "incident", incident_id: subject.incidentId };
    case "source":
      return {
        ...{ kind: subject.sourceId === null ? "project" : "source", project_id: subject.projectId },
        ...(subject.sourceId === null ? {} : { source_id: subject.sourceId }),
      };
    case "person":
      return { kind: "person" };
  }
}
