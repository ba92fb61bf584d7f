import type { Post, PublishResponse } from "../../types/post.js";
import { type Call, type Command, show } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { pairs, table } from "../table.js";

export const publishCommand: Command = {
  name: "publish",
  takes: "ID",
  positionals: { min: 1, max: 1 },
  summary: "Send a draft to its destinations and wait for the receipts",
  about:
    "Ends with 1 when it stopped for approval or nothing arrived. What is still under way after the wait goes on by itself.",
  options: {
    destination: {
      type: "string",
      value: "ID",
      multiple: true,
      about: "to this destination; those of the route when absent",
    },
  },
  examples: [
    "incident-monitor publish failure-draft-0123456789abcdef0123456789abcdef",
    "incident-monitor publish ID --destination hook --destination local",
  ],
  run: async (call) => {
    const { args, io, client } = call;
    const id = args.position(0, "ID");
    const chosen = args.list("destination");
    const options = { signal: io.signal };
    const answer = chosen
      ? await client.incidentMonitor.publishDraftToDestinations(id, chosen, {}, options)
      : await client.incidentMonitor.publishDraft(id, {}, options);
    show(call, answer, () => publishText(call, answer));
    return answer.action === "approval_required" ? exitCodes.failed : exitCodes.ok;
  },
};

function publishText({ style, io }: Call, answer: PublishResponse): string {
  const posts = answer.deliveries ?? (answer.post ? [answer.post] : []);
  const head = pairs([
    ["action", answer.action],
    ["status", answer.draft.status],
    ["issue", answer.issue_url ?? undefined],
    ["why", (answer.reasons ?? []).map(({ message }) => message).join("\n")],
    ["next", answer.action === "approval_required" && `incident-monitor approve ${answer.draft.draft_id}`],
  ]);
  if (posts.length === 0) return head;
  const lines = table<Post>(
    posts,
    [
      { title: "DESTINATION", of: (row) => row.destination_id ?? "-", cutTo: 12 },
      { title: "STATUS", of: (row) => row.status },
      { title: "RECEIPT", of: (row) => row.post_id },
      {
        title: "WHERE",
        of: (row) => row.external_url ?? row.external_id ?? row.target_ref ?? "-",
        cutTo: 12,
      },
      { title: "ERROR", of: (row) => row.error ?? "", cutTo: 12 },
    ],
    io.size()?.columns ?? null,
    (text, row, title) => {
      if (row === null) return style.dim(text);
      if (title !== "STATUS") return text;
      return row.status === "posted"
        ? style.green(text)
        : row.status === "pending"
          ? style.yellow(text)
          : style.red(text);
    },
  );
  return `${head}\n\n${lines}`;
}
