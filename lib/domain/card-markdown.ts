import type { CardFinding, DeploymentCard } from "./deployment-card";
import { inlineText } from "./issue-text";

/** Findings at the end at most (reference 8.6). */
const findingsMax = 50;
const lineMax = 2_000;

/** The cards as a document for a binder: a section each, what is said before what follows from the inventory. */
export function cardsMarkdown(
  cards: readonly DeploymentCard[],
  findings: readonly CardFinding[],
  { generatedAtMs, tenant }: { generatedAtMs: number; tenant: string },
): string {
  const lines = [
    "# Deployment cards",
    "",
    `- Generated: ${iso(generatedAtMs)}`,
    `- Tenant: ${say(tenant)}`,
    `- Cards: ${cards.length}`,
    `- Findings: ${findings.length}`,
    ...cards.flatMap(cardSection),
    ...findingSection(findings),
  ];
  return `${lines.join("\n")}\n`;
}

function cardSection(card: DeploymentCard): string[] {
  const { metadata, review, authority, linked } = card;
  return [
    ...["", `## ${say(card.target.name)}`, ""],
    bullet("Card", card.cardId),
    bullet("Kind", card.cardKind),
    bullet("System boundary", card.systemBoundary),
    bullet("Intended purpose", metadata.intendedPurpose),
    bullet("Business owner", metadata.businessOwner),
    bullet("Accountable team", metadata.accountableTeam),
    bullet("Autonomy level", metadata.autonomyLevel),
    bullet("Data classification", metadata.dataClassification),
    bullet("Approval protocol", metadata.approvalProtocol),
    bullet("Escalation protocol", metadata.escalationProtocol),
    bullet("Review", reviewWords(review)),
    ...listed("Allowed actions", metadata.allowedActions),
    ...listed("Prohibited actions", metadata.prohibitedActions),
    ...listed("Known limitations", metadata.knownLimitations),
    ...listed("Residual risks", metadata.residualRisks),
    ...listed("Evidence", metadata.evidenceRefs),
    ...listed("Tools", authority.tools),
    ...listed("MCP servers", authority.mcpServers),
    ...listed("Destinations", authority.destinations),
    ...listed("Routes", authority.routes),
    ...listed(
      "Posture findings",
      linked.postureFindings.map((each) => `${each.findingId} (${each.severity}): ${each.title}`),
    ),
    ...listed("Incidents", linked.incidentIds),
    ...listed(
      "Evidence packs",
      linked.evidencePacks.map((each) => each.id),
    ),
  ];
}

function reviewWords({ reviewCadenceDays, lastReviewedAtMs, dueAtMs, overdue }: DeploymentCard["review"]) {
  if (reviewCadenceDays === null && dueAtMs === null) return null;
  return [
    reviewCadenceDays === null ? null : `every ${reviewCadenceDays} days`,
    lastReviewedAtMs === null ? null : `last on ${day(lastReviewedAtMs)}`,
    dueAtMs === null ? null : `${overdue ? "overdue since" : "due by"} ${day(dueAtMs)}`,
  ]
    .filter((each) => each !== null)
    .join(", ");
}

function findingSection(findings: readonly CardFinding[]): string[] {
  if (findings.length === 0) return [];
  const more = findings.length - findingsMax;
  return [
    ...["", "## Findings", ""],
    ...findings
      .slice(0, findingsMax)
      .map(({ severity, affected, title }) => `- ${severity}: ${say(title)} (${say(affected.cardId)})`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}

const bullet = (label: string, value: string | null) =>
  `- ${label}: ${value === null ? "not said" : say(value)}`;
const listed = (label: string, values: readonly string[]) =>
  values.length === 0 ? [] : [`- ${label}:`, ...values.map((each) => `  - ${say(each)}`)];
const say = (text: string) => inlineText(text, lineMax);
const iso = (ms: number) => new Date(ms).toISOString();
const day = (ms: number) => iso(ms).slice(0, 10);
