"use client";

import { type FormEvent, useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { Section } from "@/components/layout/section";
import { SaveError } from "@/components/settings/save-error";
import { TextField } from "@/components/settings/text-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { UserWire } from "@/lib/contracts/access";
import { useUpdateUser } from "@/lib/queries/access";
import { RoleFields, type RolesValue } from "./role-fields";

type Draft = RolesValue & { name: string };

const draftOf = ({ name, role, project_roles }: UserWire): Draft => ({
  ...{ name, role: role ?? null, projectRoles: project_roles },
});
const sorted = (roles: object) => JSON.stringify(Object.entries(roles).sort());
const isSame = (left: Draft, right: Draft) =>
  left.name === right.name &&
  left.role === right.role &&
  sorted(left.projectRoles) === sorted(right.projectRoles);

/** Name and roles, saved over exactly what was read. What somebody else saved meanwhile is shown before it is overwritten. */
export function PersonForm({
  user,
  canManage,
  isOwn,
}: {
  user: UserWire;
  canManage: boolean;
  isOwn: boolean;
}) {
  const update = useUpdateUser();
  const announce = useAnnounce();
  const [base, setBase] = useState(user);
  const [draft, setDraft] = useState(() => draftOf(user));
  const dirty = !isSame(draft, draftOf(base));
  const show = (theirs: UserWire) => {
    setBase(theirs);
    setDraft(draftOf(theirs));
  };
  const take = (theirs: UserWire) => {
    show(theirs);
    update.reset();
  };
  // An answer that was asked for earlier may come later: only ever forward.
  if (!dirty && user.version > base.version) show(user);
  const stale = dirty && user.version > base.version;
  const hasRole = draft.role !== null || Object.keys(draft.projectRoles).length > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!dirty || stale || update.isPending || draft.name.trim() === "" || !hasRole) return;
    update.mutate(
      {
        ...{ user_id: user.user_id, version: base.version, name: draft.name.trim() },
        ...{ role: draft.role, project_roles: draft.projectRoles },
      },
      {
        onSuccess: ({ user: saved }) => {
          take(saved);
          announce(`${saved.name} is saved; the roles hold from the next request on.`);
        },
      },
    );
  }
  return (
    <Section title="Name and roles">
      {!canManage ? (
        <p className="text-12 text-muted-foreground">Changing people needs the admin role.</p>
      ) : isOwn ? (
        <p className="text-12 text-muted-foreground">
          This is you: you may lower your own role while another admin stays, never raise it.
        </p>
      ) : null}
      <form onSubmit={submit} className="flex flex-col gap-4">
        {update.error ? <SaveError error={update.error} /> : null}
        {stale ? (
          <Alert
            tone="waiting"
            title="Somebody changed this person meanwhile."
            action={
              <Button size="xs" onClick={() => take(user)}>
                Take theirs
              </Button>
            }
          >
            Your changes are not saved; look at theirs first.
          </Alert>
        ) : null}
        <TextField
          label="Name"
          value={draft.name}
          readOnly={!canManage}
          maxLength={100}
          error={draft.name.trim() === "" ? "A person needs a name." : undefined}
          onChange={(name) => setDraft({ ...draft, name })}
        />
        <RoleFields
          value={draft}
          disabled={!canManage}
          onChange={(roles) => setDraft({ ...draft, ...roles })}
        />
        {hasRole ? null : (
          <p role="alert" className="text-12 text-destructive">
            Give a role over everything or on a project. To keep somebody out, disable them.
          </p>
        )}
        {canManage ? (
          <div className="flex gap-2">
            <Button
              type="submit"
              variant={dirty ? "default" : "outline"}
              disabled={!dirty || stale || !hasRole}
              pending={update.isPending}
            >
              Save
            </Button>
            {dirty ? <Button onClick={() => take(user)}>Discard</Button> : null}
          </div>
        ) : null}
      </form>
    </Section>
  );
}
