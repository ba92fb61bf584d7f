"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { type OccurrenceBucket, occurrencesQuery } from "@/lib/queries/incidents";
import { OccurrenceRow } from "./occurrence-row";
import { variedKeys } from "./sighting-facts";

const firstCount = 8;

/** The newest sightings: when, from whom, which run, and what was not the same. */
export function RecentOccurrences({ incidentId, bucket }: { incidentId: string; bucket: OccurrenceBucket }) {
  const [all, setAll] = useState(false);
  const { data, isError } = useQuery(occurrencesQuery(incidentId, bucket));
  // The chart above reads the same query and says why it failed.
  if (!data) return isError ? null : <Skeleton className="h-32 w-full rounded-md" />;
  const { occurrences } = data;
  const varied = variedKeys(occurrences);
  const rows = all ? occurrences : occurrences.slice(0, firstCount);
  const hidden = occurrences.length - rows.length;
  return (
    <Section
      title="Last occurrences"
      count={`newest ${rows.length}`}
      aside={
        varied.length === 0 && occurrences.length > 1 ? "These differ in nothing but time and run" : null
      }
    >
      <Table>
        <caption className="sr-only">The newest sightings of this incident</caption>
        <TableHeader>
          <TableRow>
            <TableHead className="w-24">Received</TableHead>
            <TableHead className="w-40">From</TableHead>
            <TableHead className="max-sm:hidden">Run</TableHead>
            <TableHead className="max-sm:hidden">What differs</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((occurrence) => (
            <OccurrenceRow key={occurrence.occurrence_id} occurrence={occurrence} varied={varied} />
          ))}
        </TableBody>
      </Table>
      {hidden > 0 ? (
        <Button size="xs" className="w-fit touch:h-11" onClick={() => setAll(true)}>
          Show {hidden} older
        </Button>
      ) : null}
    </Section>
  );
}
