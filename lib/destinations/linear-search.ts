import { createHash } from "node:crypto";
import type { FindOutcome, FoundIssue, LookOutcome } from "@/lib/domain/found-issue";
import type { AdapterContext, FindRequest } from "./destination";
import { deliveryMarker } from "./issue-markers";
import { askLinear, type LinearFailure, unreadable } from "./linear-client";
import type { LinearConfig } from "./linear-config";
import { type LinearPayload, parseLinearMarkers } from "./linear-payload";

export type LinearSession = { config: LinearConfig; key: string; context: AdapterContext };

/** Where issues go, by id: names are resolved for every delivery, since people rename teams. */
export type LinearPlace = { teamId: string; projectId: string; labelIds: string[] };

const matchMax = 50;
const suggestionMax = 5;

/**
 * The id that an effect of this delivery has: Linear takes a UUID from the client for issues and comments, so that asking
 * twice makes one, and a lost reply is looked up by it (developers.linear.app, IssueCreateInput.id).
 */
export function effectId(what: "issue" | "comment", idempotencyKey: string): string {
  const hex = createHash("sha256").update(`linear-${what}\0${idempotencyKey}`).digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  const uuid = `${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17, 32)}`;
  return uuid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

type IssueNode = {
  id: string;
  identifier: string;
  title: string;
  url: string;
  description: string | null;
  createdAt: string;
  archivedAt: string | null;
  state: { name: string; type: string | null } | null;
};
const issueFields = "id identifier title url description createdAt archivedAt state { name type }";

/** State names that say that it is over, where the tracker gives no type (reference 4.2). */
const closedNames = new Set([
  ...["done", "completed", "complete", "closed", "canceled", "cancelled", "resolved"],
  ...["won't do", "wont do", "won't fix", "wontfix"],
]);

/** The state's type counts over its name (case 100); what was archived is over whatever it was. */
export function isClosed({ state, archivedAt }: Pick<IssueNode, "state" | "archivedAt">): boolean {
  if (archivedAt) return true;
  const type = state?.type?.trim().toLowerCase();
  if (type) return type === "completed" || type === "canceled" || type === "cancelled";
  return closedNames.has(state?.name?.trim().toLowerCase() ?? "");
}

export function foundIssue(node: IssueNode): FoundIssue {
  return {
    externalId: node.id,
    reference: node.identifier,
    url: node.url,
    title: node.title,
    state: isClosed(node) ? "closed" : "open",
    createdAtMs: Date.parse(node.createdAt) || null,
  };
}

/** Ids of team, project and those labels that the team has. A name that two share is nobody's. */
export async function readPlace(
  session: LinearSession,
  labels: readonly string[],
): Promise<{ ok: true; place: LinearPlace } | { ok: false; failure: LinearFailure }> {
  type Named = { id: string; name: string };
  type Data = {
    teams: { nodes: Array<Named & { key: string }> };
    projects: { nodes: Array<Named & { teams: { nodes: Array<{ id: string }> } }> };
    issueLabels: { nodes: Array<Named & { team: { id: string } | null }> };
  };
  const query = `query Place($team: String!, $project: String!, $labels: [String!]!) {
    teams(first: 3, filter: { or: [{ key: { eqIgnoreCase: $team } }, { name: { eqIgnoreCase: $team } }] }) {
      nodes { id key name } }
    projects(first: 3, filter: { or: [{ name: { eqIgnoreCase: $project } }, { slugId: { eq: $project } }] }) {
      nodes { id name teams { nodes { id } } } }
    issueLabels(first: 100, filter: { name: { in: $labels } }) { nodes { id name team { id } } } }`;
  const { config, key, context } = session;
  const variables = { team: config.team, project: config.project, labels };
  const reply = await askLinear<Data>(config, key, "read", query, variables, context);
  if (!reply.ok) return reply;
  const { teams, projects, issueLabels } = reply.data;
  if (![teams?.nodes, projects?.nodes, issueLabels?.nodes].every(Array.isArray)) {
    return { ok: false, failure: unreadable("read", reply.exchange) };
  }
  const byKey = teams.nodes.filter((each) => each.key?.toLowerCase() === config.team.toLowerCase());
  const [team, otherTeam] = byKey.length > 0 ? byKey : teams.nodes;
  const inTeam = projects.nodes.filter((each) => each.teams.nodes.some(({ id }) => id === team?.id));
  const [project, otherProject] = inTeam;
  if (!team || otherTeam) return missing("team_not_found", "team", config.team, Boolean(otherTeam));
  if (!project || otherProject) {
    return missing("project_not_found", "project of that team", config.project, Boolean(otherProject));
  }
  const labelIds = issueLabels.nodes
    .filter((each) => each.team === null || each.team.id === team.id)
    .map((each) => each.id);
  return { ok: true, place: { teamId: team.id, projectId: project.id, labelIds } };
}

function missing(code: string, what: string, name: string, several: boolean) {
  const words = several
    ? `Linear has several of the name ${name}; give the key or slug instead.`
    : `Linear knows no ${what} called ${name}, or the key may not see it.`;
  return { ok: false, failure: { outcome: "rejected", reason: { code, message: words } } } as const;
}

/** By the id that this delivery's effect would have, then by the fingerprint's whole marker over issues of every state. */
export async function findLinear(
  session: LinearSession,
  payload: LinearPayload,
  { idempotencyKey, markersOnly = false }: Pick<FindRequest, "idempotencyKey" | "markersOnly">,
  within: Pick<FoundIssue, "externalId"> | undefined,
): Promise<FindOutcome> {
  const marker = `tandem:fingerprint:v1:${payload.fingerprint}`;
  type Data = {
    own: { nodes: IssueNode[] };
    ownComment: { nodes: Array<{ id: string; url: string; issue: IssueNode }> };
    marked: { nodes: IssueNode[] };
    titled?: { nodes: IssueNode[] };
  };
  const byTitle = `titled: issues(first: ${suggestionMax}, orderBy: createdAt,
      filter: { title: { eqIgnoreCase: $title }, team: { key: { eqIgnoreCase: $team } } }) { nodes { ${issueFields} } }`;
  const titleVariables = markersOnly ? "" : ", $title: String!, $team: String!";
  const query = `query Find($own: ID!, $comment: ID!, $marker: String!${titleVariables}) {
    own: issues(first: 1, includeArchived: true, filter: { id: { eq: $own } }) { nodes { ${issueFields} } }
    ownComment: comments(first: 1, filter: { id: { eq: $comment } }) { nodes { id url issue { ${issueFields} } } }
    marked: issues(first: ${matchMax}, includeArchived: true, orderBy: createdAt,
      filter: { description: { contains: $marker } }) { nodes { ${issueFields} } }
    ${markersOnly ? "" : byTitle} }`;
  const { config, key, context } = session;
  const ids = { own: effectId("issue", idempotencyKey), comment: effectId("comment", idempotencyKey) };
  const asked = { ...ids, marker };
  const variables = markersOnly ? asked : { ...asked, title: payload.title, team: config.team };
  const reply = await askLinear<Data>(config, key, "read", query, variables, context);
  if (!reply.ok) return unknownFrom(reply.failure);
  const { own, ownComment, marked } = reply.data;
  const named = markersOnly ? { nodes: [] } : reply.data.titled;
  if (![own?.nodes, ownComment?.nodes, marked?.nodes, named?.nodes].every(Array.isArray)) {
    return unknownFrom(unreadable("read", reply.exchange));
  }
  // `contains` also finds a marker that somebody quoted: only one at the end is the issue's own.
  const matches = marked.nodes
    .filter((node) => parseLinearMarkers(node.description).fingerprint === payload.fingerprint)
    .map(foundIssue);
  const suggestions = (named?.nodes ?? [])
    .map(foundIssue)
    .filter((each) => matches.every((match) => match.externalId !== each.externalId));
  const comment = ownComment.nodes[0];
  const issue = own.nodes[0] ?? marked.nodes.find((node) => isOwn(node, idempotencyKey));
  if (comment && (!within || comment.issue.id === within.externalId)) {
    const effect = { issue: foundIssue(comment.issue), commentId: comment.id, commentUrl: comment.url };
    return { outcome: "found", matches, suggestions, ownEffect: effect };
  }
  if (issue && !within) {
    const effect = { issue: foundIssue(issue), commentId: null, commentUrl: null };
    return { outcome: "found", matches, suggestions, ownEffect: effect };
  }
  if (matches.length === 0) return { outcome: "absent", suggestions };
  return { outcome: "found", matches, suggestions, ownEffect: null };
}

const isOwn = (node: IssueNode, idempotencyKey: string) =>
  parseLinearMarkers(node.description).delivery === deliveryMarker(idempotencyKey);

export async function lookAtLinear(session: LinearSession, externalId: string): Promise<LookOutcome> {
  const query = `query Look($id: ID!) { issues(first: 1, includeArchived: true, filter: { id: { eq: $id } }) {
    nodes { ${issueFields} } } }`;
  const { config, key, context } = session;
  type Data = { issues: { nodes: IssueNode[] } };
  const reply = await askLinear<Data>(config, key, "read", query, { id: externalId }, context);
  if (!reply.ok) return unknownFrom(reply.failure);
  if (!Array.isArray(reply.data.issues?.nodes)) return unknownFrom(unreadable("read", reply.exchange));
  const [node] = reply.data.issues.nodes;
  return node ? { outcome: "there", issue: foundIssue(node) } : { outcome: "gone" };
}

export function unknownFrom(failure: LinearFailure) {
  const { reason, exchange } = failure;
  const retryAfterMs = failure.outcome === "retryable" ? failure.retryAfterMs : undefined;
  const refused = failure.outcome === "rejected";
  return { outcome: "unknown", reason, refused, retryAfterMs, exchange } as const;
}
