"use client";

import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { Section } from "@/components/layout/section";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import type { AuditVerificationWire } from "@/lib/contracts/audit";
import { useVerifyAudit } from "@/lib/queries/audit";

const amounts = [
  { value: "1000", label: "1,000" },
  { value: "10000", label: "10,000" },
  { value: "100000", label: "100,000" },
];
const number = (value: number) => value.toLocaleString("en-GB");

/** Verifies the newest entries here and now, and says what it did. */
export function VerifyNow({ size }: { size: number }) {
  const [entries, setEntries] = useState("10000");
  const verify = useVerifyAudit();
  const announce = useAnnounce();
  const run = () =>
    verify.mutate(Number(entries), {
      onSuccess: (made) =>
        announce(made.ok ? "The ledger was verified." : "The ledger is not as it was signed."),
    });
  return (
    <Section title="Verify">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-12 text-muted-foreground">The newest</span>
        <Segmented label="How many entries" value={entries} options={amounts} onValueChange={setEntries} />
        <Button
          size="sm"
          className="touch:h-11"
          onClick={run}
          pending={verify.isPending}
          disabled={size === 0}
        >
          <ShieldCheck aria-hidden />
          Verify now
        </Button>
      </div>
      {verify.data ? <Result made={verify.data} /> : null}
      {verify.isError ? (
        <Alert tone="failed" title="Not verified.">
          {verify.error.message}
        </Alert>
      ) : null}
      <p className="text-12 text-muted-foreground">
        The whole ledger, against a key you hold yourself:{" "}
        <code className="font-mono">npm run audit:verify</code>.
      </p>
    </Section>
  );
}

function Result({ made }: { made: AuditVerificationWire }) {
  if (!made.ok)
    return (
      <Alert tone="failed" title="Not as it was signed.">
        {made.problem?.message} Proven up to entry {number(made.problem?.after_size ?? 0)}.
      </Alert>
    );
  const copies = made.copies === 1 ? "one copy kept elsewhere" : `${made.copies} copies kept elsewhere`;
  return (
    <Alert tone="passed" title="As it was signed.">
      Entries {number(made.from)} to {number(made.to)} were read and hashed, {number(made.checkpoints)}{" "}
      signatures checked{made.copies > 0 ? `, and ${copies} compared` : ""}, in {number(made.duration_ms)} ms.
    </Alert>
  );
}
