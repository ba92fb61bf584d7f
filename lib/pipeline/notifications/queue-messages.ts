import { listOpenNotices, readNewestNotice, refreshNotices } from "@/lib/db/notice-store";
import {
  listNotifiablePeople,
  listRecipientStandings,
  loadNotificationSettings,
  moveRecipient,
  type NotifiablePerson,
  type RecipientStanding,
} from "@/lib/db/notification-settings-store";
import { type NewLink, queueNotification } from "@/lib/db/notification-store";
import { inTransaction } from "@/lib/db/transaction";
import type { UserActor } from "@/lib/domain/actor";
import {
  decideMessage,
  linkLifeMs,
  type MessageContent,
  messageOf,
  type NotificationSettings,
  type OpenNotice,
  type Recipient,
} from "@/lib/domain/notification";
import { decidePermission, projectsHolding } from "@/lib/domain/permission";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { readAskedOf } from "../drafts/asked-of";
import { getDraftReview } from "../drafts/get-draft-review";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { linkToken, linkTokenHash } from "./link-token";

/** What needed somebody longer ago is nobody's news: switching notifications on tells of a day, not of a year. */
const newsMs = 24 * 3_600_000;

type Addressed = Recipient & { channel: "email" | "webhook" };

/**
 * Notes what came to need somebody, and queues one message for each recipient who wants to know and was not told a moment
 * ago. A storm of drafts is one message and then one at most in every `interval_minutes`. Nothing is queued that no channel of
 * this host could send.
 */
export async function queueMessages(ctx: Context): Promise<{ queued: number }> {
  await authorize(ctx, "work", { kind: "notification", id: "messages" });
  const settings = await loadNotificationSettings(ctx.db);
  const hasMail = ctx.services.mailer !== undefined;
  if (!settings.enabled || (!hasMail && !settings.webhookDestinationId)) return { queued: 0 };
  await refreshNotices(ctx.db, ctx.nowMs - newsMs, ctx.nowMs);
  const newest = await readNewestNotice(ctx.db);
  const standings = await listRecipientStandings(ctx.db);
  const people = hasMail ? await listNotifiablePeople(ctx.db) : [];
  const recipients = recipientsOf(settings, people, standings).filter((each) => each.toldUntil < newest);
  if (recipients.length === 0) return { queued: 0 };
  const after = Math.min(...recipients.map((each) => each.toldUntil));
  const open = await withAsked(ctx, await listOpenNotices(ctx.db, after));
  const digests = new Map<string, Promise<string | null>>();
  let queued = 0;
  for (const recipient of recipients) {
    const clock = { newest, intervalMinutes: settings.intervalMinutes, nowMs: ctx.nowMs };
    const decided = decideMessage(recipient, open, clock);
    if (decided.send) {
      const { notices, toldUntil } = decided;
      if (await queueOne(ctx, recipient, toldUntil, notices, digests)) queued += 1;
    } else if (decided.toldUntil !== recipient.toldUntil) {
      await inTransaction(ctx.db, (tx) =>
        moveRecipient(tx, recipient.key, recipient.toldUntil, decided.toldUntil, null),
      );
    }
  }
  return { queued };
}

/** Approvals for which settings name people are told to those alone. */
async function withAsked(ctx: Context, open: readonly OpenNotice[]): Promise<OpenNotice[]> {
  const due = open.filter((notice) => notice.kind === "approvals");
  const askedOf = await readAskedOf(
    ctx,
    due.map((notice) => notice.draftId),
  );
  return open.map((notice) =>
    notice.kind === "approvals" ? { ...notice, askedOf: askedOf(notice.draftId) } : notice,
  );
}

