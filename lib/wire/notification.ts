import type {
  NoticeRiskWire,
  NotificationPreferenceResponseWire,
  NotificationPreferenceWire,
  NotificationSettingsWire,
  NotificationsWire,
} from "@/lib/contracts/notification";
import type { NotificationPreference, NotificationSettings } from "@/lib/domain/notification";
import { riskRank } from "@/lib/domain/severity";
import { present } from "./record-parts";

type Sent = Omit<NotificationsWire["messages"][number], "about" | "reason" | "ended_at_ms">;
type Overview = {
  settings: NotificationSettings;
  mailHost: string | null;
  webhooks: Array<{ destinationId: string; name: string }>;
  messages: Array<{
    notificationId: string;
    channel: Sent["channel"];
    recipient: string;
    about: "invitation" | "password_reset" | null;
    counts: Sent["counts"];
    state: Sent["state"];
    attemptCount: number;
    reason: string | null;
    createdAtMs: number;
    endedAtMs: number | null;
  }>;
};

export function notificationsToWire({ settings, mailHost, webhooks, messages }: Overview): NotificationsWire {
  return {
    settings: {
      enabled: settings.enabled,
      kinds: settings.kinds,
      minimum_risk: riskToWire(settings.riskRankMin),
      interval_minutes: settings.intervalMinutes,
      webhook_destination_id: settings.webhookDestinationId,
      version: settings.version,
    },
    ...present({ mail_host: mailHost }),
    webhooks: webhooks.map((row) => ({ destination_id: row.destinationId, name: row.name })),
    messages: messages.map((message) => ({
      notification_id: message.notificationId,
      channel: message.channel,
      recipient: message.recipient,
      counts: message.counts,
      state: message.state,
      attempts: message.attemptCount,
      created_at_ms: message.createdAtMs,
      ...present({ about: message.about, reason: message.reason, ended_at_ms: message.endedAtMs }),
    })),
  };
}

export function notificationSettingsFromWire(body: NotificationSettingsWire) {
  return {
    enabled: body.enabled,
    kinds: [...new Set(body.kinds)],
    riskRankMin: riskFromWire(body.minimum_risk),
    intervalMinutes: body.interval_minutes,
    webhookDestinationId: body.webhook_destination_id,
    version: body.version,
  };
}

export function preferenceToWire(read: {
  preference: NotificationPreference;
  email: string;
  mailConfigured: boolean;
}): NotificationPreferenceResponseWire {
  const { email, kinds, riskRankMin } = read.preference;
  return {
    preference: { email, kinds, minimum_risk: riskToWire(riskRankMin) },
    address: read.email,
    mail_configured: read.mailConfigured,
  };
}

export const preferenceFromWire = (body: NotificationPreferenceWire): NotificationPreference => ({
  email: body.email,
  kinds: [...new Set(body.kinds)],
  riskRankMin: riskFromWire(body.minimum_risk),
});

const levels = ["critical", "high", "medium", "low"] as const;

const riskToWire = (rank: number): NoticeRiskWire => levels.find((level) => riskRank(level) <= rank) ?? "any";
const riskFromWire = (level: NoticeRiskWire): number => (level === "any" ? 0 : riskRank(level));
