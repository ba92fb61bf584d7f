import { expect } from "vitest";
import type { DraftWire } from "@/lib/contracts/draft";
import {
  type ReceivedRequest,
  type ReceiverOptions,
  startWebhookReceiver,
  type WebhookReceiver,
} from "../../fakes/webhook-receiver";
import { type MonitorProcess, webhookSecret, webhookSecretRef } from "./monitor-process";
import { until } from "./until";

export const openReceiver = (options: ReceiverOptions = {}): Promise<WebhookReceiver> =>
  startWebhookReceiver({ secrets: [webhookSecret], ...options });

/** The row that sends there; plain http on this machine needs both development opt-ins. */
export function webhookRow(id: string, url: string, config: Record<string, unknown> = {}) {
  return {
    destination_id: id,
    name: id,
    kind: "webhook" as const,
    webhook_url: url,
    webhook_secret_ref: webhookSecretRef,
    config: { allow_insecure_http: true, allow_private_networks: true, ...config } as Record<string, unknown>,
  };
}

/** The only destinations there are, and the default ones. */
export async function useDestinations(
  monitor: MonitorProcess,
  rows: ReturnType<typeof webhookRow>[],
  more: Record<string, unknown> = {},
): Promise<void> {
  await monitor.api.patchConfig({
    destinations: rows,
    default_destination_ids: rows.map((row) => row.destination_id),
    ...more,
  });
}

let count = 0;

/** A draft of its own. `risk: "critical"` makes it wait for approval. */
export function newDraft(monitor: MonitorProcess, risk: "low" | "critical" = "low"): Promise<DraftWire> {
  count += 1;
  const fingerprint = `delivery-${process.pid}-${count}`;
  return monitor.api.report({
    ...{ title: `Failure ${fingerprint}`, detail: "exit code 1", source: "fault", event: "fault.failed" },
    ...{ level: "error", fingerprint, risk_level: risk },
  });
}

export type Answer = { status: number; body: Record<string, any> };

export const publish = (monitor: MonitorProcess, draftId: string): Promise<Answer> =>
  monitor.api.call("POST", `/incident-monitor/drafts/${draftId}/publish`, {});

/** As a caller does that is told to come back: a busy machine may refuse for want of a database connection. */
export const publishWhenTaken = (monitor: MonitorProcess, draftId: string): Promise<Answer> =>
  until("a publish call to be taken", async () => {
    const answer = await publish(monitor, draftId);
    return answer.status === 503 ? null : answer;
  });

export const decide = (
  monitor: MonitorProcess,
  draftId: string,
  decision: "approve" | "deny",
  body: Record<string, unknown> = {},
  token?: string,
): Promise<Answer> =>
  monitor.api.call(
    "POST",
    `/incident-monitor/drafts/${draftId}/${decision}`,
    { reason: "seen", ...body },
    { token },
  );

/** For a request that a kill may cut off: null then. */
export const orCutOff = <T>(work: Promise<T>): Promise<T | null> => work.catch(() => null);

export type DeliveryRow = {
  id: string;
  draft_id: string;
  destination_id: string;
  idempotency_key: string;
  state: string;
  attempt_count: number;
  claimed_by: string | null;
  lease_until: Date | null;
  receipt_status: string | null;
};

export const deliveriesOf = (monitor: MonitorProcess, draftIds: readonly string[]): Promise<DeliveryRow[]> =>
  monitor.query<DeliveryRow>(
    `SELECT v.id, v.draft_id, v.destination_id, v.idempotency_key, v.state::text, v.attempt_count, v.claimed_by,
       v.lease_until, r.status AS receipt_status
     FROM deliveries v LEFT JOIN receipts r ON r.delivery_id = v.id WHERE v.draft_id = ANY($1) ORDER BY v.id`,
    [draftIds],
  );

