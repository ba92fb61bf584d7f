"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { useReturnFocus } from "@/components/settings/use-return-focus";
import { PasswordInput } from "@/components/sign-in/password-input";
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
import { accountQuery, useProve } from "@/lib/queries/account";
import { CodeInput } from "./code-input";
import { proofFailure } from "./proof-failure";
import { ProviderProof } from "./provider-proof";

type StepUpDialogProps = { onProven: () => void; onCancel: () => void };

/** Asks whether the person is still there, in front of whatever needed to know. Escape is Cancel; nothing is lost by it. */
export function StepUpDialog({ onProven, onCancel }: StepUpDialogProps) {
  const returnFocus = useReturnFocus();
  const account = useQuery(accountQuery());
  return (
    <Dialog open onOpenChange={(open) => !open && onCancel()}>
      <DialogContent {...returnFocus} size="sm">
        <DialogHeader>
          <DialogTitle>Prove that it is you</DialogTitle>
          <DialogDescription>
            What you are about to do asks for it. It holds for ten minutes, in this browser alone.
          </DialogDescription>
        </DialogHeader>
        {account.data ? (
          <ProofForm account={account.data} onProven={onProven} />
        ) : (
          <DialogBody>
            {account.error ? (
              <ErrorState
                what="It could not be read how you prove yourself."
                why={account.error.message}
                onRetry={() => void account.refetch()}
                retrying={account.isFetching}
              />
            ) : (
              <LoadingRows what="your account" count={1} shape="form" />
            )}
          </DialogBody>
        )}
      </DialogContent>
    </Dialog>
  );
}

function ProofForm({ account, onProven }: { account: AccountWire; onProven: () => void }) {
  const [text, setText] = useState("");
  const [empty, setEmpty] = useState(false);
  const formId = useId();
  const prove = useProve();
  if (account.proof === "provider") return <ProviderProof provider={account.provider?.name} />;

  const byCode = account.proof === "code";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(text === "");
    if (text === "" || prove.isPending) return;
    prove.mutate(byCode ? { code: text } : { password: text }, {
      onSuccess: onProven,
      onError: () => setText(""),
    });
  };
  const error = empty
    ? byCode
      ? "Enter a code."
      : "Enter your password."
    : prove.error
      ? proofFailure(prove.error)
      : undefined;
  const change = (value: string) => {
    setText(value);
    setEmpty(false);
  };

  return (
    <>
      <DialogBody>
        <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
          {/* A password manager needs the name that the password belongs to. */}
          <input type="text" name="username" autoComplete="username" value={account.email} readOnly hidden />
          {byCode ? (
            <Field
              label="Code"
              error={error}
              help="Six digits of your authenticator app, or one of your recovery codes."
            >
              <CodeInput value={text} onValueChange={change} autoFocus />
            </Field>
          ) : (
            <Field label="Password" error={error}>
              <PasswordInput
                size="field"
                autoComplete="current-password"
                autoFocus
                value={text}
                onChange={(event) => change(event.target.value)}
              />
            </Field>
          )}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="default" kbd="↵" pending={prove.isPending}>
          {prove.isPending ? "Checking" : "Go on"}
        </Button>
      </DialogFooter>
    </>
  );
}
