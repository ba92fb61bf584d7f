"use client";

import { useQuery } from "@tanstack/react-query";
import { Fact, Facts } from "@/components/layout/facts";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { Alert } from "@/components/ui/alert";
import { CopyButton } from "@/components/ui/copy-button";
import type { AuditStateWire } from "@/lib/contracts/audit";
import { auditStateQuery } from "@/lib/queries/audit";
import { ExportLinks } from "./export-links";
import { VerifyNow } from "./verify-now";
import { WitnessForm } from "./witness-form";

type LedgerPaneProps = { canConfigure: boolean; filters: Record<string, string | undefined> };

const number = (value: number) => value.toLocaleString("en-GB");

/** Where the ledger stands: what is signed, who could change it, who else has seen it; verify and export. */
export function LedgerPane({ canConfigure, filters }: LedgerPaneProps) {
  const query = useQuery(auditStateQuery());
  const state = query.data;
  if (!state)
    return query.isError ? (
      <QueryFailure
        error={query.error}
        what="The ledger"
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    ) : (
      <LoadingRows what="the ledger" shape="form" className="p-6" />
    );
  return (
    <div className="flex flex-col gap-6 px-4 py-5 md:px-6">
      <Section title="Ledger">
        <Warnings state={state} />
        <LedgerFacts state={state} />
      </Section>
      <VerifyNow size={state.checkpoint?.size ?? 0} />
      <ExportLinks filters={filters} />
      <Keys state={state} />
      <WitnessForm key={state.witness.version} witness={state.witness} canConfigure={canConfigure} />
    </div>
  );
}

function Warnings({ state }: { state: AuditStateWire }) {
  return (
    <>
      {state.remembered?.agrees === false ? (
        <Alert tone="failed" title="The ledger was rewritten or cut.">
          It does not begin with the {number(state.remembered.size)} entries that this host saw signed. Verify
          it from the command line before anything else is done.
        </Alert>
      ) : null}
      {state.database.apart ? null : (
        <Alert tone="waiting" title="The application's database role owns the ledger.">
          Triggers refuse edits, but this role could take them off. Give the tables an owner of their own:
          node scripts/audit.mjs protect ADMIN_URL.
        </Alert>
      )}
    </>
  );
}

function LedgerFacts({ state }: { state: AuditStateWire }) {
  const { checkpoint, unsealed, remembered, database } = state;
  return (
    <Facts>
      <Fact term="Sealed">
        {checkpoint ? (
          <>
            {number(checkpoint.size)} entries, last <RelativeTime value={checkpoint.created_at_ms} />
          </>
        ) : (
          "nothing yet"
        )}
      </Fact>
      <Fact term="Waiting">
        {unsealed.count === 0 ? "nothing" : `${number(unsealed.count)} to be sealed`}
        {unsealed.oldest_at_ms === undefined ? null : (
          <>
            , oldest <RelativeTime value={unsealed.oldest_at_ms} />
          </>
        )}
      </Fact>
      {checkpoint ? (
        <Fact term="Root" mono>
          {checkpoint.root}
        </Fact>
      ) : null}
      <Fact term="Kept aside">
        {remembered
          ? `checkpoint ${number(remembered.size)}, ${remembered.agrees ? "which the ledger begins with" : "which it does not begin with"}`
          : "no checkpoint yet"}
      </Fact>
      <Fact term="Database role">
        {database.apart ? `${database.role} can only add` : `${database.role} owns the tables`}
      </Fact>
    </Facts>
  );
}

function Keys({ state }: { state: AuditStateWire }) {
  if (state.keys.length === 0) return null;
  return (
    <Section title="Public keys" count={state.keys.length}>
      <ul className="flex flex-col gap-2">
        {state.keys.map((key, at) => (
          <li key={key.key_id} className="flex min-w-0 items-center gap-2 text-12">
            <span className="min-w-0 flex-1">
              <span className="font-mono">{key.key_id}</span>{" "}
              <span className="text-muted-foreground">
                {at === state.keys.length - 1 ? "in force" : "before"}, from entry {number(key.from_size + 1)}
                , <RelativeTime value={key.created_at_ms} />
                {at > 0 && key.endorsed_by === key.key_id ? "; not signed over by the one before" : ""}
              </span>
            </span>
            <CopyButton value={key.verifier_key} label={`Copy public key ${key.key_id}`} />
          </li>
        ))}
      </ul>
      <p className="text-12 text-muted-foreground">
        Give an auditor the line of the first key, outside this product: all others are signed over from it.
      </p>
    </Section>
  );
}
