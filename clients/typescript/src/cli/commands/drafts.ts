import type { Draft, DraftQuery } from "../../types/draft.js";
import type { DraftReview } from "../../types/review.js";
import { type Call, type Command, given, show } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { limitOption, watchOption } from "../help.js";
import { table } from "../table.js";
import { ago, json } from "../text.js";
import { watch } from "../watch.js";
import { footer, gather, type Listed } from "./listing.js";
import { recordFilters, recordQueryOf } from "./record-filters.js";
import { payloadText, reviewText } from "./review-text.js";

const listOptions = {
  limit: limitOption,
  all: { type: "boolean" as const, about: "all that match, page after page" },
  state: {
    type: "string" as const,
    value: "STATE",
    about: "open, approval_due, approved, sending, failed, published, denied or held",
  },
  ...recordFilters,
  incident: { type: "string" as const, value: "ID", about: "of one incident" },
  watch: watchOption,
};

const list: Command = {
  name: "drafts",
  summary: "Drafts, newest first (also: drafts list)",
  options: listOptions,
  examples: [
    "incident-monitor drafts --state approval_due",
    "incident-monitor drafts --watch",
    "incident-monitor drafts --state failed --json | jq -r '.drafts[].draft_id'",
  ],
  run: async (call) => {
    if (call.args.flag("watch")) {
      await watch(call, ["draft", "delivery", "intake"], async () => {
        const listed = await readDrafts(call);
        return call.json ? json(answerOf(listed)) : draftTable(call, listed);
      });
      return exitCodes.ok;
    }
    const listed = await readDrafts(call);
    show(call, answerOf(listed), () => draftTable(call, listed));
    return exitCodes.ok;
  },
};

const answerOf = ({ rows, total }: Listed<Draft>) => ({ drafts: rows, count: rows.length, total });

function readDrafts(call: Call): Promise<Listed<Draft>> {
  const { args, client, io } = call;
  const query: DraftQuery = {
    ...recordQueryOf(args),
    ...given({ state: args.text("state"), incident: args.text("incident") }),
  };
  return gather(args, query, async (page) => {
    const answer = await client.incidentMonitor.listDrafts(page, { signal: io.signal });
    return { rows: answer.drafts, next: answer.next_cursor, total: answer.total };
  });
}

function draftTable(call: Call, listed: Listed<Draft>): string {
  const { style, io } = call;
  if (listed.rows.length === 0) return "No draft matches.";
  const lines = table<Draft>(
    listed.rows,
    [
      { title: "DRAFT", of: (row) => row.draft_id },
      { title: "RISK", of: (row) => row.risk_level ?? "-" },
      { title: "SEEN", of: (row) => `${row.occurrence_count ?? 1}x`, align: "right" },
      {
        title: "LAST",
        of: (row) => ago(row.last_seen_at_ms ?? row.created_at_ms, call.nowMs()),
        align: "right",
      },
      { title: "STATUS", of: (row) => (row.held ? `${row.status}, held` : row.status) },
      { title: "APPROVAL", of: (row) => row.facets?.approval ?? "-" },
      { title: "TITLE", of: (row) => row.title ?? "-", cutTo: 12 },
    ],
    io.size()?.columns ?? null,
    (text, row, title) => {
      if (row === null) return style.dim(text);
      if (title === "STATUS" && row.status === "approval_required") return style.yellow(text);
      if (title === "STATUS" && row.status.endsWith("failed")) return style.red(text);
      return title === "RISK" && /^(?:critical|high)/.test(row.risk_level ?? "") ? style.red(text) : text;
    },
  );
  return `${lines}\n${style.dim(footer(listed, "draft"))}`;
}

const showOne: Command = {
  name: "drafts show",
  takes: "ID",
  positionals: { min: 1, max: 1 },
  summary: "What a reviewer decides on: where it would go, why, and whether somebody must say so",
  about: "The review's digest is what `approve --digest` binds: what was looked at is then what is approved.",
  options: { payload: { type: "boolean", about: "also the exact content for each destination" } },
  examples: [
    "incident-monitor drafts show failure-draft-0123456789abcdef0123456789abcdef --payload",
    "incident-monitor drafts show ID --json | jq -r .digest",
  ],
  run: async (call) => {
    const id = call.args.position(0, "ID");
    const review = await call.client.incidentMonitor.getDraftReview(id, { signal: call.io.signal });
    show(call, review, () => textOf(call, review));
    return exitCodes.ok;
  },
};

const textOf = (call: Call, review: DraftReview) =>
  [reviewText(call, review), ...(call.args.flag("payload") ? review.destinations.map(payloadText) : [])]
    .filter((each) => each !== "")
    .join("\n\n");

export const draftCommands: readonly Command[] = [
  list,
  { ...list, name: "drafts list", summary: "The same as drafts" },
  showOne,
];
