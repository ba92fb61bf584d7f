"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "./password-input";
import { safeCallbackUrl } from "./safe-callback-url";
import { failureWords, type SignInFailure, signInFailure } from "./sign-in-outcome";

const credentialsSchema = z.object({
  email: z
    .string()
    .trim()
    .min(1, "Enter your email.")
    .regex(/^\S+@\S+$/, "This is not an email address."),
  password: z.string().min(1, "Enter your password."),
});

type Credentials = z.infer<typeof credentialsSchema>;

/** The auth client leaves the page when the server is gone, so ask first whether it is there. */
async function serverAnswers(): Promise<boolean> {
  try {
    const answer = await fetch("/api/auth/csrf", { cache: "no-store" });
    return answer.ok;
  } catch {
    return false;
  }
}

async function trySignIn(credentials: Credentials, callbackUrl: string): Promise<SignInFailure | null> {
  if (!(await serverAnswers())) return "unreachable";
  try {
    const answer = await signIn("credentials", { ...credentials, callbackUrl, redirect: false });
    return signInFailure(answer);
  } catch {
    return "broken";
  }
}

/** Email and password. What was typed stays after a failure; the failure says what to do. */
export function SignInForm({ callbackUrl, failure }: { callbackUrl: string; failure?: SignInFailure }) {
  const [failed, setFailed] = useState<SignInFailure | null>(failure ?? null);
  const form = useForm<Credentials>({
    resolver: zodResolver(credentialsSchema),
    defaultValues: { email: "", password: "" },
    // Told on submit, mended while typing.
    mode: "onSubmit",
    reValidateMode: "onChange",
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const leaving = isSubmitSuccessful && failed === null;

  const submit = form.handleSubmit(async (credentials) => {
    setFailed(null);
    const target = safeCallbackUrl(callbackUrl);
    const outcome = await trySignIn(credentials, target);
    setFailed(outcome);
    if (outcome === null) window.location.assign(target);
    else form.setFocus(outcome === "wrong" ? "password" : "email");
  });

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
