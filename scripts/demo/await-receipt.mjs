import { setTimeout as sleep } from "node:timers/promises";
import { DemoError } from "./closing.mjs";
import { destinationId } from "./monitor.mjs";
import { say } from "./say.mjs";

const pollMs = 2_000;

export async function approveAndPublish(monitor, { draftId, approvalDue }, { destinationIds }) {
  const draft = `/incident-monitor/drafts/${draftId}`;
  if (approvalDue) {
    await monitor.post(`${draft}/approve`, { reason: "Unattended demo run (npm run demo -- --approve)" });
    say("   approved      nothing has left yet");
  }
  const { action } = await monitor.post(`${draft}/publish`, { destination_ids: destinationIds });
  say(`   published     to ${destinationIds.join(" and ")}: ${action}`);
}

/**
 * Waits until the draft has a receipt of the webhook, looking now and then and whenever something arrives.
 * @returns the receipt with the request it proves; null when we were told to stop
 */
export async function waitForReceipt({ monitor, receiver, draftId, waitMs, stopped }) {
  const deadline = Date.now() + waitMs;
  let told = false;
  let left = false;
  stopped.then(() => {
    left = true;
  });
  let saidFacet = null;
  let saidError = null;
  while (!left) {
    const post = await newestPost(monitor, draftId);
    const request = post && receiver.deliveries.get(post.delivery_id);
    if (post?.status === "posted" && request) return { post, request };
    if (post?.status === "posted")
      throw new DemoError(`the receipt ${post.post_id} is of a delivery that never came.`);
    if (post?.error && post.error !== saidError) say(`   ${post.state}: ${post.error}`);
    saidError = post?.error ?? null;

    const { draft } = await monitor.get(`/incident-monitor/drafts/${draftId}`);
    const facet = draft.facets.approval;
    if (facet === "denied")
      throw new DemoError("the draft was denied, so nothing left. Run the demo again for another.");
    if (saidFacet === "required" && facet === "granted" && !post && !told) {
      say("   approved; now publish it");
      told = true;
    }
    saidFacet = facet;

    if (Date.now() >= deadline) {
      throw new DemoError(
        `nobody published the draft in time. It still waits at ${monitor.url}/drafts/${draftId}`,
      );
    }
    await Promise.race([sleep(pollMs), receiver.nextRequest().then(() => sleep(200)), stopped]);
  }
  return null;
}

async function newestPost(monitor, draftId) {
  const query = new URLSearchParams({ draft_id: draftId, destination_id: destinationId, limit: "1" });
  const { posts } = await monitor.get(`/incident-monitor/posts?${query}`);
  return posts[0] ?? null;
}
