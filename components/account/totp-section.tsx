"use client";

import { useState } from "react";
import { notify } from "@/components/layout/notify";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { AccountWire } from "@/lib/contracts/account";
import { useBeginTotp, useDisableTotp, useRenewRecoveryCodes } from "@/lib/queries/account";
import { isStepUpRequired } from "@/lib/queries/step-up";
import { proofFailure } from "./proof-failure";
import { RecoveryCodesDialog } from "./recovery-codes";
import { SettingLine } from "./setting-line";
import { TotpDialog } from "./totp-dialog";

const codesFew = 3;

/** One-time codes of an authenticator app: on or off, and what to do when the phone is gone. */
export function TotpSection({ account }: { account: AccountWire }) {
  const [asking, setAsking] = useState<"disable" | "renew" | null>(null);
  const begin = useBeginTotp();
  const disable = useDisableTotp();
  const renew = useRenewRecoveryCodes();
  const error = begin.error ?? disable.error ?? renew.error;
  const left = account.recovery_codes_left;
  const isOn = account.totp_enabled_at_ms !== undefined;

  return (
    <Section title="One-time codes">
      {/* Who turned away from the proof knows why nothing happened. */}
      {error && !isStepUpRequired(error) ? <Alert tone="failed" title={proofFailure(error)} /> : null}
      {isOn ? (
        <SettingLine
          actions={
            <>
              <Button pending={renew.isPending} onClick={() => setAsking("renew")}>
                New recovery codes
              </Button>
              <Button variant="destructive" pending={disable.isPending} onClick={() => setAsking("disable")}>
                Switch off
              </Button>
            </>
          }
        >
          <p>
            <b className="font-medium">On</b> since <RelativeTime value={account.totp_enabled_at_ms} />.
            Signing in by password asks for a code of your authenticator app.
          </p>
          <p
            className={
              left < codesFew ? "text-12 font-medium text-state-waiting" : "text-12 text-muted-foreground"
            }
          >
            {left === 0
              ? "No recovery codes left: make new ones before you need one."
              : left === 1
                ? "One recovery code left."
                : `${left} recovery codes left.`}
          </p>
        </SettingLine>
      ) : (
        <SettingLine
          actions={
            <Button pending={begin.isPending} onClick={() => begin.mutate()}>
              Set up
            </Button>
          }
        >
          <p>
            <b className="font-medium">Off.</b> With them your password alone lets nobody in: signing in asks
            for a code of an authenticator app besides.
          </p>
        </SettingLine>
      )}
      {begin.data ? <TotpDialog begun={begin.data} onClose={begin.reset} /> : null}
      {renew.data ? <RecoveryCodesDialog codes={renew.data.recovery_codes} onClose={renew.reset} /> : null}
      <ConfirmDialog
        open={asking === "disable"}
        onOpenChange={(open) => !open && setAsking(null)}
        title="Switch one-time codes off?"
        confirm="Switch off"
        onConfirm={() =>
          disable.mutate(undefined, { onSuccess: () => notify("approved", "One-time codes are off") })
        }
      >
        <p>Your password alone is enough from then on. The secret in your app and your recovery codes end.</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === "renew"}
        onOpenChange={(open) => !open && setAsking(null)}
        title="Make new recovery codes?"
        confirm="Make new codes"
        destructive={false}
        onConfirm={() => renew.mutate()}
      >
        <p>The codes that you have end. Ten new ones are shown once.</p>
      </ConfirmDialog>
    </Section>
  );
}
