"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { StaleNotice, useIsStale } from "@/components/layout/stale-notice";
import { useFilters } from "@/components/layout/use-filters";
import { SeverityLabel } from "@/components/state/severity-label";
import { cn } from "@/components/ui/cn";
import { api, posturePath, probesPath } from "@/lib/paths";
import { type PostureFilters, postureQuery } from "@/lib/queries/posture";
import { FindingList } from "./finding-list";
import { NothingFound } from "./nothing-found";
import { PostureFilterBar } from "./posture-filter-bar";
import { bySeverity } from "./posture-words";
import { RuleList } from "./rule-list";

/** What the deployment's own settings and records say against it, the worst first, each with the setting that ends it. */
export function PostureScreen({ filters }: { filters: PostureFilters }) {
  const change = useFilters(filters, posturePath);
  const isStale = useIsStale();
  const checks = useQuery(postureQuery(filters));
  const { data } = checks;
  const busy = change.pending || checks.isPlaceholderData;
  return (
    <>
      <PageHeader crumbs={[{ label: "Security" }]} title="Posture" count={data?.counts.findings} />
      <StaleNotice />
      <PostureFilterBar filters={filters} change={change} checks={data} />
      <PageBody aria-busy={busy} className={cn("flex flex-col gap-6", isStale && "stale")}>
        {checks.isError && !data ? (
          <QueryFailure
            error={checks.error}
            what="Posture"
            onRetry={() => void checks.refetch()}
            retrying={checks.isFetching}
          />
        ) : !data ? (
          <LoadingRows what="the findings" count={6} />
        ) : (
          <>
            <p className="max-w-160 text-muted-foreground">
              Rules over what is configured and what happened. They change nothing; whether the controls
              really hold is tried by the{" "}
              <Link href={probesPath()} className="link">
                probes
              </Link>
              .
            </p>
            <div className={cn("flex flex-col gap-6", busy && "opacity-60")}>
              {data.findings.length === 0 ? (
                <NothingFound checks={data} narrowed={filters.min_severity !== undefined} />
              ) : (
                bySeverity(data.findings).map(({ severity, rows }) => (
                  <Section
                    key={severity}
                    title={<SeverityLabel severity={severity} className="text-13 font-semibold" />}
                    count={rows.length}
                  >
                    <FindingList findings={rows} label={`Findings of ${severity} severity`} />
                  </Section>
                ))
              )}
            </div>
            <RuleList rules={data.rules} disabled={filters.disabled_rules} onSwitch={change.set} />
          </>
        )}
      </PageBody>
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall path={api.postureChecks(filters)} />
      </HintBar>
    </>
  );
}
