/** What a piece of evidence is named by (reference 2.8). Ids of projects and sources are slugs, so nothing is escaped. */
export type EvidenceReference =
  | { kind: "bytes"; projectId: string; sourceId: string; offsetStart: number; offsetEnd: number }
  | { kind: "artifact"; projectId: string; sourceId: string; file: string };

const scheme = "tandem://incident-monitor/";

/** Bytes of a source's log, whichever of its files they were in. */
export const bytesReference = (
  projectId: string,
  sourceId: string,
  offsetStart: number,
  offsetEnd: number,
): string => `${scheme}${projectId}/logs/${sourceId}#offset=${offsetStart}-${offsetEnd}`;

/** Exactly one artifact; also what it is stored under. */
export const artifactReference = (projectId: string, sourceId: string, file: string): string =>
  `${scheme}${projectId}/evidence/${sourceId}/${file}`;

const slug = "[A-Za-z0-9][A-Za-z0-9._-]*";
const bytesForm = new RegExp(`^(${slug})/logs/(${slug})#offset=(\\d{1,15})-(\\d{1,15})$`);
const artifactForm = new RegExp(`^(${slug})/evidence/(${slug})/([0-9a-z][0-9a-z.-]{0,100})$`);

/** null where the text is of neither form. */
export function parseEvidenceReference(reference: string): EvidenceReference | null {
  const text = reference.trim();
  if (!text.startsWith(scheme)) return null;
  const rest = text.slice(scheme.length);
  const bytes = bytesForm.exec(rest);
  if (bytes) {
    const [, projectId = "", sourceId = "", start, end] = bytes;
    const [offsetStart, offsetEnd] = [Number(start), Number(end)];
    return offsetStart < offsetEnd ? { kind: "bytes", projectId, sourceId, offsetStart, offsetEnd } : null;
  }
  const artifact = artifactForm.exec(rest);
  if (!artifact) return null;
  const [, projectId = "", sourceId = "", file = ""] = artifact;
  return { kind: "artifact", projectId, sourceId, file };
}
