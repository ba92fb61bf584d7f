import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  openNotificationLink,
  saveNotificationPreference,
  saveNotificationSettings,
} from "@/lib/actions/notifications";
import type {
  NotificationPreferenceResponseWire,
  NotificationPreferenceWire,
  NotificationSettingsWire,
  NotificationsWire,
} from "@/lib/contracts/notification";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** For those who may configure: what is told, the channels, the last messages. */
export function notificationsQuery() {
  return queryOptions({
    queryKey: keys.notifications.settings,
    queryFn: ({ signal }) => getJson<NotificationsWire>(api.notifications(), signal),
    refetchInterval: 30_000,
  });
}

export function useSaveNotificationSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: NotificationSettingsWire) => actionData(saveNotificationSettings(input)),
    onSuccess: (saved) => client.setQueryData(keys.notifications.settings, saved),
  });
}

/** What the signed-in person is told by e-mail. */
export function notificationPreferenceQuery() {
  return queryOptions({
    queryKey: keys.notifications.preference,
    queryFn: ({ signal }) =>
      getJson<NotificationPreferenceResponseWire>(api.notificationPreferences(), signal),
  });
}

export function useSaveNotificationPreference() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: NotificationPreferenceWire) => actionData(saveNotificationPreference(input)),
    onSuccess: (saved) => client.setQueryData(keys.notifications.preference, saved),
  });
}

export function useOpenNotificationLink() {
  return useMutation({ mutationFn: (token: string) => actionData(openNotificationLink({ token })) });
}
