"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { SaveError } from "@/components/settings/save-error";
import { expiryOf, lifetimes } from "@/components/settings/secret-lifetimes";
import { TextField } from "@/components/settings/text-field";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import {
  DialogBody,
  DialogClose,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { FieldSet } from "@/components/ui/field-set";
import type { CreateApiTokenWire, ScopeWord, TokenKindWord } from "@/lib/contracts/access";
import { rolesQuery } from "@/lib/queries/access";
import { permissionWord, tokenKindChoices } from "./access-words";

type CreateTokenFormProps = {
  pending: boolean;
  error: Error | null;
  onCreate: (input: CreateApiTokenWire) => void;
};

/** What a new token is for: a name, a kind, what it is narrowed to, how long it lives. */
export function CreateTokenForm({ pending, error, onCreate }: CreateTokenFormProps) {
  const kinds = useQuery(rolesQuery()).data?.token_kinds ?? [];
  const [name, setName] = useState("");
  const [kind, setKind] = useState<TokenKindWord>("service");
  const [scopes, setScopes] = useState<readonly ScopeWord[]>([]);
  const [lifetime, setLifetime] = useState("90");
  const [asked, setAsked] = useState(false);
  const possible = kinds.find((each) => each.kind === kind)?.permissions ?? [];
  const chosen = scopes.filter((scope) => possible.includes(scope));
  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (name.trim() === "" || pending) return;
    onCreate({ name: name.trim(), kind, scopes: chosen, expires_at_ms: expiryOf(lifetime, Date.now()) });
  }
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogHeader>
        <DialogTitle>New API token</DialogTitle>
        <DialogDescription>For a program. Its value is shown once.</DialogDescription>
      </DialogHeader>
      <DialogBody className="flex flex-col gap-4">
        {error ? <SaveError error={error} /> : null}
        <TextField
          label="Name"
          required
          value={name}
          placeholder="Nightly export"
          help="Who uses it. One token for each user makes it easy to take one back."
          error={name.trim() === "" ? "A token needs a name." : undefined}
          insist={asked}
          maxLength={100}
          onChange={setName}
        />
        <ChoiceSelect label="Kind" value={kind} options={tokenKindChoices} onChange={setKind} />
        <FieldSet legend="Scopes" help="None chosen: all that its kind may do.">
          <div className="grid gap-x-4 sm:grid-cols-2">
            {possible.map((scope) => (
              <Choice key={scope} label={permissionWord[scope]}>
                <Checkbox
                  checked={chosen.includes(scope)}
                  onCheckedChange={(checked) =>
                    setScopes(
                      checked === true ? [...scopes, scope] : scopes.filter((other) => other !== scope),
                    )
                  }
                />
              </Choice>
            ))}
          </div>
        </FieldSet>
        <ChoiceSelect label="Expires after" value={lifetime} options={lifetimes} onChange={setLifetime} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="default" pending={pending}>
          Create token
        </Button>
      </DialogFooter>
    </form>
  );
}
