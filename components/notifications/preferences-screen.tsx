"use client";

import { useQuery } from "@tanstack/react-query";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { api } from "@/lib/paths";
import { notificationPreferenceQuery } from "@/lib/queries/notifications";
import { PreferenceForm } from "./preference-form";

/** What the signed-in person is told by e-mail. */
export function PreferencesScreen() {
  const query = useQuery(notificationPreferenceQuery());
  return (
    <>
      <PageHeader crumbs={[{ label: "Settings" }]} title="Your notifications" />
      <PageBody>
        {query.data ? (
          <PreferenceForm read={query.data} />
        ) : query.isError ? (
          <QueryFailure
            error={query.error}
            what="Your notifications"
            onRetry={() => void query.refetch()}
            retrying={query.isFetching}
          />
        ) : (
          <LoadingRows what="your notifications" shape="form" count={4} className="max-w-130" />
        )}
      </PageBody>
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall path={api.notificationPreferences()} />
      </HintBar>
    </>
  );
}
