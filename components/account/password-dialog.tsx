"use client";

import { type FormEvent, useId, useState } from "react";
import { notify } from "@/components/layout/notify";
import { useReturnFocus } from "@/components/settings/use-return-focus";
import { PasswordInput } from "@/components/sign-in/password-input";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import type { AccountWire } from "@/lib/contracts/account";
import { useChangePassword } from "@/lib/queries/account";
import { ApiError } from "@/lib/queries/api-error";
import { proofFailure } from "./proof-failure";

type Fault = { current?: string; fresh?: string };

/** The old one, and the new one once: it can be looked at instead of being typed twice. */
export function PasswordDialog({ account, onClose }: { account: AccountWire; onClose: () => void }) {
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const [missing, setMissing] = useState<Fault>({});
  const change = useChangePassword();
  const returnFocus = useReturnFocus();
  const formId = useId();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const faults: Fault = {
      ...(current === "" && { current: "Enter the password that you have." }),
      ...(fresh === "" && { fresh: "Enter the new password." }),
    };
    setMissing(faults);
    if (faults.current || faults.fresh || change.isPending) return;
    change.mutate(
      { current_password: current, new_password: fresh },
      {
        onSuccess: ({ revoked }) => {
          const others = revoked === 1 ? "Your other session has" : `Your ${revoked} other sessions have`;
          notify("approved", "Password changed", {
            description: revoked > 0 ? `${others} ended.` : undefined,
          });
          onClose();
        },
      },
    );
  };
  const refused = faultOf(change.error);
  const { current: wrongCurrent, fresh: wrongFresh } = { ...refused.fields, ...missing };

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent {...returnFocus} size="sm">
        <DialogHeader>
          <DialogTitle>Change your password</DialogTitle>
          <DialogDescription>Your other sessions end with it; this one goes on.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
            <input
              type="text"
              name="username"
              autoComplete="username"
              value={account.email}
              readOnly
              hidden
            />
            {refused.other ? <Alert tone="failed" title={refused.other} /> : null}
            <Field label="Current password" error={wrongCurrent}>
              <PasswordInput
                size="field"
                autoComplete="current-password"
                autoFocus
                value={current}
                onChange={(event) => setCurrent(event.target.value)}
              />
            </Field>
            <Field
              label="New password"
              error={wrongFresh}
              help="At least 12 characters. A few words that have nothing to do with one another are good."
            >
              <PasswordInput
                size="field"
                autoComplete="new-password"
                value={fresh}
                onChange={(event) => setFresh(event.target.value)}
              />
            </Field>
          </form>
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" form={formId} variant="default" pending={change.isPending}>
            Change password
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function faultOf(error: Error | null): { fields: Fault; other?: string } {
  if (!error) return { fields: {} };
  const field = error instanceof ApiError ? error.problem.field : undefined;
  const words = proofFailure(error);
  if (field === "new_password") return { fields: { fresh: words } };
  if (field === "password") return { fields: { current: words } };
  return { fields: {}, other: words };
}
