"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { failureWords, type SignInFailure } from "./sign-in-outcome";
import { leaveForProvider } from "./try-sign-in";

/** The way in through the provider of this host. It comes back to `target`, or here with the reason why not. */
export function ProviderButton({ name, target }: { name: string; target: string }) {
  const [failed, setFailed] = useState<SignInFailure | null>(null);
  const [leaving, setLeaving] = useState(false);
  async function leave() {
    setLeaving(true);
    setFailed(null);
    const outcome = await leaveForProvider(target);
    if (outcome === null) return;
    setLeaving(false);
    setFailed(outcome);
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-3 text-12 text-muted-foreground">
        <span aria-hidden className="h-px flex-1 bg-border" />
        or
        <span aria-hidden className="h-px flex-1 bg-border" />
      </div>
      {failed ? (
        <Alert tone="failed" title={failureWords[failed].what}>
          {failureWords[failed].next}
        </Alert>
      ) : null}
      <Button size="field" className="w-full" pending={leaving} onClick={() => void leave()}>
        {leaving ? null : <KeyRound aria-hidden />}
        <span className="truncate">Continue with {name}</span>
      </Button>
    </div>
  );
}
