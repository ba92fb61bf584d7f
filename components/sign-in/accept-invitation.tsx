"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { roleWord } from "@/components/access/access-words";
import { ActionFailure } from "@/components/layout/action-failure";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FoundInvitationWire } from "@/lib/contracts/access";
import { inboxPath, signInPath } from "@/lib/paths";
import { acceptInvitation, findInvitation } from "@/lib/queries/access";
import { fieldOf, OneTimeLink } from "./one-time-link";
import { PasswordInput } from "./password-input";

type Found = { token: string; invitation: FoundInvitationWire };

/** Whom the link of the address is for, then name and password. A link that is not good says what to do. */
export function AcceptInvitation() {
  return (
    <OneTimeLink title="You are invited" find={findInvitation} otherwise="Joined already?">
      {(token, invitation) => <JoinForm token={token} invitation={invitation} />}
    </OneTimeLink>
  );
}

function JoinForm({ token, invitation }: Found) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [asked, setAsked] = useState(false);
  const [joining, setJoining] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  async function join() {
    setJoining(true);
    setError(null);
    try {
      const { email } = await acceptInvitation({ token, name: name.trim(), password });
      const answer = await signIn("credentials", { email, password, redirect: false });
      // The account is there all the same: whoever could not be signed in here can sign in by hand.
      window.location.assign(answer?.ok ? inboxPath() : signInPath());
    } catch (refused) {
      setError(refused as Error);
      setJoining(false);
    }
  }
  const field = fieldOf(error);
  const refusal = (of: string) => (field === of ? error?.message.replace(`${of}: `, "") : undefined);
  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (name.trim() !== "" && password !== "" && !joining) void join();
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <p className="text-14 text-muted-foreground">
        as <b className="font-medium break-words text-foreground">{invitation.email}</b>,{" "}
        {rolesSentence(invitation)}.
      </p>
      {error && !field ? <ActionFailure what="You have not joined." error={error} /> : null}
      {/* What the browser keeps the password for. */}
      <input type="email" autoComplete="username" value={invitation.email} readOnly hidden />
      <Field
        label="Your name"
        error={refusal("name") ?? (asked && name.trim() === "" ? "Enter your name." : undefined)}
      >
        <Input
          size="field"
          autoComplete="name"
          autoFocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field
        label="Password"
        help="At least 12 characters; a sentence is fine."
        error={refusal("password") ?? (asked && password === "" ? "Choose a password." : undefined)}
      >
        <PasswordInput
          size="field"
          autoComplete="new-password"
          maxLength={1024}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button type="submit" variant="default" size="field" className="w-full" kbd="↵" pending={joining}>
        {joining ? "Joining" : "Join"}
      </Button>
    </form>
  );
}

/** "with the role Approver on shop and Viewer on bank". */
function rolesSentence({ role, project_roles }: FoundInvitationWire): string {
  const onProjects = Object.entries(project_roles).map(
    ([projectId, each]) => `${roleWord(each)} on ${projectId}`,
  );
  const all = [...(role ? [`${roleWord(role)} over everything`] : []), ...onProjects];
  return `with the role ${all.join(" and ")}`;
}
