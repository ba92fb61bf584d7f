"use client";

import { useQuery } from "@tanstack/react-query";
import { Disclosure } from "@/components/drafts/disclosure";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { Alert } from "@/components/ui/alert";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { RetentionPreviewWire } from "@/lib/contracts/retention";
import { api } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { retentionPreviewQuery } from "@/lib/queries/retention";
import {
  bytesWords,
  daysWords,
  findingWords,
  keptKinds,
  kindWord,
  placeWord,
  whereWords,
} from "./retention-words";

/** What the job would take if it ran now, of whom, and which profile says so. Of what is saved. */
export function RetentionPreview({ unsaved }: { unsaved: boolean }) {
  const preview = useQuery(retentionPreviewQuery());
  return (
    <Section title="What goes next" aside={<CopyApiCall path={api.retentionPreview()} />}>
      {preview.data ? (
        <Shown preview={preview.data} unsaved={unsaved} />
      ) : preview.isError ? (
        <QueryFailure
          what="What goes next"
          error={preview.error}
          onRetry={() => preview.refetch()}
          retrying={preview.isFetching}
          className="py-2"
        />
      ) : (
        <LoadingRows what="what goes next" shape="table" count={3} />
      )}
    </Section>
  );
}

function Shown({ preview, unsaved }: { preview: RetentionPreviewWire; unsaved: boolean }) {
  const name = useNames();
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-3 gap-3 sm:max-w-120">
        <Figure term="To be removed" value={preview.total_due.toLocaleString("en-GB")} />
        <Figure term="Held back" value={preview.total_held_back.toLocaleString("en-GB")} />
        <Figure term="Frees about" value={bytesWords(preview.total_bytes)} />
      </dl>
      {preview.idle ? (
        <Alert tone="waiting" title="The monitor is paused or off:">
          nothing is removed until it goes on.
        </Alert>
      ) : null}
      {unsaved ? (
        <Alert title="Of what is saved.">Your changes count once they are saved, with the next run.</Alert>
      ) : null}
      {preview.findings.map((finding) => {
        const { title, why } = findingWords(finding, name);
        return (
          <Alert key={`${finding.code} ${whereWords(finding, name)}`} tone="waiting" title={title}>
            {why}
          </Alert>
        );
      })}
      {preview.groups.length > 0 ? (
        <DueTable groups={preview.groups} />
      ) : (
        <p className="text-muted-foreground">Nothing is over its span now.</p>
      )}
      <InUse choices={preview.profiles_in_use} />
    </div>
  );
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div className="flex flex-col rounded-lg border border-border px-3 py-2">
      <dt className="text-12 text-muted-foreground">{term}</dt>
      <dd className="text-20 font-semibold tabular-nums">{value}</dd>
    </div>
  );
}

function DueTable({ groups }: { groups: RetentionPreviewWire["groups"] }) {
  const name = useNames();
  return (
    <Table aria-label="What goes next, by kind and source">
      <TableHeader>
        <TableRow>
          <TableHead>What</TableHead>
          <TableHead>Of</TableHead>
          <TableHead>Profile</TableHead>
          <TableHead align="right">To be removed</TableHead>
          <TableHead align="right">Held back</TableHead>
          <TableHead>Oldest</TableHead>
          <TableHead align="right">About</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {groups.map((group) => (
          <TableRow key={`${group.place} ${whereWords(group, name)}`}>
            <TableHead scope="row" className="font-medium text-foreground first-letter:uppercase">
              {placeWord(group.place)}
            </TableHead>
            <TableCell className="whitespace-nowrap">{whereWords(group, name)}</TableCell>
            <TableCell className="whitespace-nowrap">{group.profile}</TableCell>
            <TableCell align="right" className="tabular-nums">
              {group.due.toLocaleString("en-GB")}
            </TableCell>
            <TableCell align="right" className="tabular-nums">
              {group.held_back.toLocaleString("en-GB")}
            </TableCell>
            <TableCell className="whitespace-nowrap">
              {group.oldest_at_ms === undefined ? "" : <RelativeTime value={group.oldest_at_ms} />}
            </TableCell>
            <TableCell align="right" className="whitespace-nowrap tabular-nums">
              {bytesWords(group.bytes)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const chosenWord = { source: "its own", project: "the project's", default: "the default" };

/** Which profile holds for what, as saved. */
function InUse({ choices }: { choices: RetentionPreviewWire["profiles_in_use"] }) {
  const name = useNames();
  return (
    <Disclosure summary={`Which profile holds for what (${choices.length.toLocaleString("en-GB")})`}>
      <Table aria-label="Profiles in use" className="mt-3">
        <TableHeader>
          <TableRow>
            <TableHead>Of</TableHead>
            <TableHead>Profile</TableHead>
            <TableHead>Kept</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {choices.map((choice) => (
            <TableRow key={whereWords(choice, name)}>
              <TableHead scope="row" className="font-medium text-foreground">
                {whereWords(choice, name)}
              </TableHead>
              <TableCell className="whitespace-nowrap">
                {choice.profile}
                <span className="text-12 text-muted-foreground">
                  {" "}
                  {choice.known ? chosenWord[choice.chosen_by] : "not there: nothing goes"}
                </span>
              </TableCell>
              <TableCell className="py-1.5 text-12">{keptWords(choice)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Disclosure>
  );
}

function keptWords({ days, mode }: RetentionPreviewWire["profiles_in_use"][number]): string {
  const set = keptKinds.filter(({ kind }) => days[kind] !== undefined);
  if (set.length === 0) return "for ever";
  const spans = set.map(({ kind }) => `${kindWord[kind].toLowerCase()} ${daysWords(days[kind])}`).join(", ");
  return `${spans}; then ${mode === "delete" ? "erased" : "hidden"}`;
}
