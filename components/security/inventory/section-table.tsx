"use client";

import { useState } from "react";
import { Section } from "@/components/layout/section";
import { StateLabel } from "@/components/state/state-label";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { InventoryRow, InventorySection, Mark } from "./inventory-row";

const pageSize = 10;

/** One kind of thing. Long ones show their first rows until more are asked for. */
export function SectionTable({ section }: { section: InventorySection }) {
  const [open, setOpen] = useState(false);
  const { title, rows, empty } = section;
  const shown = open ? rows : rows.slice(0, pageSize);
  return (
    <Section title={title} count={rows.length}>
      {rows.length === 0 ? (
        <p className="text-12 text-muted-foreground">{empty || "There is none."}</p>
      ) : (
        <Table scrollLabel={`${title}, as a table`} className="min-w-140 table-fixed">
          <TableHeader>
            <TableRow>
              <TableHead className="w-[30%]">Name</TableHead>
              <TableHead>What is known of it</TableHead>
              <TableHead className="w-[30%]">Present or missing</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {shown.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </TableBody>
        </Table>
      )}
      {rows.length > shown.length ? (
        <Button variant="ghost" size="xs" className="self-start touch:h-11" onClick={() => setOpen(true)}>
          Show all {rows.length}
        </Button>
      ) : null}
    </Section>
  );
}

function Row({ row }: { row: InventoryRow }) {
  return (
    <TableRow>
      <TableCell className="py-1.5 align-top">
        <span className="block truncate font-medium" title={row.name}>
          {row.name}
        </span>
        {row.id === row.name ? null : (
          <code className="block truncate text-11 text-muted-foreground" title={row.id}>
            {row.id}
          </code>
        )}
        {row.off ? <StateLabel state="disabled" word={row.off} /> : null}
      </TableCell>
      <TableCell className="py-1.5 align-top wrap-anywhere text-12 leading-5">
        {row.facts.join(" · ")}
      </TableCell>
      <TableCell className="py-1.5 align-top">
        <span className="flex flex-wrap gap-1">
          {row.marks.map((mark) => (
            <Presence key={mark.word} mark={mark} />
          ))}
        </span>
      </TableCell>
    </TableRow>
  );
}

/** The word says which of the two it is; the look only repeats it. */
function Presence({ mark }: { mark: Mark }) {
  return mark.tone === "there" ? (
    <Badge>{mark.word}</Badge>
  ) : (
    <Badge className="border-dashed bg-transparent">{mark.word}</Badge>
  );
}
