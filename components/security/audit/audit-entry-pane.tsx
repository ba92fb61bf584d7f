"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Disclosure } from "@/components/drafts/disclosure";
import { CodeBlock } from "@/components/layout/code-block";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { Fact, Facts } from "@/components/layout/facts";
import { exactTime } from "@/components/layout/format-time";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { useTimeZone } from "@/components/layout/time-zone";
import { PaneHeader } from "@/components/settings/pane-header";
import { StateLabel } from "@/components/state/state-label";
import { Alert } from "@/components/ui/alert";
import type { AuditEntryWire, AuditProofWire } from "@/lib/contracts/audit";
import { api } from "@/lib/paths";
import { auditEntryQuery } from "@/lib/queries/audit";
import { useNames } from "@/lib/queries/names";
import { actionWords, actorWords, outcomeState, outcomeWord } from "./audit-words";
import { DetailFacts } from "./detail-facts";
import { subjectPath } from "./subject-words";
import { useSubjectWords } from "./use-subject-words";

type AuditEntryPaneProps = { entryId: string; onBack: () => void };

/** One entry: what it says, and the proof that it stands in the ledger as it was written. */
export function AuditEntryPane({ entryId, onBack }: AuditEntryPaneProps) {
  const found = useQuery(auditEntryQuery(entryId));
  const timeZone = useTimeZone();
  const subjectOf = useSubjectWords();
  const name = useNames();
  if (!found.data) {
    return found.isPending ? (
      <LoadingRows what="the entry" shape="form" className="p-6" />
    ) : (
      <QueryFailure
        error={found.error ?? new Error("not found")}
        what="This entry"
        onRetry={() => void found.refetch()}
        retrying={found.isFetching}
      />
    );
  }
  const { entry, proof } = found.data;
  const path = subjectPath(entry);
  return (
    <div className="flex flex-col gap-5 px-4 py-5 md:px-6">
      <PaneHeader
        title={sentence(actionWords(entry.action))}
        meta={entry.sequence === undefined ? "Not sealed yet" : `Entry ${entry.sequence} of the ledger`}
        actions={<StateLabel state={outcomeState[entry.outcome]} word={outcomeWord[entry.outcome]} />}
        backLabel="Back to the entries"
        onBack={onBack}
      />
      <Facts>
        <Fact term="When">{exactTime(entry.at_ms, timeZone)}</Fact>
        <Fact term="Who">
          {actorWords(entry)}{" "}
          <span className="font-mono text-12 text-muted-foreground">
            {entry.actor.kind}:{entry.actor.id}
          </span>
        </Fact>
        <Fact term="What">
          {path ? (
            <Link href={path} className="link">
              {subjectOf(entry)}
            </Link>
          ) : (
            subjectOf(entry)
          )}
        </Fact>
        <Fact term="Subject id" mono>
          {entry.subject_id}
        </Fact>
        {entry.project_id ? <Fact term="Project">{name.project(entry.project_id)}</Fact> : null}
        {entry.request_id ? (
          <Fact term="Request" mono>
            {entry.request_id}
          </Fact>
        ) : null}
        <Fact term="Action" mono>
          {entry.action}
        </Fact>
        <Fact term="Entry id" mono>
          {entry.entry_id}
        </Fact>
      </Facts>
      <Section title="Detail">
        {entry.detail ? (
          <DetailFacts detail={entry.detail} />
        ) : (
          <p className="text-muted-foreground">
            Erased. Its salted hash stays, so the entry is still proven.
          </p>
        )}
      </Section>
      <Section title="Proof">{proof ? <ProofFacts proof={proof} entry={entry} /> : <Sealing />}</Section>
      <div>
        <CopyApiCall path={api.auditEntry(entry.entry_id)} />
      </div>
    </div>
  );
}

const sentence = (words: string) => (words[0]?.toUpperCase() ?? "") + words.slice(1);

const Sealing = () => (
  <p role="status" className="text-muted-foreground">
    Being sealed: within a second it has its number and its proof.
  </p>
);

function ProofFacts({ proof, entry }: { proof: AuditProofWire; entry: AuditEntryWire }) {
  const timeZone = useTimeZone();
  return (
    <>
      {proof.holds ? (
        <Alert tone="passed" title="It is in the ledger as it was written.">
          {proof.path.length === 1 ? "One hash leads" : `${proof.path.length} hashes lead`} from it to the
          signed checkpoint of {proof.size.toLocaleString("en-GB")} entries.
        </Alert>
      ) : (
        <Alert tone="failed" title="It is not what was sealed.">
          The entry as it stands does not lead to the signed checkpoint. Verify the whole ledger.
        </Alert>
      )}
      <Facts>
        {entry.sealed_at_ms === undefined ? null : (
          <Fact term="Sealed">{exactTime(entry.sealed_at_ms, timeZone)}</Fact>
        )}
        <Fact term="By checkpoint">{proof.sealed_by.toLocaleString("en-GB")}</Fact>
        <Fact term="Leaf hash" mono>
          {proof.leaf_hash}
        </Fact>
        <Fact term="Root" mono>
          {proof.root}
        </Fact>
      </Facts>
      <CodeBlock label="Signed checkpoint" title="Signed checkpoint" copy={proof.checkpoint}>
        {proof.checkpoint}
      </CodeBlock>
      {proof.path.length > 0 ? (
        <Disclosure summary={`The path, from the entry up (${proof.path.length})`}>
          <CodeBlock label="Path of the proof" copy={proof.path.join("\n")}>
            {proof.path.join("\n")}
          </CodeBlock>
        </Disclosure>
      ) : null}
    </>
  );
}
