"use server";

import {
  type NotificationPreferenceWire,
  type NotificationSettingsWire,
  notificationPreferenceSchema,
  notificationSettingsSchema,
  openNotificationLinkSchema,
} from "@/lib/contracts/notification";
import {
  putNotificationPreference,
  putNotificationSettings,
} from "@/lib/pipeline/notifications/notification-settings";
import { openNotificationLink as open } from "@/lib/pipeline/notifications/open-link";
import {
  notificationSettingsFromWire,
  notificationsToWire,
  preferenceFromWire,
  preferenceToWire,
} from "@/lib/wire/notification";
import { defineAction } from "./define-action";

const settingsAction = defineAction({
  permission: "configure",
  schema: notificationSettingsSchema,
  verb: async (ctx, input) =>
    notificationsToWire(await putNotificationSettings(ctx, notificationSettingsFromWire(input))),
});

const preferenceAction = defineAction({
  permission: "read",
  schema: notificationPreferenceSchema,
  verb: async (ctx, input) =>
    preferenceToWire(await putNotificationPreference(ctx, preferenceFromWire(input))),
});

const openAction = defineAction({
  permission: "read",
  schema: openNotificationLinkSchema,
  // The page that asks leaves for the draft: drawing it again would be for nobody.
  readsOnly: () => true,
  verb: async (ctx, input) => {
    const opened = await open(ctx, input.token);
    return { draft_id: opened.draftId, digest: opened.digest };
  },
});

/** Over the version that was read. */
export async function saveNotificationSettings(input: NotificationSettingsWire) {
  return settingsAction(input);
}

/** What the signed-in person is told by e-mail. */
export async function saveNotificationPreference(input: NotificationPreferenceWire) {
  return preferenceAction(input);
}

/** Uses the link of a message up. */
export async function openNotificationLink(input: { token: string }) {
  return openAction(input);
}
