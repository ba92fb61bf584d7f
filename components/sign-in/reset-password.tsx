"use client";

import { type FormEvent, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { FoundPasswordResetWire } from "@/lib/contracts/access";
import { signInPath } from "@/lib/paths";
import { findPasswordReset, setPasswordByLink } from "@/lib/queries/access";
import { fieldOf, OneTimeLink } from "./one-time-link";
import { PasswordInput } from "./password-input";

type Found = { token: string; reset: FoundPasswordResetWire };

/** Whose password the link of the address sets, then the new one. It signs nobody in: the second factor is asked for at sign-in. */
export function ResetPassword() {
  const [ended, setEnded] = useState<number | null>(null);
  return (
    <OneTimeLink title="Set another password" find={findPasswordReset} otherwise="Remembered it after all?">
      {(token, reset) =>
        ended === null ? (
          <PasswordForm token={token} reset={reset} onDone={setEnded} />
        ) : (
          <>
            <Alert tone="passed" role="status" title="Your password is set.">
              {ended > 0
                ? "Wherever you were signed in, you are signed out. Your one-time codes, if you use them, stay."
                : "Your one-time codes, if you use them, stay."}
            </Alert>
            <Button asChild variant="default" size="field" className="w-full">
              <a href={signInPath()}>Sign in</a>
            </Button>
          </>
        )
      }
    </OneTimeLink>
  );
}

function PasswordForm({ token, reset, onDone }: Found & { onDone: (ended: number) => void }) {
  const [password, setPassword] = useState("");
  const [asked, setAsked] = useState(false);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  async function save() {
    setSaving(true);
    setError(null);
    try {
      onDone((await setPasswordByLink({ token, password })).ended);
    } catch (refused) {
      setError(refused as Error);
      setSaving(false);
    }
  }
  const isOfField = fieldOf(error) === "password";
  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (password !== "" && !saving) void save();
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <p className="text-14 text-muted-foreground">
        for <b className="font-medium break-words text-foreground">{reset.email}</b>. Every session of yours
        ends.
      </p>
      {error && !isOfField ? (
        <Alert tone="failed" title="The password is not set.">
          {error.message}
        </Alert>
      ) : null}
      {/* What the browser keeps the password for. */}
      <input type="email" autoComplete="username" value={reset.email} readOnly hidden />
      <Field
        label="New password"
        help="At least 12 characters; a sentence is fine."
        error={
          isOfField
            ? error?.message.replace("password: ", "")
            : asked && password === ""
              ? "Choose a password."
              : undefined
        }
      >
        <PasswordInput
          size="field"
          autoComplete="new-password"
          autoFocus
          maxLength={1024}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button type="submit" variant="default" size="field" className="w-full" kbd="↵" pending={saving}>
        {saving ? "Setting it" : "Set the password"}
      </Button>
    </form>
  );
}
