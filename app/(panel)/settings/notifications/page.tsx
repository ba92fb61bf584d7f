import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { PreferencesScreen } from "@/components/notifications/preferences-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getNotificationPreference } from "@/lib/pipeline/notifications/notification-settings";
import { notificationPreferenceQuery } from "@/lib/queries/notifications";
import { makeQueryClient } from "@/lib/queries/query-client";
import { preferenceToWire } from "@/lib/wire/notification";

export const metadata: Metadata = { title: "Your notifications" };

export default async function Page() {
  const ctx = await panelContext();
  const client = makeQueryClient();
  await client.prefetchQuery({
    queryKey: notificationPreferenceQuery().queryKey,
    queryFn: async () => preferenceToWire(await getNotificationPreference(ctx)),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PreferencesScreen />
    </HydrationBoundary>
  );
}
