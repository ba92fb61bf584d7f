import type { TriageSubject } from "./triage";
import type { FailureType, SummaryOrigin } from "./triage-summary-fields";

/** The first that matches names the type. Words of the report, so what follows from them is synthesised. */
const byWords: ReadonlyArray<[FailureType, RegExp]> = [
  [
    "missing_capability",
    /\b(?:missing|lacks?|without) (?:the )?(?:capability|permission|scope|tool)\b|\bpermission denied\b|\bcapability[ _]missing\b/i,
  ],
  [
    "missing_config",
    /\b(?:missing|unset|undefined) (?:the )?(?:environment variable|env(?:ironment)?|config\w*|setting|secret)\b|\bnot configured\b|\bno such setting\b/i,
  ],
  ["timeout", /\btime(?:d)?[ _-]?out\b|\btimeout\w*\b|\bETIMEDOUT\b|\bdeadline exceeded\b/i],
  [
    "external_dependency",
    /\bECONN(?:REFUSED|RESET)\b|\bENOTFOUND\b|\bEAI_AGAIN\b|\bconnection (?:refused|reset)\b|\b50[234] (?:bad gateway|service|gateway)\b|\bupstream\b/i,
  ],
  [
    "validation_error",
    /\bvalidation\b|\bValidationError\b|\bZodError\b|\binvalid (?:input|argument|request|schema)\b/i,
  ],
];
const byEvent: ReadonlyArray<[FailureType, RegExp]> = [
  ["tool_error", /(?:^|[._-])tool(?:[._-]|$)/i],
  ["model_error", /(?:^|[._-])(?:model|provider|llm)(?:[._-]|$)/i],
];

/**
 * What kind of failure it is. A frame that was resolved in the project makes it a defect of its code, unless the report's
 * words or its event say something narrower.
 */
export function failureTypeOf(
  subject: Pick<TriageSubject, "title" | "detail" | "eventType">,
  inOwnCode: boolean,
): { failureType: FailureType; origin: SummaryOrigin } {
  const words = `${subject.title}\n${subject.detail.slice(0, 4_000)}`;
  const said =
    byWords.find(([, pattern]) => pattern.test(words)) ??
    byEvent.find(([, pattern]) => pattern.test(subject.eventType));
  if (said) return { failureType: said[0], origin: "synthesised" };
  return inOwnCode
    ? { failureType: "code_defect", origin: "found" }
    : { failureType: "unknown", origin: "synthesised" };
}
