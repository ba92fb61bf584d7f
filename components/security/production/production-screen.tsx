"use client";

import { useQuery } from "@tanstack/react-query";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { StaleNotice, useIsStale } from "@/components/layout/stale-notice";
import { cn } from "@/components/ui/cn";
import type { ProductionReadinessWire, ReadinessGroupWire } from "@/lib/contracts/readiness";
import { api } from "@/lib/paths";
import { readinessQuery } from "@/lib/queries/readiness";
import { ControlRow } from "./control-row";
import { groupWords, isOpenControl } from "./readiness-words";

/** What has to hold before this deployment is relied on, judged against it as it is, and what people vouch for. */
export function ProductionScreen() {
  const isStale = useIsStale();
  const query = useQuery(readinessQuery());
  const { data } = query;
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Security" }]}
        title="Production governance"
        count={data ? `${data.counts.open} of ${data.counts.controls} open` : undefined}
      />
      <StaleNotice />
      <PageBody className={cn("flex flex-col gap-7", isStale && "stale")}>
        <p className="max-w-160 text-muted-foreground">
          Each control is judged against this deployment as it is now, by the evidence it links to. What
          cannot be seen from here is never called met: a person vouches for it, with a note and until a day.
        </p>
        {data ? (
          <Groups readiness={data} />
        ) : query.isError ? (
          <QueryFailure
            error={query.error}
            what="Production governance"
            onRetry={() => void query.refetch()}
            retrying={query.isFetching}
          />
        ) : (
          <LoadingRows what="the controls" count={10} />
        )}
      </PageBody>
      <HintBar hints={[]}>
        <CopyApiCall path={api.productionReadiness()} />
      </HintBar>
    </>
  );
}

function Groups({ readiness }: { readiness: ProductionReadinessWire }) {
  return (Object.keys(groupWords) as ReadinessGroupWire[]).map((group) => {
    const controls = readiness.controls.filter((each) => each.group === group);
    const open = controls.filter(isOpenControl).length;
    const { title, about } = groupWords[group];
    return (
      <Section key={group} title={title} count={open > 0 ? `${open} of ${controls.length} open` : "all well"}>
        <p className="max-w-160 text-12 text-muted-foreground">{about}</p>
        <ul className="flex flex-col divide-y divide-border border-y border-border">
          {controls.map((control) => (
            <ControlRow key={control.control_id} control={control} />
          ))}
        </ul>
      </Section>
    );
  });
}
