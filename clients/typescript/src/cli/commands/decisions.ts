import { type Command, given, show } from "../command.js";
import { exitCodes, UsageError } from "../exit-codes.js";
import { pairs } from "../table.js";
import { plain } from "../text.js";
import { reviewText } from "./review-text.js";

const approve: Command = {
  name: "approve",
  takes: "ID",
  positionals: { min: 1, max: 1 },
  summary: "Approve what a draft is now, so that it may be published",
  about:
    "Shows what would be approved and asks. What was shown is what is approved: a change in between is refused. In scripts give --yes, or the --digest of a review somebody looked at.",
  options: {
    reason: { type: "string", value: "TEXT", about: "why, for the record" },
    destination: {
      type: "string",
      value: "ID",
      multiple: true,
      about: "only for this destination; all of the route when absent",
    },
    "expires-hours": {
      type: "string",
      value: "N",
      about: "how long it holds; the configured time when absent",
    },
    digest: { type: "string", value: "DIGEST", about: "of the review (drafts show) that was looked at" },
    yes: { type: "boolean", short: "y", about: "do not ask" },
  },
  examples: [
    'incident-monitor approve failure-draft-0123456789abcdef0123456789abcdef --reason "seen, file it"',
    'incident-monitor approve ID --digest "$(incident-monitor drafts show ID --json | jq -r .digest)"',
  ],
  run: async (call) => {
    const { args, io, client } = call;
    const id = args.position(0, "ID");
    const hours = args.whole("expires-hours", 1);
    let digest = args.text("digest");
    if (digest === undefined) {
      const review = await client.incidentMonitor.getDraftReview(id, { signal: io.signal });
      digest = review.digest;
      if (!args.flag("yes")) {
        if (!io.confirm) throw new UsageError("nobody can be asked here: give --yes or --digest");
        io.err(`${reviewText(call, review)}\n\n`);
        if (!(await io.confirm("Approve this?"))) {
          io.err("Not approved.\n");
          return exitCodes.failed;
        }
      }
    }
    const decision = given({
      reason: args.text("reason"),
      destination_ids: args.list("destination"),
      digest,
      expires_in_ms: hours === undefined ? undefined : hours * 3_600_000,
    });
    const answer = await client.incidentMonitor.approveDraft(id, decision, { signal: io.signal });
    show(call, answer, () =>
      pairs([
        ["approved", answer.draft.draft_id],
        ["status", answer.draft.status],
        ["queued", (answer.deliveries ?? []).map((each) => each.destination_id ?? "").join(", ")],
        ["error", answer.publish_error],
      ]),
    );
    return answer.publish_error ? exitCodes.failed : exitCodes.ok;
  },
};

const deny: Command = {
  name: "deny",
  takes: "ID",
  positionals: { min: 1, max: 1 },
  summary: "Close a draft for good: it never leaves",
  options: { reason: { type: "string", value: "TEXT", about: "why, for the record" } },
  examples: [
    'incident-monitor deny failure-draft-0123456789abcdef0123456789abcdef --reason "known and harmless"',
  ],
  run: async (call) => {
    const id = call.args.position(0, "ID");
    const answer = await call.client.incidentMonitor.denyDraft(id, call.args.text("reason"), {
      signal: call.io.signal,
    });
    show(call, answer, () => `denied  ${plain(answer.draft.draft_id)}`);
    return exitCodes.ok;
  },
};

export const decisionCommands: readonly Command[] = [approve, deny];
