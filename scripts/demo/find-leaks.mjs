import { DemoError } from "./closing.mjs";
import { say } from "./say.mjs";

/**
 * Asks for everything the run left behind and looks for the planted secrets, the webhook's secret and the raw key in
 * every answer so far, and in what the webhook got.
 */
export async function sweepForSecrets({ monitor, run, secrets, receiver, postId = null }) {
  await readEverything(monitor, run, postId);
  const texts = [
    ...monitor.answers,
    ...run.answers,
    ...[...receiver.deliveries.values()].map(({ body }) => ({ from: "the webhook's body", text: body })),
  ];
  const wanted = {
    "the bearer token": secrets.bearer,
    "the password": secrets.password,
    "the card number": secrets.card,
    "the card number without spaces": secrets.card.replaceAll(" ", ""),
    "the webhook's secret": receiver.secret,
    "the intake key": run.rawKey,
  };
  for (const [name, value] of Object.entries(wanted)) {
    const found = texts.find(({ text }) => text.includes(value));
    if (found) throw new DemoError(`${name} appears in the answer of ${found.from}.`);
  }
  if (postId === null) await sayRedacted(monitor, run, texts.length);
  else say(`   secrets       still in none of ${texts.length} answers and webhook bodies`);
}

async function readEverything(monitor, run, postId) {
  const im = "/incident-monitor";
  for (const path of [
    "status",
    "overview",
    "incidents?limit=200",
    "drafts?limit=200",
    "posts?limit=200",
    "intake/keys",
  ])
    await monitor.get(`${im}/${path}`);
  await monitor.get("/config/incident-monitor");
  for (const incidentId of run.incidentIds) {
    await monitor.get(`${im}/incidents/${incidentId}`);
    await monitor.get(`${im}/incidents/${incidentId}/occurrences`);
  }
  for (const draftId of run.draftIds) {
    await monitor.get(`${im}/drafts/${draftId}`);
    await monitor.get(`${im}/drafts/${draftId}/review`);
  }
  if (postId) await monitor.get(`${im}/posts/${postId}`);
}

async function sayRedacted(monitor, run, answerCount) {
  const removed = {};
  for (const draftId of run.draftIds) {
    const { draft } = await monitor.get(`/incident-monitor/drafts/${draftId}`);
    for (const [kind, count] of Object.entries(draft.redactions))
      removed[kind] = (removed[kind] ?? 0) + count;
  }
  const kinds = Object.entries(removed).map(([kind, count]) => `${kind} x${count}`);
  if (kinds.length === 0) throw new DemoError("no value was redacted, although secrets were reported.");
  say(`   redacted      ${kinds.join(", ")}, before anything was stored`);
  say(`   secrets       3 were in the reports; they are in none of ${answerCount} answers of the API`);
}
