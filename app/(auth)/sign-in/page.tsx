import type { Metadata } from "next";
import { headers } from "next/headers";
import { ProviderButton } from "@/components/sign-in/provider-button";
import { safeCallbackUrl } from "@/components/sign-in/safe-callback-url";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { type SignInFailure, signInFailure } from "@/components/sign-in/sign-in-outcome";
import { currentProcess } from "@/lib/auth/process";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** A failure that came by redirect, e.g. from a page of the auth library. */
function failureOf(error: string | string[] | undefined): SignInFailure | undefined {
  if (typeof error !== "string" || error === "SessionRequired") return undefined;
  return signInFailure({ ok: false, status: 200, error }) ?? undefined;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const query = await searchParams;
  const target = safeCallbackUrl(query.callbackUrl);
  const provider = currentProcess().oidc?.settings.name;
  const host = (await headers()).get("host");
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h1 className="text-28 font-semibold">Sign in</h1>
        {host ? (
          <p className="text-14 text-muted-foreground">
            to <span className="font-medium break-words text-foreground">{host}</span>
          </p>
        ) : null}
      </div>
      <SignInForm callbackUrl={target} failure={failureOf(query.error)} />
      {provider ? <ProviderButton name={provider} target={target} /> : null}
      <p className="text-12 text-muted-foreground">
        <span className="font-medium text-foreground">First start?</span> The password was printed in the
        terminal and is kept in the data folder.{" "}
        <span className="font-medium text-foreground">Forgotten yours?</span> Ask an administrator for a reset
        link; nobody can ask for one here.
      </p>
    </div>
  );
}
