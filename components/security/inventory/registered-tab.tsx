"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { notify } from "@/components/layout/notify";
import { PageBody } from "@/components/layout/page-body";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { StaleNotice, useIsStale } from "@/components/layout/stale-notice";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { StateLabel } from "@/components/state/state-label";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { RegistrationWire } from "@/lib/contracts/authority-subjects";
import { api } from "@/lib/paths";
import { authoritySubjectsQuery, useRemoveRegistration } from "@/lib/queries/authority";
import { usePermission } from "@/lib/queries/session";
import { HowToRegister } from "./how-to-register";

/** Runtimes that said what they have, how long ago, and how one does that. */
export function RegisteredTab() {
  const list = useQuery(authoritySubjectsQuery());
  const isStale = useIsStale();
  const mayRemove = usePermission("registerSubjects").allowed;
  const remove = useRemoveRegistration();
  const [leaving, setLeaving] = useState<RegistrationWire | null>(null);
  const runtimes = list.data?.registrations ?? [];
  return (
    <>
      <StaleNotice />
      <PageBody className={cn("flex flex-col gap-5", isStale && "stale")}>
        <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
          <p className="max-w-160 min-w-0 flex-1 basis-72 text-muted-foreground">
            A runtime beside this product says which workflows, automations, agents and tool policies it has.
            It gives names, never values, and says so again before its time is over; until it does, what it
            said is shown as old.
          </p>
          <div className="ml-auto">
            <CopyApiCall path={api.authoritySubjects()} />
          </div>
        </div>
        <Section title="Registered" count={list.data?.count}>
          {list.isError && !list.data ? (
            <QueryFailure
              error={list.error}
              what="The registered runtimes"
              onRetry={() => void list.refetch()}
              retrying={list.isFetching}
            />
          ) : !list.data ? (
            <LoadingRows what="registered runtimes" count={3} />
          ) : runtimes.length === 0 ? (
            <EmptyState title="No runtime has registered" className="mx-0 py-4">
              Agents that act outside this product are not in the inventory until they do.
            </EmptyState>
          ) : (
            <ul aria-label="Registered runtimes" className="border-t border-border">
              {runtimes.map((runtime) => (
                <RuntimeRow
                  key={runtime.runtime_id}
                  runtime={runtime}
                  mayRemove={mayRemove}
                  onRemove={() => setLeaving(runtime)}
                />
              ))}
            </ul>
          )}
        </Section>
        <HowToRegister />
      </PageBody>
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={(open) => open || setLeaving(null)}
        title={`Take out ${leaving?.name ?? "this runtime"}?`}
        confirm="Take out"
        onConfirm={() =>
          leaving &&
          remove.mutate(leaving.runtime_id, {
            onSuccess: () => notify("cancelled", `${leaving.name} is no longer registered`),
            onError: (error) =>
              notify("blocked", `${leaving.name} is still registered`, {
                description: error.message,
                sticky: true,
              }),
          })
        }
      >
        Everything it registered leaves the inventory at once. What it may do is not changed by that, and it
        can register again.
      </ConfirmDialog>
    </>
  );
}

type RuntimeRowProps = { runtime: RegistrationWire; mayRemove: boolean; onRemove: () => void };

function RuntimeRow({ runtime, mayRemove, onRemove }: RuntimeRowProps) {
  const counts = Object.entries(runtime.counts).filter(([, count]) => count > 0);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 border-b border-border py-2.5">
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <b className="truncate font-medium">{runtime.name}</b>
        {runtime.name === runtime.runtime_id ? null : (
          <code className="truncate text-[11.5px] text-muted-foreground">{runtime.runtime_id}</code>
        )}
      </p>
      {runtime.stale ? (
        <StateLabel state="silent" word="Not renewed in time" />
      ) : (
        <StateLabel state="reading" word="Up to date" />
      )}
      <p className="text-12">
        {counts.length === 0
          ? "It said that it has nothing."
          : counts.map(([what, count]) => `${what.replaceAll("_", " ")}: ${count}`).join(" · ")}
      </p>
      {mayRemove ? (
        <Button
          size="xs"
          variant="destructive"
          className="row-span-2 self-center touch:h-11"
          aria-label={`Take out ${runtime.name}`}
          onClick={onRemove}
        >
          Take out…
        </Button>
      ) : null}
      <p className="col-start-1 flex flex-wrap gap-x-3 text-12 text-muted-foreground">
        <span>
          last registered <RelativeTime value={runtime.registered_at_ms} />
        </span>
        <span>
          {runtime.stale ? "was good until " : "good until "}
          <RelativeTime value={runtime.expires_at_ms} />
        </span>
        <span>generation {runtime.generation}</span>
      </p>
    </li>
  );
}
