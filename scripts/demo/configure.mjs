import { destinationId, projectId } from "./monitor.mjs";
import { say } from "./say.mjs";

/** One project, one webhook and one scoped key, added beside whatever is configured already. */
export async function configureDemo(monitor, receiver) {
  say(`   receiver      ${receiver.url}, checks both signatures`);
  say(`   secret        ${receiver.secretRef}, in ${receiver.secretFile} (mode 0600)`);

  const changed = { destination: "unchanged", project: "unchanged" };
  const config = await monitor.changeConfig((before) => {
    const destination = webhookRow(receiver);
    const telemetry = localTelemetryOf(before);
    const project = projectRow([destinationId, ...(telemetry ? [telemetry.destination_id] : [])]);
    changed.destination = howChanged(before.destinations, destination, "destination_id");
    changed.project = howChanged(before.monitored_projects, project, "project_id");
    if (changed.destination === "unchanged" && changed.project === "unchanged") return null;
    return {
      destinations: withRow(before.destinations, destination, "destination_id"),
      monitored_projects: withRow(before.monitored_projects, project, "project_id"),
    };
  });
  say(`   destination   ${destinationId}: ${changed.destination}`);
  say(`   project       ${projectId}: ${changed.project}`);

  const { keyId, rawKey } = await monitor.createKey(`Demo ${new Date().toISOString().slice(0, 19)}Z`);
  say(`   intake key    ${keyId.slice(0, 19)}..., may report for ${projectId} and nothing else`);
  const row = config.monitored_projects.find((each) => each.project_id === projectId);
  return { projectId, keyId, rawKey, destinationIds: row.default_destination_ids };
}

function webhookRow(receiver) {
  return {
    destination_id: destinationId,
    name: "Demo webhook",
    kind: "webhook",
    enabled: true,
    require_approval: false,
    webhook_url: receiver.url,
    webhook_secret_ref: receiver.secretRef,
    // Development opt-ins: the receiver is plain http on this machine.
    config: { allow_insecure_http: true, allow_private_networks: true },
  };
}

function projectRow(destinationIds) {
  return {
    project_id: projectId,
    name: "Demo shop",
    repo: "demo/shop",
    workspace_root: "/workspace/repos/demo-shop",
    enabled: true,
    paused: false,
    source_kind: "external_app",
    // A critical failure waits for a person whatever the global setting says.
    approval_policy: "high_risk",
    default_destination_ids: destinationIds,
    data_readiness: {
      source_owner: "Demo",
      system_of_record: "Demo shop",
      data_classification: "internal",
      allowed_use: "incident response",
      source_of_truth: "Demo shop",
      lineage_ref: "scripts/demo",
    },
  };
}

function localTelemetryOf(config) {
  const rows = config.destinations.filter((each) => each.kind === "telemetry" && each.enabled);
  return rows.find((each) => config.default_destination_ids.includes(each.destination_id)) ?? rows[0] ?? null;
}

/** The row in its place, or at the end; of an existing one only what the demo needs is changed. */
function withRow(rows, row, idKey) {
  const known = rows.some((each) => each[idKey] === row[idKey]);
  return known
    ? rows.map((each) => (each[idKey] === row[idKey] ? { ...each, ...row } : each))
    : [...rows, row];
}

function howChanged(rows, row, idKey) {
  const before = rows.find((each) => each[idKey] === row[idKey]);
  if (!before) return "added";
  const same = Object.entries(row).every(([key, value]) => canonical(before[key]) === canonical(value));
  return same ? "unchanged" : "updated";
}

/** JSON with sorted keys: a stored object may come back in another order. */
function canonical(value) {
  return JSON.stringify(value, (_, each) =>
    each && typeof each === "object" && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
