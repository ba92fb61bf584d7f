import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WebhookReceiver } from "../fakes/webhook-receiver";
import {
  type Answer,
  checkDeliveries,
  newDraft,
  openReceiver,
  useDestinations,
  webhookRow,
} from "./support/deliveries";
import { MonitorProcess } from "./support/monitor-process";
import { beginFault, endFault } from "./support/results";
import { eachRound, roundsOf } from "./support/rounds";

/** Where a name may lead, by its first part, and why it may not be followed. Every block: lib/net/address-policy.test.ts. */
const inside: Record<string, { addresses: string[]; code: string }> = {
  "this-machine": { addresses: ["127.0.0.1"], code: "address_loopback" },
  "this-machine-6": { addresses: ["::1"], code: "address_loopback" },
  "any-address": { addresses: ["0.0.0.0"], code: "address_this_network" },
  "private-10": { addresses: ["10.0.0.1"], code: "address_private" },
  "private-172": { addresses: ["172.16.0.1"], code: "address_private" },
  "private-192": { addresses: ["192.168.1.1"], code: "address_private" },
  "unique-local": { addresses: ["fd00::1"], code: "address_private" },
  "link-local": { addresses: ["169.254.169.254"], code: "address_link_local" },
  "link-local-6": { addresses: ["fe80::1"], code: "address_link_local" },
  mapped: { addresses: ["::ffff:127.0.0.1"], code: "address_ipv4_mapped" },
  "mapped-hex": { addresses: ["::ffff:7f00:1"], code: "address_ipv4_mapped" },
  nat64: { addresses: ["64:ff9b::7f00:1"], code: "address_nat64" },
  "nat64-local": { addresses: ["64:ff9b:1::a9fe:a9fe"], code: "address_nat64" },
  "six-to-four": { addresses: ["2002:7f00:1::"], code: "address_6to4" },
  multicast: { addresses: ["224.0.0.1"], code: "address_multicast" },
  "multicast-6": { addresses: ["ff02::1"], code: "address_multicast" },
  "second-answer": { addresses: ["8.8.8.8", "127.0.0.1"], code: "address_loopback" },
};
const nameOf = (label: string) => `${label}.hooks.example.com`;
const roundsMax = 100;
/** What the host allows, and what the name turns to: both listen, on the same port. */
const checked = "127.0.0.2";
const trapped = "127.0.0.1";

let monitor: MonitorProcess;
let receiver: WebhookReceiver;
let trap: WebhookReceiver;

beforeAll(async () => {
  receiver = await openReceiver({ host: checked });
  trap = await openReceiver({ host: trapped, port: receiver.port });
  const names = Object.fromEntries([
    ...Object.entries(inside).map(([label, { addresses }]) => [nameOf(label), [addresses]]),
    ...Array.from({ length: roundsOf(roundsMax) }, (_, index) => [
      nameOf(`turning-${index + 1}`),
      [[checked], [trapped]],
    ]),
  ]);
  monitor = await MonitorProcess.start({
    nodeArgs: ["--import", join(import.meta.dirname, "support", "play-names.mjs")],
    env: { FAULT_NAMES: JSON.stringify(names), INCIDENT_MONITOR_PRIVATE_NETWORKS: `${checked}/32` },
  });
});
afterAll(async () => {
  await monitor?.dispose();
  await receiver?.close();
  await trap?.close();
});

const publishTo = (draftId: string, destinationId: string): Promise<Answer> =>
  monitor.api.call("POST", `/incident-monitor/drafts/${draftId}/publish`, { destination_id: destinationId });

const askedFor = (name: string): string[] =>
  monitor
    .output()
    .split("\n")
    .filter((line) => line.startsWith(`asked for ${name}: `));

type Ended = { state: string; outcome: string; code: string };

const endsOf = (draftId: string, destinationId: string): Promise<Ended[]> =>
  monitor.query<Ended>(
    `SELECT v.state::text, a.outcome, a.reason->>'code' AS code FROM delivery_attempts a
     JOIN deliveries v ON v.id = a.delivery_id WHERE v.draft_id = $1 AND v.destination_id = $2 ORDER BY a.attempt`,
    [draftId, destinationId],
  );

describe("names, on the real server", () => {
  it("that lead inside are refused by what they resolve to, and nobody is knocked at", async () => {
    const fault = "names that resolve to private, link-local, mapped, NAT64, 6to4 or multicast addresses";
    beginFault(fault);
    const labels = Object.keys(inside);
    // Plain http to the ports of the web, so that it is not the scheme or the port that saves us.
    const rows = labels.map((label) => ({
      ...webhookRow(label, `http://${nameOf(label)}:8080/hook`),
      config: { allow_insecure_http: true },
    }));
    await useDestinations(monitor, rows, { default_destination_ids: [] });
    const before = receiver.connectionCount + trap.connectionCount;
    const draft = await newDraft(monitor);
    for (const label of labels) {
      const answer = await publishTo(draft.draft_id, label);
      expect([label, answer.status]).toEqual([label, 400]);
      const [end, ...more] = await endsOf(draft.draft_id, label);
      expect([label, end?.code, more]).toEqual([label, inside[label]?.code, []]);
      expect(["failed", "blocked"]).toContain(end?.state);
      expect(askedFor(nameOf(label))).toHaveLength(1);
    }
    expect(receiver.connectionCount + trap.connectionCount).toBe(before);
    endFault({
      fault,
      rounds: 1,
      found: `${labels.length} names, each asked for once and refused with the reason; 0 connections`,
    });
  });

  it("that change their answer between check and connect lead where they were checked", async () => {
    const fault = "a name that changes its answer between check and connect";
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    await eachRound(rounds, async (round) => {
      const name = nameOf(`turning-${round}`);
      await useDestinations(monitor, [webhookRow("turning", `http://${name}:${receiver.port}/hook`)]);
      // The connection ends with the first answer, so that the second delivery has to ask again.
      receiver.script({ kind: "status", status: 200, headers: { connection: "close" } });
      const [first, second] = await Promise.all([newDraft(monitor), newDraft(monitor)]);
      const sent = await publishTo(first.draft_id, "turning");
      expect([sent.status, sent.body.post?.status]).toEqual([200, "posted"]);
      expect(askedFor(name)).toEqual([`asked for ${name}: ${checked}`]);
      const refused = await publishTo(second.draft_id, "turning");
      expect(refused.status).toBe(400);
      expect(askedFor(name).slice(1)).toEqual([`asked for ${name}: ${trapped}`]);
      const ends = await endsOf(second.draft_id, "turning");
      expect(ends.map((end) => end.code)).toEqual(["address_outside_private_networks"]);
      await checkDeliveries(monitor, receiver, [first.draft_id, second.draft_id]);
    });
    expect([receiver.requests.length, trap.connectionCount]).toEqual([rounds, 0]);
    endFault({
      fault,
      rounds,
      found: `${rounds} names: asked once for a connection, which went to the address that was judged; after it turned, refused; 0 connections to where it turned`,
    });
  });
});
