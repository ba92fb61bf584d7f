"use client";

import { type FormEvent, useId, useState } from "react";
import { useReturnFocus } from "@/components/settings/use-return-focus";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
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
import { useConfirmTotp } from "@/lib/queries/account";
import { CodeInput } from "./code-input";
import { proofFailure } from "./proof-failure";
import { QrCode } from "./qr-code";
import { RecoveryCodes } from "./recovery-codes";

type TotpDialogProps = { begun: { secret: string; uri: string }; onClose: () => void };

/** Scan, type a code, keep the recovery codes. Closed before the code nothing is on; after it, not before they are kept. */
export function TotpDialog({ begun, onClose }: TotpDialogProps) {
  const returnFocus = useReturnFocus();
  const confirm = useConfirmTotp();
  const codes = confirm.data?.recovery_codes;
  return (
    <Dialog open onOpenChange={(open) => !open && !codes && onClose()}>
      <DialogContent
        {...returnFocus}
        size="md"
        // The corner cross would be a control without effect here.
        className={codes ? "[&>button:last-child]:hidden" : undefined}
      >
        {codes ? (
          <RecoveryCodes codes={codes} title="One-time codes are on" onClose={onClose} />
        ) : (
          <Enrol begun={begun} confirm={confirm} />
        )}
      </DialogContent>
    </Dialog>
  );
}

type EnrolProps = { begun: TotpDialogProps["begun"]; confirm: ReturnType<typeof useConfirmTotp> };

function Enrol({ begun, confirm }: EnrolProps) {
  const [code, setCode] = useState("");
  const [empty, setEmpty] = useState(false);
  const formId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(code.trim() === "");
    if (code.trim() !== "" && !confirm.isPending) confirm.mutate(code, { onError: () => setCode("") });
  };
  return (
    <>
      <DialogHeader>
        <DialogTitle>Set up one-time codes</DialogTitle>
        <DialogDescription>
          Scan this with an authenticator app, or type the secret into it. Nothing is asked of you before the
          code.
        </DialogDescription>
      </DialogHeader>
      <DialogBody className="flex flex-col gap-5">
        <div className="flex flex-wrap items-center gap-5">
          <QrCode text={begun.uri} label="QR code of the secret" className="mx-auto size-44 sm:mx-0" />
          <div className="flex min-w-0 flex-1 basis-56 flex-col gap-1.5">
            <span className="text-12 text-muted-foreground">Secret</span>
            <code className="font-mono text-13 break-words" data-testid="totp-secret">
              {begun.secret.replace(/(.{4})(?=.)/g, "$1 ")}
            </code>
            <div>
              <CopyButton look="button" value={begun.secret} label="Copy secret" />
            </div>
          </div>
        </div>
        <form id={formId} onSubmit={submit} noValidate>
          <Field
            label="Code"
            error={
              empty
                ? "Enter the code that the app shows."
                : confirm.error
                  ? proofFailure(confirm.error)
                  : undefined
            }
            help="The six digits that the app shows now."
          >
            <CodeInput
              value={code}
              onValueChange={(value) => {
                setCode(value);
                setEmpty(false);
              }}
              inputMode="numeric"
              autoFocus
            />
          </Field>
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="default" kbd="↵" pending={confirm.isPending}>
          Switch on
        </Button>
      </DialogFooter>
    </>
  );
}
