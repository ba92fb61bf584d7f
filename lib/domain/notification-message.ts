import type { MessageContent, MessageItem, NoticeKind } from "./notification";

/** The words of a content. Counts, ids, risk and project: never a title, a line or anything else a report said (D-31). */

const countWords: Record<NoticeKind, [one: string, many: string]> = {
  break_glass: ["emergency approval", "emergency approvals"],
  approvals: ["approval due", "approvals due"],
  failures: ["failed delivery", "failed deliveries"],
};
const order: readonly NoticeKind[] = ["break_glass", "approvals", "failures"];

export function messageSubject(content: MessageContent): string {
  const parts = order.flatMap((kind) => {
    const count = content.counts[kind];
    const [one, many] = countWords[kind];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const high = content.highRisk > 0 ? ` (${content.highRisk} of high risk)` : "";
  return `Incident Monitor: ${parts.join(", ")}${high}`;
}

export type MessagePlaces = {
  /** The one-time link of an item, or where it is looked at. */
  hrefOf: (item: MessageItem) => string;
  inbox: string;
  preferences: string;
};

/** Plain text, so that nothing in it can be drawn, fetched or followed unseen. */
export function messageText(content: MessageContent, places: MessagePlaces): string {
  const total = order.reduce((sum, kind) => sum + content.counts[kind], 0);
  const more = total - content.items.length;
  return [
    `${messageSubject(content).replace("Incident Monitor: ", "")}.`,
    "",
    ...content.items.flatMap((item) => [itemLine(item), `  ${places.hrefOf(item)}`, ""]),
    ...(more > 0
      ? [`And ${more} more: ${places.inbox}`, ""]
      : [`Everything that waits: ${places.inbox}`, ""]),
    "Each review link opens once, within 72 hours, for you alone, and asks you to sign in. Nothing is decided by opening it.",
    `What you are told of: ${places.preferences}`,
    "",
  ].join("\n");
}

const kindWords: Record<NoticeKind, string> = {
  break_glass: "Approved in an emergency",
  approvals: "Approval due",
  failures: "Delivery failed",
};

function itemLine({ kind, id, projectId, riskLevel }: MessageItem): string {
  const facts = [projectId ? `project ${safeWord(projectId)}` : "no project"];
  if (riskLevel) facts.push(`${safeWord(riskLevel)} risk`);
  return `- ${kindWords[kind]}: ${safeWord(id)} (${facts.join(", ")})`;
}

/** A risk level is the reporter's own word until it is known: only one that looks like a word is repeated. */
const safeWord = (text: string) => (/^[\w.-]{1,100}$/.test(text) ? text : "unnamed");

/** The same as a signed webhook's body. */
export function messagePayload(
  content: MessageContent,
  places: MessagePlaces,
): {
  summary: string;
  counts: Record<NoticeKind, number>;
  high_risk: number;
  items: object[];
  inbox: string;
} {
  return {
    summary: messageSubject(content),
    counts: content.counts,
    high_risk: content.highRisk,
    items: content.items.map((item) => ({
      kind: item.kind,
      id: safeWord(item.id),
      draft_id: safeWord(item.draftId),
      project_id: item.projectId,
      risk_level: item.riskLevel && safeWord(item.riskLevel),
      since_ms: item.sinceMs,
      link: places.hrefOf(item),
    })),
    inbox: places.inbox,
  };
}
