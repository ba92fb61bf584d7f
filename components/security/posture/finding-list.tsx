"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { PostureFindingWire } from "@/lib/contracts/posture";
import { FindingRow } from "./finding-row";

/** So many are drawn at once: a deployment with many sources has hundreds of small ones. */
const stepRows = 25;

export function FindingList({ findings, label }: { findings: readonly PostureFindingWire[]; label: string }) {
  const [shown, setShown] = useState(stepRows);
  const rest = findings.length - shown;
  return (
    <>
      <ul aria-label={label}>
        {findings.slice(0, shown).map((finding) => (
          <FindingRow key={finding.fingerprint} finding={finding} />
        ))}
      </ul>
      {rest > 0 ? (
        <Button size="sm" className="self-start touch:h-11" onClick={() => setShown(shown + stepRows)}>
          Show {Math.min(rest, stepRows)} more of {rest}
        </Button>
      ) : null}
    </>
  );
}
