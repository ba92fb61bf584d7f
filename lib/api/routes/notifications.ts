import {
  notificationPreferenceResponseSchema,
  notificationPreferenceSchema,
  notificationSettingsSchema,
  notificationsResponseSchema,
  openedNotificationLinkSchema,
  openNotificationLinkSchema,
} from "@/lib/contracts/notification";
import {
  getNotificationPreference,
  getNotificationSettings,
  putNotificationPreference,
  putNotificationSettings,
} from "@/lib/pipeline/notifications/notification-settings";
import { openNotificationLink } from "@/lib/pipeline/notifications/open-link";
import {
  notificationSettingsFromWire,
  notificationsToWire,
  preferenceFromWire,
  preferenceToWire,
} from "@/lib/wire/notification";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const all = "/incident-monitor/notifications";
const peopleOnly: RouteErrors = { people_only: [400, "INCIDENT_MONITOR_PEOPLE_ONLY"] };

export const notificationRoutes = [
  route({
    method: "get",
    path: all,
    summary: "What is told outside the panel, over which channels, and what became of the last messages",
    auth: { kind: "actor", permission: "configure" },
    response: notificationsResponseSchema,
    run: async ({ ctx }) => ({ body: notificationsToWire(await getNotificationSettings(ctx)) }),
  }),
  route({
    method: "put",
    path: all,
    summary: "Say what is told outside the panel and how often",
    auth: { kind: "actor", permission: "configure" },
    body: notificationSettingsSchema,
    response: notificationsResponseSchema,
    errors: {
      notifications_stale: [409, "INCIDENT_MONITOR_NOTIFICATIONS_STALE"],
      destination_unknown: [400, "INCIDENT_MONITOR_DESTINATION_UNKNOWN"],
    },
    run: async ({ ctx, body }) => ({
      body: notificationsToWire(await putNotificationSettings(ctx, notificationSettingsFromWire(body))),
    }),
  }),
  route({
    method: "get",
    path: `${all}/preferences`,
    summary: "What the signed-in person is told by e-mail",
    auth: { kind: "actor", permission: "read" },
    response: notificationPreferenceResponseSchema,
    errors: peopleOnly,
    run: async ({ ctx }) => ({ body: preferenceToWire(await getNotificationPreference(ctx)) }),
  }),
  route({
    method: "put",
    path: `${all}/preferences`,
    summary: "Say what the signed-in person is told by e-mail",
    auth: { kind: "actor", permission: "read" },
    body: notificationPreferenceSchema,
    response: notificationPreferenceResponseSchema,
    errors: peopleOnly,
    run: async ({ ctx, body }) => ({
      body: preferenceToWire(await putNotificationPreference(ctx, preferenceFromWire(body))),
    }),
  }),
  route({
    method: "post",
    path: `${all}/links/open`,
    summary:
      "Use up the one-time link of a message: answers the draft and the digest it was told with. Decides nothing.",
    auth: { kind: "actor", permission: "read" },
    body: openNotificationLinkSchema,
    response: openedNotificationLinkSchema,
    errors: {
      ...peopleOnly,
      link_unknown: [404, "INCIDENT_MONITOR_LINK_UNKNOWN"],
      link_used: [409, "INCIDENT_MONITOR_LINK_USED"],
      link_expired: [409, "INCIDENT_MONITOR_LINK_EXPIRED"],
    },
    run: async ({ ctx, body }) => {
      const opened = await openNotificationLink(ctx, body.token);
      return { body: { draft_id: opened.draftId, digest: opened.digest } };
    },
  }),
];