export async function untilPublished(monitor: MonitorProcess, draftIds: readonly string[]): Promise<void> {
  await until(
    `receipts of ${draftIds.length} drafts`,
    async () => {
      const rows = await deliveriesOf(monitor, draftIds);
      const done = new Set(rows.filter((row) => row.receipt_status === "posted").map((row) => row.draft_id));
      const open = draftIds.filter((id) => !done.has(id));
      if (open.length === 0) return true;
      const states = open.map((id) => rows.find((row) => row.draft_id === id)?.state ?? "never queued");
      throw new Error(
        [...new Set(states)]
          .map((state) => `${states.filter((each) => each === state).length} ${state}`)
          .join(", "),
      );
    },
    { withinMs: 60_000, everyMs: 50 },
  );
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const keyOf = (request: ReceivedRequest) => String(request.headers["idempotency-key"]);

/**
 * What must hold of these drafts' deliveries after any fault: one key a draft and destination at the receiver, the same
 * bytes under it each time, every one of them signed; no receipt without an effect and no effect without a receipt.
 */
export async function checkDeliveries(
  monitor: MonitorProcess,
  receiver: Pick<WebhookReceiver, "requests">,
  draftIds: readonly string[],
  /** The Standard Webhooks signature holds for five minutes only: a server whose clock is off is refused by its check. */
  { clockIsOff = false } = {},
): Promise<{ effects: number; requests: number }> {
  const rows = await deliveriesOf(monitor, draftIds);
  const perTarget = groupBy(rows, (row) => `${row.draft_id} ${row.destination_id}`);
  expect([...perTarget.values()].filter((each) => each.length !== 1)).toEqual([]);
  const keys = new Map(rows.map((row) => [row.idempotency_key, row]));
  const received = groupBy(
    receiver.requests.filter((request) => keys.has(keyOf(request))),
    keyOf,
  );
  for (const [key, requests] of received) {
    expect(new Set(requests.map((each) => each.rawBody)).size, `bodies under ${key}`).toBe(1);
    expect(
      requests.every((each) => each.tandemSignatureValid && (clockIsOff || each.standardSignatureValid)),
    ).toBe(true);
    expect(keys.get(key)?.receipt_status, "an effect ends with a receipt").toBe("posted");
  }
  const receipted = rows.filter((row) => row.receipt_status === "posted");
  expect(
    receipted.filter((row) => !received.has(row.idempotency_key)),
    "a receipt without an effect",
  ).toEqual([]);
  const named = new Set(rows.map((row) => row.draft_id));
  const strangers = receiver.requests.filter((request) => {
    const draftId = String(JSON.parse(request.rawBody).draft?.draft_id ?? "");
    return named.has(draftId) && !keys.has(keyOf(request));
  });
  expect(strangers.length, "keys at the receiver that no delivery has").toBe(0);
  return { effects: received.size, requests: [...received.values()].flat().length };
}

/** Approvals, snapshots and audit of these drafts agree: nothing of a decision was written without the rest of it. */
export async function checkDecisions(monitor: MonitorProcess, draftIds: readonly string[]): Promise<void> {
  const [found] = await monitor.query<Record<string, number>>(
    `WITH d AS (SELECT id, approval::text FROM drafts WHERE id = ANY($1)),
       a AS (SELECT * FROM approvals WHERE draft_id IN (SELECT id FROM d))
     SELECT (SELECT count(*) FROM d WHERE approval = 'granted' AND
         (SELECT count(*) FROM a WHERE a.draft_id = d.id AND a.state = 'granted') <> 1)::int AS "grantedWithoutOne",
       (SELECT count(*) FROM d WHERE approval <> 'granted' AND EXISTS
         (SELECT 1 FROM a WHERE a.draft_id = d.id AND a.state = 'granted'))::int AS "grantInForceOfAnother",
       (SELECT count(*) FROM a WHERE state <> 'denied' AND NOT EXISTS
         (SELECT 1 FROM payload_snapshots s WHERE s.approval_id = a.id))::int AS "approvalWithoutPayload",
       (SELECT count(*) FROM a WHERE state <> 'denied')::int -
         (SELECT count(*) FROM audit_entries e WHERE e.action = 'incident_monitor.draft.approved'
           AND e.subject_id IN (SELECT id FROM d))::int AS "approvalsMinusAudited",
       (SELECT count(*) FROM deliveries v WHERE v.draft_id IN (SELECT id FROM d) AND NOT EXISTS
         (SELECT 1 FROM payload_snapshots s WHERE s.id = v.snapshot_id))::int AS "deliveryWithoutPayload"`,
    [draftIds],
  );
  expect(found).toEqual({
    grantedWithoutOne: 0,
    grantInForceOfAnother: 0,
    approvalWithoutPayload: 0,
    approvalsMinusAudited: 0,
    deliveryWithoutPayload: 0,
  });
}
