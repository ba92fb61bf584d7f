import type { AccessMessage } from "@/lib/domain/access-message";
import type { ActorRef } from "@/lib/domain/actor";
import type { MessageContent, NotificationChannel, NotificationState } from "@/lib/domain/notification";
import type { Reason } from "@/lib/domain/reason";
import type { Database } from "./client";
import { count, json, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

export type NewLink = {
  linkId: string;
  tokenHash: string;
  userId: string | null;
  draftId: string;
  projectId: string | null;
  digest: string;
  expiresAtMs: number;
};
export type NewNotification = {
  notificationId: string;
  channel: NotificationChannel;
  recipientKey: string;
  userId: string | null;
  content: MessageContent | AccessMessage;
  links: NewLink[];
  createdAtMs: number;
};

export async function queueNotification(tx: Transaction, message: NewNotification): Promise<void> {
  const createdAt = new Date(message.createdAtMs);
  await tx.notification.create({
    data: {
      id: message.notificationId,
      channel: message.channel,
      recipientKey: message.recipientKey,
      userId: message.userId,
      content: message.content,
      nextAttemptAt: createdAt,
      createdAt,
      links: {
        create: message.links.map(({ linkId, expiresAtMs, ...link }) => ({
          ...link,
          ...{ id: linkId, expiresAt: new Date(expiresAtMs), createdAt },
        })),
      },
    },
  });
}

export type ClaimedNotification = {
  notificationId: string;
  channel: NotificationChannel;
  userId: string | null;
  /** Of the person as they are now, or of the open invitation; null when they are gone or may not sign in. */
  address: string | null;
  content: MessageContent | AccessMessage;
  attemptCount: number;
  createdAtMs: number;
};

/** Takes what is due first, or what a process that died had taken. It is one process's until its lease ends. */
export async function claimNotification(
  db: Database,
  { nowMs, leaseMs }: { nowMs: number; leaseMs: number },
): Promise<ClaimedNotification | null> {
  const { rows } = await db.pool.query({
    name: "claim-notification",
    text: `UPDATE notifications n SET state = 'sending', lease_until = $2, attempt_count = n.attempt_count + 1
      FROM (SELECT c.id, COALESCE(u.email, v.email) AS email FROM notifications c
          LEFT JOIN users u ON u.id = c.user_id AND u.disabled_at IS NULL
          LEFT JOIN invitations v ON c.recipient_key = 'invitation:' || v.id
            AND v.accepted_at IS NULL AND v.revoked_at IS NULL
        WHERE (c.state = 'due' AND c.next_attempt_at <= $1) OR (c.state = 'sending' AND c.lease_until < $1)
        ORDER BY c.next_attempt_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED) taken
      WHERE n.id = taken.id
      RETURNING n.id, n.channel, n.user_id, taken.email, n.content, n.attempt_count, n.created_at`,
    values: [new Date(nowMs), new Date(nowMs + leaseMs)],
  });
  const [row] = rows;
  if (!row) return null;
  return {
    notificationId: text(row.id),
    channel: row.channel as NotificationChannel,
    userId: textOrNull(row.user_id),
    address: textOrNull(row.email),
    content: json(row.content),
    attemptCount: count(row.attempt_count),
    createdAtMs: ms(row.created_at),
  };
}

export type NotificationEnd = {
  notificationId: string;
  attemptCount: number;
  state: NotificationState;
  nextAttemptAtMs: number;
  reason: Reason | null;
};

/** What came of this attempt; false when another process has taken the message over. */
export async function endNotification(tx: Transaction, end: NotificationEnd, at: Date): Promise<boolean> {
  const ended = await tx.notification.updateMany({
    where: { id: end.notificationId, state: "sending", attemptCount: end.attemptCount },
    data: {
      state: end.state,
      nextAttemptAt: new Date(end.nextAttemptAtMs),
      leaseUntil: null,
      ...(end.reason && { lastReason: end.reason }),
      ...(end.state !== "due" && { endedAt: at }),
    },
  });
  return ended.count === 1;
}

export type SentNotification = {
  notificationId: string;
  channel: NotificationChannel;
  recipient: string;
  /** What it is, where it tells of nothing that waits. */
  about: AccessMessage["about"] | null;
  counts: MessageContent["counts"];
  state: NotificationState;
  attemptCount: number;
  reason: string | null;
  createdAtMs: number;
  endedAtMs: number | null;
};

/** The newest messages, for whoever looks whether they leave. */
export async function listNotifications(db: Database, limit: number): Promise<SentNotification[]> {
  const { rows } = await db.pool.query(
    `SELECT n.*, COALESCE(u.name, v.email) AS name FROM notifications n LEFT JOIN users u ON u.id = n.user_id
       LEFT JOIN invitations v ON n.recipient_key = 'invitation:' || v.id
     ORDER BY n.created_at DESC, n.id LIMIT $1`,
    [limit],
  );
  return rows.map((row: Row) => ({
    notificationId: text(row.id),
    channel: row.channel as NotificationChannel,
    recipient: textOrNull(row.name) ?? text(row.recipient_key),
    ...countsOf(json(row.content)),
    state: row.state as NotificationState,
    attemptCount: count(row.attempt_count),
    reason: json<Reason | null>(row.last_reason)?.message ?? null,
    createdAtMs: ms(row.created_at),
    endedAtMs: msOrNull(row.ended_at),
  }));
}

const nothingCounted = { approvals: 0, failures: 0, break_glass: 0 };

const countsOf = (content: MessageContent | AccessMessage): Pick<SentNotification, "about" | "counts"> =>
  "about" in content
    ? { about: content.about, counts: nothingCounted }
    : { about: null, counts: content.counts };

export type NotificationLinkRecord = {
  linkId: string;
  userId: string | null;
  draftId: string;
  projectId: string | null;
  digest: string;
  expiresAtMs: number;
  usedAtMs: number | null;
};

export async function findLinkByHash(
  db: Database,
  tokenHash: string,
): Promise<NotificationLinkRecord | null> {
  const row = await db.prisma.notificationLink.findUnique({ where: { tokenHash } });
  if (!row) return null;
  return {
    linkId: row.id,
    userId: row.userId,
    draftId: row.draftId,
    projectId: row.projectId,
    digest: row.digest,
    expiresAtMs: row.expiresAt.getTime(),
    usedAtMs: row.usedAt?.getTime() ?? null,
  };
}

/** Uses it up; false when somebody was first. */
export async function markLinkUsed(
  tx: Transaction,
  linkId: string,
  by: ActorRef,
  at: Date,
): Promise<boolean> {
  const used = await tx.notificationLink.updateMany({
    where: { id: linkId, usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at, usedBy: by },
  });
  return used.count === 1;
}

/** Ended messages and their links are let go after this. */
export async function dropOldNotifications(db: Database, before: Date): Promise<void> {
  await db.prisma.notification.deleteMany({
    where: { createdAt: { lt: before }, state: { in: ["sent", "failed"] } },
  });
}
