"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { CodeForm } from "./code-form";
import { PasswordInput } from "./password-input";
import { safeCallbackUrl } from "./safe-callback-url";
import { failureWords, type SignInFailure } from "./sign-in-outcome";
import { type Credentials, trySignIn } from "./try-sign-in";

const credentialsSchema = z.object({
  email: z
    .string()
    .trim()
    .min(1, "Enter your email.")
    .regex(/^\S+@\S+$/, "This is not an email address."),
  password: z.string().min(1, "Enter your password."),
});

/** Email and password, then a code where the person has them. What was typed stays; a failure says what to do. */
export function SignInForm({ callbackUrl, failure }: { callbackUrl: string; failure?: SignInFailure }) {
  const [failed, setFailed] = useState<SignInFailure | null>(failure ?? null);
  const [known, setKnown] = useState<Credentials | null>(null);
  const form = useForm<Credentials>({
    resolver: zodResolver(credentialsSchema),
    defaultValues: { email: "", password: "" },
    // Told on submit, mended while typing.
    mode: "onSubmit",
    reValidateMode: "onChange",
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const leaving = isSubmitSuccessful && failed === null;
  const target = safeCallbackUrl(callbackUrl);

  const submit = form.handleSubmit(async (credentials) => {
    setFailed(null);
    const outcome = await trySignIn(credentials, target);
    setFailed(outcome);
    if (outcome === "code_required") setKnown(credentials);
    else if (outcome === null) window.location.assign(target);
    else form.setFocus(outcome === "wrong" ? "password" : "email");
  });

  const startOver = (why: SignInFailure | null) => {
    setKnown(null);
    setFailed(why);
  };
  if (known) return <CodeForm credentials={known} target={target} onStartOver={startOver} />;

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {failed ? (
        <Alert tone={failed === "throttled" ? "waiting" : "failed"} title={failureWords[failed].what}>
          {failureWords[failed].next}
        </Alert>
      ) : null}
      <Field label="Email" error={errors.email?.message}>
        <Input
          size="field"
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          {...form.register("email")}
        />
      </Field>
      <Field label="Password" error={errors.password?.message}>
        <PasswordInput size="field" autoComplete="current-password" {...form.register("password")} />
      </Field>
      <Button
        type="submit"
        variant="default"
        size="field"
        className="w-full"
        kbd="↵"
        pending={isSubmitting || leaving}
      >
        {isSubmitting || leaving ? "Signing in" : "Sign in"}
      </Button>
    </form>
  );
}
