"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { EvidenceLink } from "@/components/evidence/evidence-link";
import { isWebLink } from "@/components/layout/web-link";
import type { InspectionWire } from "@/lib/contracts/triage-phase";
import { draftPath, incidentPath, receiptPath } from "@/lib/paths";
import { commitId, reveal } from "./reveal";

export type EvidenceWire = InspectionWire["findings"][number]["evidence"][number];

/** Where a statement can be checked, each a link to it; what is not on this page is named. */
export function EvidenceLinks({ evidence, scope }: { evidence: readonly EvidenceWire[]; scope: string }) {
  if (evidence.length === 0) return null;
  return (
    <ul aria-label="Evidence" className="flex flex-wrap gap-x-3 gap-y-0.5 font-mono text-12 leading-5">
      {evidence.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the evidence of a statement never moves
        <li key={index} className="max-w-full break-all">
          <Piece evidence={each} scope={scope} />
        </li>
      ))}
    </ul>
  );
}

function Piece({ evidence, scope }: { evidence: EvidenceWire; scope: string }) {
  switch (evidence.kind) {
    case "report":
      return <span className="font-sans text-muted-foreground">the report's {evidence.field}</span>;
    case "code":
      return (
        <OnPage find={() => findWindow(scope, evidence.path, evidence.from_line, evidence.to_line)}>
          {evidence.path}:{evidence.from_line}
          {evidence.to_line > evidence.from_line ? `-${evidence.to_line}` : null}
        </OnPage>
      );
    case "commit":
      return (
        <OnPage find={() => document.getElementById(commitId(scope, evidence.hash))}>
          {evidence.hash.slice(0, 10)}
        </OnPage>
      );
    case "log":
      return <EvidenceLink reference={evidence.reference} />;
    case "issue":
      return evidence.url && isWebLink(evidence.url) ? (
        <EvidenceLink reference={evidence.url} />
      ) : (
        <span>{evidence.reference}</span>
      );
    case "incident":
      return <Record href={incidentPath(evidence.id)} id={evidence.id} />;
    case "draft":
      return <Record href={draftPath(evidence.id)} id={evidence.id} />;
    case "receipt":
      return <Record href={receiptPath(evidence.id)} id={evidence.id} />;
    case "memory":
      return <span>{evidence.id}</span>;
  }
}

function Record({ href, id }: { href: string; id: string }) {
  return (
    <Link href={href} className="link font-normal">
      {id}
    </Link>
  );
}

/** Leads to a part of this page. Nothing there (it was not kept, or was too much): then it stays put. */
function OnPage({ find, children }: { find: () => HTMLElement | null; children: ReactNode }) {
  return (
    <button
      type="button"
      className="link cursor-pointer text-left font-normal break-all"
      onClick={() => {
        const target = find();
        if (target) reveal(target);
      }}
    >
      {children}
    </button>
  );
}

/** The window that shows these lines; the scope keeps the wide and the narrow drawing apart. */
function findWindow(scope: string, path: string, from: number, to: number): HTMLElement | null {
  const windows = document.querySelectorAll<HTMLElement>(`[data-code-scope="${CSS.escape(scope)}"]`);
  const shown = [...windows].filter(({ dataset }) => dataset.codePath === path);
  return (
    shown.find(({ dataset }) => Number(dataset.codeFrom) <= from && Number(dataset.codeTo) >= to) ??
    shown[0] ??
    null
  );
}
