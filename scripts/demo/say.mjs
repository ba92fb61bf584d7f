import { DemoError } from "./closing.mjs";

export function say(text) {
  console.log(text);
}

/** One line per failure: what threw, how often, what the monitor made of it. */
export function printReports({ reports, skipped }) {
  const rows = new Map();
  for (const { language, error, component, risk, answer } of reports) {
    const { draft, outcome } = JSON.parse(answer);
    const row = rows.get(draft.draft_id) ?? { language, error, component, risk, times: 0, outcome };
    rows.set(draft.draft_id, { ...row, times: row.times + 1 });
  }
  for (const { language, error, component, risk, times, outcome } of rows.values()) {
    const made = outcome === "new" ? "a new incident" : "seen before: counted";
    say(`   ${pad(language, 7)} ${pad(error, 18)} ${pad(component, 11)} ${pad(risk, 9)} x${times}  ${made}`);
  }
  for (const note of skipped) say(`   note: ${note}`);
}

/** Counts, and the draft that needs a person: the critical one of this run. */
export async function printReview(monitor, run) {
  const { drafts } = await monitor.get("/incident-monitor/drafts?project=demo-shop&limit=200");
  const ours = drafts.filter((draft) => run.draftIds.includes(draft.draft_id));
  const due = ours.filter((draft) => draft.facets.approval === "required");
  say(
    `   ${count(run.reports.length, "report")} became ${count(run.incidentIds.length, "incident")} and ` +
      `${count(run.draftIds.length, "draft")}; ${count(due.length, "draft")} ${due.length === 1 ? "waits" : "wait"} for approval; nothing was sent`,
  );
  const critical = run.reports.find((each) => each.risk === "critical");
  const draftId = JSON.parse(critical.answer).draft.draft_id;
  const draft = ours.find((each) => each.draft_id === draftId);
  if (!draft) throw new DemoError(`the critical report's draft ${draftId} is not in the list of drafts.`);
  say(`   to review     ${draft.title}`);
  return { draftId, approvalDue: draft.facets.approval === "required" };
}

export function printDelivery(monitor, { post, request }) {
  const verdict = (valid) => (valid ? "valid" : "NOT VALID");
  say(
    `   delivery      ${post.delivery_id}, attempt ${post.attempt_count}, ${request.body.length} characters`,
  );
  say(`   signature     webhook-signature     ${verdict(request.standardValid)}  (standardwebhooks package)`);
  say(`   signature     x-tandem-signature    ${verdict(request.tandemValid)}  (HMAC-SHA256 by hand)`);
  say(`   receipt       ${monitor.url}/receipts/${post.post_id}`);
}

const pad = (text, width) => text.padEnd(width);
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
