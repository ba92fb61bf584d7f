import type { Destination } from "@/lib/domain/config";
import { maskTarget } from "@/lib/domain/config-mask";
import type { RenderedPayload } from "@/lib/domain/payload";
import { boundedTexts, type SeenTexts } from "@/lib/domain/text-changes";
import type { Publication } from "./prepare-publication";

/**
 * What an approver reads of these destinations, as texts by name and bounded: kept with the approval, so that what voids it
 * can be shown beside what it was. Redacted like the draft and its payloads; a webhook's address is not among them.
 */
export function seenTexts(publication: Publication, destinationIds: readonly string[]): SeenTexts {
  const { draft, decision, targets, routeContext } = publication;
  const texts: Record<string, string> = {};
  texts["policy.route"] = decision.contributors
    .map((each) => `${each.routeName ?? "defaults"}: ${each.approvalPolicy}`)
    .join(", ");
  texts["policy.people"] = String(decision.approval.count);
  texts["policy.source"] = routeContext.sourceApprovalPolicy ?? "";
  texts["policy.risk"] = decision.riskLevel ?? "";
  texts["policy.because"] = decision.approval.because.map((each) => each.message).join("\n");
  for (const [name, value] of Object.entries(draft.content)) texts[`draft.${name}`] = wordsOf(value);
  for (const { destination, payload } of targets) {
    if (!payload || !destinationIds.includes(destination.destinationId)) continue;
    Object.assign(texts, payloadTexts(destination, payload.content));
  }
  return boundedTexts(texts);
}

/** A rendered payload by its headings: `payload.hook.Summary`. */
export function payloadTexts(destination: Destination, content: RenderedPayload): SeenTexts {
  const { rendered } = destination.kind === "webhook" ? maskTarget(content, content.targetRef) : content;
  return renderedTexts(`payload.${destination.destinationId}.`, rendered);
}

export function renderedTexts(prefix: string, rendered: RenderedPayload["rendered"]): Record<string, string> {
  const texts: Record<string, string> = { [`${prefix}Title`]: rendered.title };
  for (const { heading, text } of rendered.sections) texts[`${prefix}${heading}`] = text;
  return texts;
}

function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(wordsOf).join("\n");
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${wordsOf(each)}`)
    .join("\n");
}
