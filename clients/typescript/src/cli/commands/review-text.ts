import type { DestinationReview, DraftReview } from "../../types/review.js";
import type { Call } from "../command.js";
import { pairs, table } from "../table.js";
import { iso, plain } from "../text.js";

/** A draft's review in words; the payloads come apart. */
export function reviewText({ style, io }: Pick<Call, "style" | "io">, review: DraftReview): string {
  const { draft, approval, route } = review;
  const head = pairs([
    ["draft", draft.draft_id],
    ["title", draft.title],
    ["status", draft.held ? `${draft.status}, held` : draft.status],
    ["risk", draft.risk_level],
    ["seen", `${draft.occurrence_count ?? 1}x, last ${iso(draft.last_seen_at_ms ?? draft.created_at_ms)}`],
    ["project", draft.project_id],
    ["source", draft.source],
    ["incident", draft.incident_id],
    ["why grouped", draft.identity?.map(({ name, value }) => `${name}: ${value}`).join("\n")],
    ["route", route.route_name ? `${route.route_name} (${route.reason})` : route.reason],
    ["blocked", route.blocked.map(({ message }) => message).join("\n")],
    ["approval", approvalText(review)],
    ["because", approval.because.map(({ message }) => message).join("\n")],
    ["changed", approval.changes.map(({ message }) => message).join("\n")],
    ["last error", draft.last_post_error],
    ["digest", review.digest],
  ]);
  const rows = review.destinations.filter(({ effective, post }) => effective || post);
  if (rows.length === 0) return `${head}\n\nIt goes nowhere: no destination is chosen.`;
  const columns = io.size()?.columns ?? null;
  const lines = table<DestinationReview>(rows, destinationColumns, columns, (text, row) =>
    row === null ? style.dim(text) : text,
  );
  return `${head}\n\n${lines}`;
}

const destinationColumns = [
  { title: "DESTINATION", of: (row: DestinationReview) => row.destination_id, cutTo: 12 },
  { title: "KIND", of: (row: DestinationReview) => row.kind },
  { title: "READY", of: (row: DestinationReview) => (row.ready ? "yes" : "no") },
  { title: "APPROVED", of: (row: DestinationReview) => (row.covered ? "yes" : "no") },
  { title: "SENT", of: (row: DestinationReview) => row.post?.state ?? row.post?.status ?? "-" },
  {
    title: "BYTES",
    of: (row: DestinationReview) => String(row.payload?.byte_length ?? "-"),
    align: "right" as const,
  },
  {
    title: "WHY NOT",
    of: (row: DestinationReview) =>
      [...row.missing, ...(row.render_error ? [row.render_error] : [])]
        .map(({ message }) => message)
        .join("; "),
    cutTo: 16,
  },
];

function approvalText({ approval }: DraftReview): string {
  const { active } = approval;
  if (active) {
    const until = active.expires_at_ms ? `, until ${iso(active.expires_at_ms)}` : "";
    return `${active.state} by ${active.actor.name}${until}`;
  }
  return approval.required ? "required" : "not required";
}

export function payloadText({ destination_id, payload }: DestinationReview): string {
  if (!payload) return "";
  const head = `${plain(destination_id)}: ${plain(payload.operation)} ${plain(payload.target_ref)}, digest ${payload.digest}`;
  return `${head}\n${plain(payload.raw, { lines: true })}`;
}
