"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { LoadingRows } from "@/components/layout/loading-rows";
import { notify } from "@/components/layout/notify";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { useUrlSelection } from "@/components/settings/use-url-selection";
import { Button } from "@/components/ui/button";
import type { ListedScenarioPackWire } from "@/lib/contracts/scenario";
import { api } from "@/lib/paths";
import { scenarioPacksQuery, useDeleteScenarioPack } from "@/lib/queries/scenarios";
import { PackDialog } from "./pack-dialog";
import { copyOf, emptyPack, type PackForm, packFormOf } from "./pack-form";
import { PackPanel } from "./pack-panel";
import { RunHistory } from "./run-history";
import { RunResult } from "./run-result";

type Open = { what: "edit"; form: PackForm } | { what: "delete"; pack: ListedScenarioPackWire } | null;

/** Adversarial scenarios: which packs there are, playing them, what they showed, and packs of one's own. */
export function ScenariosScreen({ run }: { run: string | null }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(scenarioPacksQuery());
  const { selected, select } = useUrlSelection("run", run);
  const [packId, setPackId] = useState<string | null>(null);
  const [open, setOpen] = useState<Open>(null);
  const packs = data?.packs ?? [];
  const pack = packs.find((each) => each.pack_id === packId) ?? packs[0];
  return (
    <>
      <PageHeader crumbs={[{ label: "Security" }]} title="Scenarios" />
      {isPending ? <LoadingRows what="scenario packs" shape="form" className="p-6" /> : null}
      {error && !data ? (
        <QueryFailure error={error} what="Scenario packs" onRetry={() => refetch()} retrying={isFetching} />
      ) : null}
      {pack ? (
        <PageBody className="flex flex-col gap-7">
          <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
            <p className="max-w-160 min-w-0 flex-1 basis-60 text-muted-foreground">
              Failures made to slip past their controls, played through the real intake, routing and approval
              of this deployment. Each is played in a sandbox that is undone: no record, no message, no call
              stays of it.
            </p>
            <div className="ml-auto flex flex-wrap items-center gap-2">
              <CopyApiCall path={api.scenarioPacks()} />
              <Button
                size="sm"
                className="touch:h-11"
                onClick={() => setOpen({ what: "edit", form: emptyPack() })}
              >
                <Plus aria-hidden />
                New pack
              </Button>
            </div>
          </div>
          <PackPanel
            key={pack.pack_id}
            packs={packs}
            pack={pack}
            onChoose={setPackId}
            onRan={select}
            onEdit={() => setOpen({ what: "edit", form: packFormOf(pack) })}
            onCopy={() => setOpen({ what: "edit", form: copyOf(pack) })}
            onDelete={() => setOpen({ what: "delete", pack })}
          />
          {selected ? <RunResult key={selected} runId={selected} /> : null}
          <RunHistory selected={selected} onOpen={select} />
        </PageBody>
      ) : null}
      {open?.what === "edit" ? (
        <PackDialog initial={open.form} onClose={() => setOpen(null)} onSaved={setPackId} />
      ) : null}
      {open?.what === "delete" ? <DeletePack pack={open.pack} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function DeletePack({ pack, onClose }: { pack: ListedScenarioPackWire; onClose: () => void }) {
  const remove = useDeleteScenarioPack();
  const confirm = () =>
    remove.mutate(pack.pack_id, {
      onSuccess: () => notify("approved", "The pack was deleted", { description: pack.pack_id }),
      onError: (error) => notify("blocked", "The pack was not deleted", { description: error.message }),
    });
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={`Delete ${pack.pack_id}?`}
      confirm="Delete pack"
      onConfirm={confirm}
    >
      <p>Its scenarios go for everybody. Its runs stay as evidence, and say no more of what is open now.</p>
    </ConfirmDialog>
  );
}
