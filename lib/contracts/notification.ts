import { z } from "zod";
import { msSchema } from "./record-values";

export const noticeKindSchema = z.enum(["approvals", "failures", "break_glass"]);
const kindsSchema = z.array(noticeKindSchema).max(3);
/** Drafts below this risk are not told of; `any` tells of all. */
export const noticeRiskSchema = z.enum(["any", "low", "medium", "high", "critical"]);

/** What is told to people outside the panel, and how often (beyond the contract). Channels are the host's and the destinations'. */
export const notificationSettingsSchema = z.object({
  enabled: z.boolean(),
  kinds: kindsSchema,
  minimum_risk: noticeRiskSchema,
  /** A recipient gets at most one message in so many minutes: 1 to 1440. */
  interval_minutes: z.int().min(1).max(1440),
  /** A webhook destination that is told as well; null: none. */
  webhook_destination_id: z.string().min(1).max(200).nullable(),
  /** Of what was read: a write over anything newer is refused. */
  version: z.int(),
});

export const notificationMessageSchema = z.object({
  notification_id: z.string(),
  channel: z.enum(["email", "webhook"]),
  recipient: z.string(),
  /** A link that lets somebody in; absent where it tells of what waits. */
  about: z.enum(["invitation", "password_reset"]).optional(),
  counts: z.object({ approvals: z.int(), failures: z.int(), break_glass: z.int() }),
  state: z.enum(["due", "sending", "sent", "failed"]),
  attempts: z.int(),
  reason: z.string().optional(),
  created_at_ms: msSchema,
  ended_at_ms: msSchema.optional(),
});

export const notificationsResponseSchema = z.object({
  settings: notificationSettingsSchema,
  /** The host's mail server; absent where it has none. */
  mail_host: z.string().optional(),
  webhooks: z.array(z.object({ destination_id: z.string(), name: z.string() })),
  /** The newest 20. */
  messages: z.array(notificationMessageSchema),
});

/** What the signed-in person is told by e-mail. */
export const notificationPreferenceSchema = z.object({
  email: z.boolean(),
  kinds: kindsSchema,
  minimum_risk: noticeRiskSchema,
});
export const notificationPreferenceResponseSchema = z.object({
  preference: notificationPreferenceSchema,
  address: z.string(),
  mail_configured: z.boolean(),
});

export const openNotificationLinkSchema = z.object({ token: z.string().min(1).max(200) });
export const openedNotificationLinkSchema = z.object({
  draft_id: z.string(),
  /** What the draft's review proved to be when it was told of. */
  digest: z.string(),
});

export type NotificationSettingsWire = z.infer<typeof notificationSettingsSchema>;
export type NotificationsWire = z.infer<typeof notificationsResponseSchema>;
export type NotificationPreferenceWire = z.infer<typeof notificationPreferenceSchema>;
export type NotificationPreferenceResponseWire = z.infer<typeof notificationPreferenceResponseSchema>;
export type NoticeKindWire = z.infer<typeof noticeKindSchema>;
export type NoticeRiskWire = z.infer<typeof noticeRiskSchema>;