async function queueOne(
  ctx: Context,
  recipient: Addressed,
  toldUntil: number,
  notices: OpenNotice[],
  known: Map<string, Promise<string | null>>,
): Promise<boolean> {
  const notificationId = newId.notification();
  const { content, links } = await withLinks(ctx, recipient, messageOf(notices), known);
  return inTransaction(ctx.db, async (tx) => {
    const at = new Date(ctx.nowMs);
    if (!(await moveRecipient(tx, recipient.key, recipient.toldUntil, toldUntil, at))) return false;
    const { channel, key, userId } = recipient;
    await queueNotification(tx, {
      ...{ notificationId, channel, userId, content, links },
      recipientKey: key,
      createdAtMs: ctx.nowMs,
    });
    await recordAudit(tx, ctx, {
      action: "incident_monitor.notification.queued",
      subject: { kind: "notification", id: notificationId },
      detail: { channel, recipient: key, counts: content.counts, links: links.length },
    });
    return true;
  });
}

/** A link for each draft to decide on, with what its review proves to be now. */
async function withLinks(
  ctx: Context,
  recipient: Addressed,
  message: MessageContent,
  known: Map<string, Promise<string | null>>,
): Promise<{ content: MessageContent; links: NewLink[] }> {
  const links: NewLink[] = [];
  const items = [];
  for (const item of message.items) {
    const proven = item.kind === "approvals" ? await digestOnce(ctx, item.draftId, known) : null;
    if (proven === null) {
      items.push(item);
      continue;
    }
    const linkId = newId.notificationLink();
    const tokenHash = linkTokenHash(linkToken(ctx.services.pepper, linkId));
    const { draftId, projectId } = item;
    const expiresAtMs = ctx.nowMs + linkLifeMs;
    links.push({
      linkId,
      tokenHash,
      userId: recipient.userId,
      draftId,
      projectId,
      digest: proven,
      expiresAtMs,
    });
    items.push({ ...item, linkId });
  }
  return { content: { ...message, items }, links };
}

function digestOnce(
  ctx: Context,
  draftId: string,
  known: Map<string, Promise<string | null>>,
): Promise<string | null> {
  const asked = known.get(draftId) ?? reviewDigest(ctx, draftId);
  known.set(draftId, asked);
  return asked;
}

async function reviewDigest(ctx: Context, draftId: string): Promise<string | null> {
  try {
    return (await getDraftReview(ctx, draftId)).digest;
  } catch (error) {
    // Deleted a moment ago.
    if (error instanceof AppError && error.kind === "not_found") return null;
    throw error;
  }
}

function recipientsOf(
  settings: NotificationSettings,
  people: readonly NotifiablePerson[],
  standings: ReadonlyMap<string, RecipientStanding>,
): Addressed[] {
  const standing = (key: string) => standings.get(key) ?? { toldUntil: 0, lastMessageAtMs: null };
  const byMail = people.flatMap((person): Addressed[] => {
    const actor = actorOf(person);
    const projects = projectsHolding(actor, "decide");
    const { email, kinds, riskRankMin } = person.preference;
    // An address of this machine alone is the first admin's before it was given a real one.
    if (!email || projects?.length === 0 || person.email.endsWith("@localhost")) return [];
    const key = `user:${person.userId}`;
    const isAdmin = decidePermission(actor, "configure").allowed;
    return [
      {
        ...{ key, projects, channel: "email", userId: person.userId },
        kinds: settings.kinds.filter((kind) => kinds.includes(kind) && (kind !== "break_glass" || isAdmin)),
        riskRankMin: Math.max(settings.riskRankMin, riskRankMin),
        ...standing(key),
      },
    ];
  });
  if (!settings.webhookDestinationId) return byMail;
  const { kinds, riskRankMin } = settings;
  const webhook = { key: "webhook", channel: "webhook", userId: null, projects: null } as const;
  return [...byMail, { ...webhook, kinds, riskRankMin, ...standing("webhook") }];
}

function actorOf({ userId, name, email, role, projectRoles }: NotifiablePerson): UserActor {
  return { kind: "user", userId, name, email, role, projectRoles, sessionId: "none", stepUpAtMs: null };
}
