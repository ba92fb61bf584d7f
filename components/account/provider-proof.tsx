"use client";

import { useState } from "react";
import { failureWords, type SignInFailure } from "@/components/sign-in/sign-in-outcome";
import { leaveForProvider } from "@/components/sign-in/try-sign-in";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";

/** For who has neither password nor codes here: their provider is who can vouch for them. */
export function ProviderProof({ provider }: { provider: string | undefined }) {
  const [failed, setFailed] = useState<SignInFailure | null>(null);
  const [leaving, setLeaving] = useState(false);
  async function leave() {
    setLeaving(true);
    const outcome = await leaveForProvider(location.pathname + location.search, true);
    if (outcome === null) return;
    setLeaving(false);
    setFailed(outcome);
  }
  return (
    <>
      <DialogBody className="flex flex-col gap-3">
        {failed ? (
          <Alert tone="failed" title={failureWords[failed].what}>
            {failureWords[failed].next}
          </Alert>
        ) : null}
        <p>
          {provider
            ? `This account has no password and no one-time codes. Sign in again with ${provider}; you come back to this page.`
            : "This account has no password and no one-time codes, and this server has no provider to ask. An admin can help."}
        </p>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        {provider ? (
          <Button variant="default" pending={leaving} onClick={() => void leave()}>
            Sign in again
          </Button>
        ) : null}
      </DialogFooter>
    </>
  );
}
