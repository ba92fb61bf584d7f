"use client";

import { type FormEvent, useRef, useState } from "react";
import { CodeInput } from "@/components/account/code-input";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { failureWords, type SignInFailure } from "./sign-in-outcome";
import { type Credentials, trySignIn } from "./try-sign-in";

type CodeFormProps = {
  credentials: Credentials;
  target: string;
  /** Back to email and password: by the person's choice, or because they no longer hold. */
  onStartOver: (why: SignInFailure | null) => void;
};

/** The second step of signing in. The password stays in this page until it is over. */
export function CodeForm({ credentials, target, onStartOver }: CodeFormProps) {
  const [code, setCode] = useState("");
  const [byRecovery, setByRecovery] = useState(false);
  const [error, setError] = useState<string>();
  const [failed, setFailed] = useState<SignInFailure | null>(null);
  const [pending, setPending] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    if (code.trim() === "") return setError(byRecovery ? "Enter a recovery code." : "Enter the code.");
    setPending(true);
    setFailed(null);
    const outcome = await trySignIn({ ...credentials, code }, target);
    if (outcome === null) return window.location.assign(target);
    setPending(false);
    if (outcome === "wrong") return onStartOver(outcome);
    setFailed(outcome);
    setCode("");
    input.current?.focus();
  }
  function change(value: string) {
    setCode(value);
    setError(undefined);
  }
  function swap() {
    setByRecovery(!byRecovery);
    change("");
    input.current?.focus();
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {failed ? (
        <Alert tone={failed === "throttled" ? "waiting" : "failed"} title={failureWords[failed].what}>
          {failureWords[failed].next}
        </Alert>
      ) : null}
      <p>
        One more step for <b className="font-medium break-words">{credentials.email}</b>.
      </p>
      <Field
        label={byRecovery ? "Recovery code" : "Code"}
        error={error}
        help={
          byRecovery ? "Ten letters and digits. Each works once." : "Six digits of your authenticator app."
        }
      >
        <CodeInput
          ref={input}
          value={code}
          onValueChange={change}
          inputMode={byRecovery ? "text" : "numeric"}
          autoFocus
        />
      </Field>
      <Button type="submit" variant="default" size="field" className="w-full" kbd="↵" pending={pending}>
        {pending ? "Signing in" : "Sign in"}
      </Button>
      <div className="flex flex-wrap justify-between gap-x-4 gap-y-2 text-12">
        <button type="button" className="link touch:min-h-11" onClick={swap}>
          {byRecovery ? "Use a code of the app" : "Use a recovery code"}
        </button>
        <button type="button" className="link touch:min-h-11" onClick={() => onStartOver(null)}>
          Start over
        </button>
      </div>
    </form>
  );
}
