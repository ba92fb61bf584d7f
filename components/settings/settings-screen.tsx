"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { ForbiddenState } from "@/components/layout/forbidden-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import type { ConfigWire } from "@/lib/contracts/config";
import { ApiError } from "@/lib/queries/api-error";
import { configQuery } from "@/lib/queries/config";
import { usePermission } from "@/lib/queries/session";
import { ReadOnlyNotice } from "./read-only-notice";
import { type SectionName, sectionOf } from "./sections";
import { SettingsTools } from "./settings-tools";
import { useNamedSetting } from "./use-named-setting";

type SettingsScreenProps = {
  section: SectionName;
  /** Under the title: the pages of this section, where it has several. */
  nav?: ReactNode;
  /** Called with the saved configuration once it is here. `canEdit` is false for readers. */
  children: (config: ConfigWire, canEdit: boolean) => ReactNode;
};

/** The frame of the four pages: where you are, whether you may change it, and an honest answer when it cannot be read. */
export function SettingsScreen({ section: name, nav, children }: SettingsScreenProps) {
  const config = useQuery(configQuery());
  const permission = usePermission("configure");
  const section = sectionOf(name);
  // Before it is known who may edit, the fields are disabled and take no focus.
  useNamedSetting(config.data !== undefined && permission.known);
  return (
    <>
      <PageHeader crumbs={[{ label: "Settings" }]} title={section.title}>
        {config.data ? (
          <SettingsTools section={section} config={config.data} canEdit={permission.allowed} />
        ) : null}
      </PageHeader>
      {nav}
      {!permission.allowed && permission.known ? <ReadOnlyNotice role={permission.role} /> : null}
      {config.data ? (
        children(config.data, permission.allowed)
      ) : config.isError ? (
        <PageBody>
          <ConfigError error={config.error} retry={() => config.refetch()} retrying={config.isFetching} />
        </PageBody>
      ) : (
        <PageBody>
          <LoadingRows what="settings" shape="form" count={6} className="max-w-160" />
        </PageBody>
      )}
    </>
  );
}

type ConfigErrorProps = { error: Error; retry: () => void; retrying: boolean };

function ConfigError({ error, retry, retrying }: ConfigErrorProps) {
  const problem = error instanceof ApiError ? error : null;
  if (problem?.status === 403) {
    return (
      <ForbiddenState title="You may not read these settings">
        They need a role in this monitor. An admin can give you one.
      </ForbiddenState>
    );
  }
  return (
    <ErrorState
      what="The settings could not be loaded."
      why={problem ? `${problem.problem.error}.` : undefined}
      next="Nothing can be edited until they are here, so nothing can be overwritten by mistake."
      requestId={problem?.problem.request_id}
      onRetry={retry}
      retrying={retrying}
    />
  );
}
