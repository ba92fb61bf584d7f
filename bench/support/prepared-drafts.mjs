import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const batchSize = 500;
const frames = Array.from(
  { length: 12 },
  (_, depth) => `    at step${depth} (/srv/app/src/settle.ts:${100 + depth}:3)`,
);

/** A new failure of about 2 KB; its own fingerprint makes it a draft of its own. */
export function failure(name) {
  return {
    title: `Settlement failed for ${name}`,
    source: "bench",
    event: "bench.settlement.failed",
    level: "error",
    component: "worker",
    run_id: name,
    fingerprint: name,
    excerpt: frames,
    detail: "The batch stopped after item twelve of the day's settlement run. ".repeat(14),
  };
}

/** Reports `count` different failures through the batch API and returns the ids of their drafts. */
export async function reportDrafts(api, count, prefix) {
  const ids = [];
  for (let from = 0; from < count; from += batchSize) {
    const size = Math.min(batchSize, count - from);
    const lines = Array.from({ length: size }, (_, index) =>
      JSON.stringify({ report: failure(`${prefix}-${from + index}`) }),
    );
    const path = "/incident-monitor/intake/reports";
    const { results } = await api.call("POST", path, lines.join("\n"), "application/x-ndjson");
    for (const each of results) {
      if (!each.draft_id) throw new Error(`a report was not drafted: ${JSON.stringify(each)}`);
      ids.push(each.draft_id);
    }
  }
  return ids;
}

/** A secret that the server finds by reference, in its secrets folder. */
export function writeSecret(dataDir) {
  const secret = `whsec_${randomBytes(24).toString("base64")}`;
  writeFileSync(join(dataDir, "secrets", "bench-webhook"), `${secret}\n`, { mode: 0o600 });
  return { secret, reference: "file:bench-webhook" };
}

/** One webhook destination, every draft waits for a person, and an approval publishes (D-05). */
export async function configureWebhook(api, receiverUrl, reference, more = {}) {
  const { incident_monitor: config } = await api.call("GET", "/config/incident-monitor");
  await api.configure({
    require_approval_for_new_issues: true,
    destinations: [
      ...config.destinations.filter((row) => row.destination_id !== "bench-webhook"),
      {
        destination_id: "bench-webhook",
        name: "Bench receiver",
        kind: "webhook",
        webhook_url: receiverUrl,
        webhook_secret_ref: reference,
        config: { allow_insecure_http: true, allow_private_networks: true },
      },
    ],
    default_destination_ids: ["bench-webhook"],
    safety_defaults: { ...config.safety_defaults, publish_on_approval: true, ...more },
  });
}
