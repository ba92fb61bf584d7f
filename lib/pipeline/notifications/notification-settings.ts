import {
  loadNotificationPreference,
  loadNotificationSettings,
  saveNotificationPreference,
  saveNotificationSettings,
} from "@/lib/db/notification-settings-store";
import { listNotifications, type SentNotification } from "@/lib/db/notification-store";
import { inTransaction } from "@/lib/db/transaction";
import type { NotificationPreference, NotificationSettings } from "@/lib/domain/notification";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { readConfig } from "../settings/get-config";

const subject = { kind: "notifications", id: "settings" } as const;
const messagesShown = 20;

export type NotificationOverview = {
  settings: NotificationSettings;
  /** The host's mail server by its name; null where it has none. */
  mailHost: string | null;
  /** Webhook destinations that could be told. */
  webhooks: Array<{ destinationId: string; name: string }>;
  messages: SentNotification[];
};

/** What is told to whom, over which channels, and what became of the last messages. @throws AppError forbidden */
export async function getNotificationSettings(ctx: Context): Promise<NotificationOverview> {
  await authorize(ctx, "configure", subject);
  const [settings, config, messages] = await Promise.all([
    loadNotificationSettings(ctx.db),
    readConfig(ctx),
    listNotifications(ctx.db, messagesShown),
  ]);
  return {
    settings,
    mailHost: ctx.services.mailer?.host ?? null,
    webhooks: config.destinations
      .filter((row) => row.kind === "webhook")
      .map(({ destinationId, name }) => ({ destinationId, name })),
    messages,
  };
}

export type PutNotificationSettingsInput = Omit<NotificationSettings, "version" | "updatedAtMs"> & {
  version: number;
};

/** @throws AppError forbidden, conflict `notifications_stale`, invalid `destination_unknown` */
export async function putNotificationSettings(
  ctx: Context,
  { version, ...settings }: PutNotificationSettingsInput,
): Promise<NotificationOverview> {
  await authorize(ctx, "configure", subject);
  const { webhookDestinationId } = settings;
  if (webhookDestinationId !== null) {
    const config = await readConfig(ctx);
    const row = config.destinations.find((each) => each.destinationId === webhookDestinationId);
    if (row?.kind !== "webhook") {
      const words = "Notifications are sent to a webhook destination; none has this id";
      throw new AppError("invalid", "destination_unknown", words, { field: "webhook_destination_id" });
    }
  }
  await inTransaction(ctx.db, async (tx) => {
    if (!(await saveNotificationSettings(tx, settings, version, new Date(ctx.nowMs)))) {
      throw new AppError("conflict", "notifications_stale", "Somebody changed this since you read it");
    }
    await recordAudit(tx, ctx, {
      action: "incident_monitor.notifications.configured",
      subject,
      detail: { ...settings },
    });
  });
  return getNotificationSettings(ctx);
}

/** What the signed-in person is told by e-mail. @throws AppError forbidden, invalid `people_only` */
export async function getNotificationPreference(
  ctx: Context,
): Promise<{ preference: NotificationPreference; mailConfigured: boolean; email: string }> {
  await authorize(ctx, "read", { kind: "notifications", id: "preferences" });
  const { userId, email } = requirePerson(ctx);
  const preference = await loadNotificationPreference(ctx.db, userId);
  return { preference, email, mailConfigured: ctx.services.mailer !== undefined };
}

/** @throws AppError forbidden, invalid `people_only` */
export async function putNotificationPreference(
  ctx: Context,
  preference: NotificationPreference,
): Promise<{ preference: NotificationPreference; mailConfigured: boolean; email: string }> {
  await authorize(ctx, "read", { kind: "notifications", id: "preferences" });
  const { userId } = requirePerson(ctx);
  await inTransaction(ctx.db, async (tx) => {
    await saveNotificationPreference(tx, userId, preference, new Date(ctx.nowMs));
    await recordAudit(tx, ctx, {
      action: "incident_monitor.notifications.preferred",
      subject: { kind: "user", id: userId },
      detail: { ...preference },
    });
  });
  return getNotificationPreference(ctx);
}

function requirePerson(ctx: Context) {
  if (ctx.actor.kind === "user") return ctx.actor;
  throw new AppError(
    "invalid",
    "people_only",
    "Only a person who is signed in has notifications of their own",
  );
}
