"use client";

import { useRowKeys } from "@/components/layout/use-row-keys";
import { Table, TableBody, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { IncidentWire } from "@/lib/contracts/incident";
import { IncidentRow } from "./incident-row";

/** Incidents by last change. On a phone one column remains and the heads are only read out. */
export function IncidentTable({ incidents }: { incidents: readonly IncidentWire[] }) {
  const box = useRowKeys<HTMLDivElement>("Incidents");
  return (
    <div ref={box} className="px-4 md:px-6">
      <Table className="md:table-fixed">
        <caption className="sr-only">Incidents, last changed first</caption>
        <TableHeader className="max-md:sr-only">
          <TableRow>
            <TableHead className="w-6 pt-3">
              <span className="sr-only">Severity</span>
            </TableHead>
            <TableHead className="pt-3">Title</TableHead>
            <TableHead className="w-36 pt-3 max-md:hidden">Source</TableHead>
            <TableHead align="right" className="w-26 pr-6 pt-3 max-md:hidden">
              Occurrences
            </TableHead>
            <TableHead className="w-25 pt-3 max-lg:hidden">First seen</TableHead>
            <TableHead className="w-25 pt-3 max-md:hidden">Last seen</TableHead>
            <TableHead className="w-44 pt-3 max-md:hidden">Status</TableHead>
            <TableHead className="w-20 pt-3 max-lg:hidden">Draft</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {incidents.map((incident) => (
            <IncidentRow key={incident.incident_id} incident={incident} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
