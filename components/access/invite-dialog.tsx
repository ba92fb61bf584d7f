"use client";

import { type FormEvent, useState } from "react";
import { RelativeTime } from "@/components/layout/relative-time";
import { OnceShownDialog } from "@/components/settings/once-shown-dialog";
import { SaveError } from "@/components/settings/save-error";
import { SecretReveal } from "@/components/settings/secret-reveal";
import { TextField } from "@/components/settings/text-field";
import { Button } from "@/components/ui/button";
import {
  DialogBody,
  DialogClose,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { InviteUserWire, MadeInvitationWire } from "@/lib/contracts/access";
import { useInviteUser } from "@/lib/queries/access";
import { handOver } from "./hand-over";
import { RoleFields, type RolesValue } from "./role-fields";

/** Whom to invite with which roles, then the link, once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const invite = useInviteUser();
  const made = invite.data;
  return (
    <OnceShownDialog shown={made !== undefined} onClose={onClose}>
      {made ? (
        <LinkReveal made={made} onDone={onClose} />
      ) : (
        <InviteForm
          pending={invite.isPending}
          error={invite.error}
          onInvite={(input) => invite.mutate(input)}
        />
      )}
    </OnceShownDialog>
  );
}

/** A link that was renewed. */
export function LinkDialog({ made, onDone }: { made: MadeInvitationWire; onDone: () => void }) {
  return (
    <OnceShownDialog shown onClose={onDone}>
      <LinkReveal made={made} onDone={onDone} />
    </OnceShownDialog>
  );
}

function LinkReveal({ made, onDone }: { made: MadeInvitationWire; onDone: () => void }) {
  const { invitation, link } = made;
  return (
    <SecretReveal
      title={`Link for ${invitation.email}`}
      description={handOver(made, "whoever opens it first sets the name and the password.")}
      lost="Only a hash is kept here. A lost link cannot be shown again; make a new one for the same invitation."
      secret={link}
      copyLabel="Copy link"
      done="I have handed it over, or copied it"
      onDone={onDone}
    >
      <p>
        It works once, and ends <RelativeTime value={invitation.expires_at_ms} />.
      </p>
    </SecretReveal>
  );
}

type InviteFormProps = {
  pending: boolean;
  error: Error | null;
  onInvite: (input: InviteUserWire) => void;
};

function InviteForm({ pending, error, onInvite }: InviteFormProps) {
  const [email, setEmail] = useState("");
  const [roles, setRoles] = useState<RolesValue>({ role: "viewer", projectRoles: {} });
  const [asked, setAsked] = useState(false);
  const isEmail = /^\S+@\S+\.\S+$|^\S+@localhost$/.test(email.trim());
  const hasRole = roles.role !== null || Object.keys(roles.projectRoles).length > 0;
  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (!isEmail || !hasRole || pending) return;
    onInvite({ email: email.trim(), role: roles.role, project_roles: roles.projectRoles });
  }
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
      <DialogHeader>
        <DialogTitle>Invite a person</DialogTitle>
        <DialogDescription>You get a link to hand over. It works once, for seven days.</DialogDescription>
      </DialogHeader>
      <DialogBody className="flex flex-col gap-4">
        {error ? <SaveError error={error} /> : null}
        <TextField
          label="Email"
          required
          value={email}
          placeholder="ada@example.com"
          maxLength={320}
          insist={asked}
          error={isEmail ? undefined : "This is not an email address."}
          help="They sign in with it."
          onChange={setEmail}
        />
        <RoleFields value={roles} onChange={setRoles} />
        {asked && !hasRole ? (
          <p role="alert" className="text-12 text-destructive">
            Give a role over everything, or one on a project.
          </p>
        ) : null}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="default" pending={pending}>
          Make the link
        </Button>
      </DialogFooter>
    </form>
  );
}
