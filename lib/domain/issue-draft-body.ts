import type { CoderHandoff, IssueDraftInput } from "./issue-draft";
import { handoffToJson } from "./issue-draft-json";
import { draftMarkerLines } from "./issue-draft-markers";
import { renderSections, type SectionBounds, sectionBoundSteps } from "./issue-draft-sections";
import {
  type IssueDraftPlaceholder,
  type IssueSection,
  issueDraftPlaceholders,
  issueSections,
  leadingSections,
  type RepositoryTemplate,
  sectionTitles,
} from "./issue-draft-template";
import { byteLength, closeFence, cutMarkdown, inlineText, neutraliseMarkdown } from "./issue-text";
import { fillMarkdownTemplate } from "./markdown-template";
import { placesEvidence } from "./project-template";

/** Of the whole body, in bytes of UTF-8: what a destination takes. */
export const issueDraftByteLimit = 12_000;
/** Of an issue's title, in UTF-16 units. */
export const issueTitleMax = 240;
/** Kept free for what a destination writes around the text: its three markers, and the line of a regression. */
const destinationBytes = 500;

/** What an issue says, and what has to stand at its end whatever else has to go. */
type Layout = { text: string; ending: string };

/**
 * Long parts shrink step by step until everything fits; what is still too long is cut. The markers never are, and neither is
 * the evidence of a project's template.
 */
export function renderIssueBody(
  input: IssueDraftInput,
  file: RepositoryTemplate | null,
  handoff: CoderHandoff | null,
): string {
  const markers = draftMarkerLines({
    fingerprint: input.fingerprintMarker,
    triageRunId: input.triageRunId,
    coderHandoff: handoff && handoffToJson(handoff),
  }).join("\n");
  const room = issueDraftByteLimit - destinationBytes - (markers ? byteLength(markers) + 2 : 0);
  const body = fitted(input, file, room);
  return markers ? `${body}\n\n${markers}` : body;
}

function fitted(input: IssueDraftInput, file: RepositoryTemplate | null, room: number): string {
  let laid: Layout = { text: "", ending: "" };
  for (const bounds of sectionBoundSteps) {
    laid = layOut(input, file, bounds);
    const whole = joinedParts([laid.text, laid.ending]);
    if (byteLength(whole) <= room) return whole;
  }
  if (laid.ending === "" && input.template?.kind === "project") laid.ending = evidenceOf(input);
  const left = room - (laid.ending ? byteLength(laid.ending) + 2 : 0);
  return joinedParts([cutMarkdown(laid.text, left), laid.ending]);
}

/** Both parts as a destination reads them, so that what is shown here is what is filed. */
function layOut(input: IssueDraftInput, file: RepositoryTemplate | null, bounds: SectionBounds): Layout {
  const sections = renderSections(input.summary, input.subject.evidenceRefs, bounds);
  const standard = () => joined(issueSections, sections);
  const { template } = input;
  if (file && file.headings.length > 0) return { text: safe(layOutFile(file, sections)), ending: "" };
  if (template?.kind !== "project" || template.text.trim() === "") {
    return { text: safe(standard()), ending: "" };
  }
  const filled = fillMarkdownTemplate(template.text, issueDraftPlaceholders, (name) =>
    name === "body" ? standard() : valueOf(name, input, sections),
  );
  return {
    text: safe(filled),
    ending: placesEvidence(template.text) ? "" : evidenceOf(input, bounds),
  };
}

/** A fence that a template leaves open ends with it. */
const safe = (text: string): string => closeFence(neutraliseMarkdown(text.trim()));

function evidenceOf(input: IssueDraftInput, bounds = sectionBoundSteps.at(-1) as SectionBounds): string {
  const sections = renderSections(input.summary, input.subject.evidenceRefs, bounds);
  return safe(joined(["evidence"], sections));
}

/** The file's headings in its order, then what it does not ask for in ours. */
function layOutFile(file: RepositoryTemplate, sections: Record<IssueSection, string>): string {
  const asked = new Set(file.headings.map(({ section }) => section));
  const first = file.headings.map(
    ({ line, section }) => `${line}\n\n${(section && sections[section]) || notKnown}`,
  );
  const rest = issueSections.filter((section) => !asked.has(section));
  return joinedParts([...first, joined(rest, sections)]);
}

const notKnown = "Not known.";

function joined(order: readonly IssueSection[], sections: Record<IssueSection, string>): string {
  return order
    .filter((section) => sections[section] !== "" || leadingSections.includes(section))
    .map((section) => `## ${sectionTitles[section]}\n\n${sections[section] || notKnown}`)
    .join("\n\n");
}

const joinedParts = (parts: readonly string[]): string => parts.filter(Boolean).join("\n\n");

function valueOf(
  name: Exclude<IssueDraftPlaceholder, "body">,
  { subject, summary, triageRunId }: IssueDraftInput,
  sections: Record<IssueSection, string>,
): string {
  switch (name) {
    case "title":
      return inlineText(summary.suggestedTitle ?? subject.title, issueTitleMax);
    case "repo":
      return inlineText(subject.repo, 200);
    case "confidence":
      return summary.rootCauseConfidence;
    case "risk_level":
      return summary.riskLevel;
    case "failure_type":
      return summary.failureType;
    case "draft_id":
      return inlineText(subject.draftId, 200);
    case "incident_id":
      return inlineText(subject.incidentId, 200);
    case "triage_run_id":
      return inlineText(triageRunId, 200);
    default:
      return sections[name];
  }
}
